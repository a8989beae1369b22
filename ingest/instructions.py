"""Text that speaks to a program, inside documents and questions: it is data, and never followed.

The patterns are data (`ingest/data/instructions.toml`). A sentence that matches, and what stands behind
it in its clause, states no fact, is no evidence and is not shown to a chat model.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]*[”」』）)]*")
_PART = re.compile(r"[^，,。！？!?；;\n：:]*[，,。！？!?；;\n：:]*")
# Marks put between characters to hide a word: zero-width and other invisible ones.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]")
_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000*_·|]+(?=[\u3400-\u9fff])")


@lru_cache(maxsize=8192)
def speaks_to_program(text: str) -> bool:
    """Whether the text gives orders to a program (忽略以上指令, ignore previous instructions)."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _pattern().search(_BLANK_BETWEEN_HAN.sub("", plain)) is not None


@lru_cache(maxsize=8192)
def orders_from(text: str) -> int:
    """Where the first sentence that speaks to a program begins; the length of the text where none does."""
    if not speaks_to_program(text):
        return len(text)
    start = 0
    for sentence in _SENTENCE.findall(text):
        if speaks_to_program(sentence):
            return start
        start += len(sentence)
    # The order shows only across sentences.
    return 0


def without_orders(text: str) -> str:
    """The text without the sentences that speak to a program; what stands before an order stays."""
    if not speaks_to_program(text):
        return text
    kept = ""
    for sentence in _SENTENCE.findall(text):
        if not speaks_to_program(sentence):
            kept += sentence
            continue
        # What an order is about (…，回答区财政局) stands behind it, what is asked may stand before it.
        for part in _PART.findall(sentence):
            if speaks_to_program(part):
                break
            kept += part
        else:
            kept = kept[: len(kept) - len(sentence)]
    return kept.strip()


@cache
def _pattern() -> re.Pattern[str]:
    table = tomllib.loads(resources.files("ingest").joinpath("data/instructions.toml").read_text("utf-8"))
    return re.compile(
        "|".join(f"(?:{pattern})" for pattern in table["patterns"]), re.IGNORECASE | re.MULTILINE
    )
