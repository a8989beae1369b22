"""Queries of SQLite FTS5 from plain words, in which no character has a meaning of its own."""

from collections.abc import Iterable
from itertools import islice

# A question of ten thousand characters must not become a query of as many terms.
_MOST_WORDS = 256


def any_of(words: Iterable[str]) -> str:
    """Matches what holds one of the words; empty without any."""
    return " OR ".join(_quoted(words))


def all_of(words: Iterable[str]) -> str:
    """Matches what holds every word; empty without any."""
    return " AND ".join(_quoted(words))


def _quoted(words: Iterable[str]) -> Iterable[str]:
    distinct = dict.fromkeys(word for word in words if word.strip())
    return ('"' + word.replace('"', '""') + '"' for word in islice(distinct, _MOST_WORDS))
