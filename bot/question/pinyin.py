"""How Chinese characters sound: for slips among words of one sound and for names in Latin letters."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, product

_MOST_SPELLINGS = 16


@lru_cache(maxsize=4096)
def of_same_sound(char: str) -> frozenset[str]:
    """The other characters that share a reading with this one, tones aside."""
    sounds = (_by_reading()[reading] for reading in _readings().get(char, frozenset()))
    return frozenset("".join(sounds)) - {char}


def spellings(name: str) -> frozenset[str]:
    """The name in Latin letters, run together: 澄湖 → chenghu, denghu; empty with other characters."""
    readings = [sorted(_readings().get(char, frozenset())) for char in name]
    if not name or not all(readings):
        return frozenset()
    return frozenset("".join(parts) for parts in islice(product(*readings), _MOST_SPELLINGS))


def named_in_latin(name: str, text: str) -> str | None:
    """The words of a Latin text that spell the name, as printed there, or None."""
    for spelling in spellings(name):
        match = re.search(_spaced(spelling), text, re.IGNORECASE)
        if match:
            return match.group(0)
    return None


@cache
def _by_reading() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for char, readings in _readings().items():
        for reading in readings:
            found[reading] = found.get(reading, "") + char
    return found


@cache
def _readings() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in resources.files("bot").joinpath("data/pinyin.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            reading, characters = line.split("\t")
            for char in characters:
                found.setdefault(char, set()).add(reading)
    return {char: frozenset(readings) for char, readings in found.items()}


def _spaced(spelling: str) -> str:
    # Names are printed in one word, with a hyphen, an apostrophe or a blank.
    return r"(?<![a-z])" + "[ '’-]?".join(spelling) + r"(?![a-z])"
