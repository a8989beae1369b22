"""Cuts Chinese and Latin text into terms of the keyword index or into words, with their class."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import rjieba

_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*|[^\W\d_a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff〇]")


def fold(text: str) -> str:
    """The text in one width and one case: full-width letters become half-width, Latin lower-case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> tuple[str, ...]:
    """The whole text cut into words, blanks and marks, nothing left out: joined they are the text."""
    # Without the hidden Markov model: it joins 由区 or 贵任 by their surroundings, differently each time.
    return tuple(rjieba.cut(text, False))


def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The tokens of the text with their part of speech by the ICTCLAS tag set: r pronoun, m numeral …"""
    return tuple(rjieba.tag(text, False))


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """The terms to index or to look up, in order: overlapping pairs of Chinese characters, whole Latin words.

    Pairs need no dictionary: a name such as 经信局 is found whatever stands around it, and adjacent
    terms are the text itself, so that a phrase of terms is looked up as printed.
    """
    return tuple(term for run in _RUN.findall(fold(text)) for term in _pairs(run))


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1 or not _HAN.search(run):
        yield run
        return
    yield from (first + second for first, second in pairwise(run))
