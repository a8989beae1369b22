"""A question in a language of Latin letters, put into the Chinese terms that it holds."""

import re
from collections.abc import Mapping

from bot.question.landscape import Landscape
from bot.question.pinyin import named_in_latin

_LETTERS = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def translated(text: str, landscape: Landscape, glossary: Mapping[str, str]) -> str:
    """The terms of the glossary and the regions in Latin letters that the text holds, in Chinese.

    So one vocabulary serves. The text itself if it is Chinese, or if nothing in it is known.
    """
    if len(_LETTERS.findall(text)) <= 2 * len(_HAN.findall(text)):
        return text
    found = text
    for region in sorted(landscape.own_regions, key=len):
        if spelled := named_in_latin(region, text):
            found = found.replace(spelled, f" {region} ")
    for english, chinese in glossary.items():
        pattern = rf"(?<![A-Za-z]){re.escape(english)}(?:s|es)?(?![A-Za-z])"
        found = re.sub(pattern, f" {chinese} ", found, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", re.sub(r"[A-Za-z'’-]+", " ", found)).strip() or text
