"""Which characters a line may be broken between, and what a line break between two stood for."""

import re

_LATIN = re.compile(r"[A-Za-z0-9!-/:-@\[-`{-~]")
_WORD = re.compile(r"[A-Za-z0-9]")
# GB/T 15834-2011, 5.1: what may not begin a line and what may not end one.
_CLOSING = r"。，、；：？！》〉」』】〕）”’%％,.;:?!)\]…—"
_OPENING = r"《〈「『【〔（“‘(\["
_TOKEN = re.compile(rf"[{_OPENING}]*(?:[A-Za-z0-9.,%/:_@-]+|.)[{_CLOSING}]*")
_NUMBERED = re.compile(
    r"第\s?[一二三四五六七八九十百零〇\d]+\s?[编章节条]|[一二三四五六七八九十]+\s?、"
    r"|[(（]\s?(?:[一二三四五六七八九十]+|\d{1,2})\s?[)）]|\d{1,2}(?:\.\d{1,2})*\s?[.．、](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\s?[一-龥]"
    r"|[①-⑳⑴-⒇]|附\s?[件表]\s?\d*|[0-9a-zA-Z][)）]"
)
_SENTENCE_END = re.compile(r"[。；：！？;:!?][”’」』)）]?$|[。；][)）”]")


def width(text: str) -> float:
    """How wide the text is printed, in ems: a Latin letter takes half of one."""
    return len(text) - len(_LATIN.findall(text)) / 2


def first_token(text: str) -> str:
    """What of the text could not be parted by a line break at its begin."""
    match = _TOKEN.match(text)
    return match[0] if match else text[:1]


def joint(before: str, after: str) -> str:
    """What stands for the line break between two lines of a paragraph: a space between Latin words."""
    last, first = before[-1:], after[:1]
    if last.isdigit() and first.isdigit():
        return ""  # a number that was broken
    if _WORD.match(first) and (_WORD.match(last) or last in set(",.;:?!)%")):
        return " "
    return " " if _WORD.match(last) and first == "(" else ""


def is_numbered(text: str) -> bool:
    """Whether it begins as a numbered part of a document does."""
    return _NUMBERED.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether it ends where a paragraph may end."""
    return _SENTENCE_END.search(text) is not None
