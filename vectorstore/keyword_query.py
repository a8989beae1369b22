"""Queries of SQLite FTS5 from plain terms, in which no character has a meaning of its own."""

from collections.abc import Iterable, Sequence
from itertools import islice

# A question of ten thousand characters must not become a query of as many terms.
_MOST_TERMS = 256


def any_of(terms: Iterable[str]) -> str:
    """Matches what holds one of the terms; empty without any."""
    distinct = dict.fromkeys(term for term in terms if term.strip())
    return " OR ".join(_quoted(term) for term in islice(distinct, _MOST_TERMS))


def phrase(terms: Sequence[str]) -> str:
    """Matches what holds the terms one after the other; empty without any.

    A single Chinese character is no term of its own: it matches every pair that begins with it.
    """
    if len(terms) == 1 and len(terms[0]) == 1:
        return _quoted(terms[0]) + "*"
    return " + ".join(map(_quoted, terms[:_MOST_TERMS]))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
