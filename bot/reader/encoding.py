"""Lays a question and a passage out as the tokens that the trained reader takes.

`<s> question </s></s> 《title》 headings </s> clause </s>`: a clause that is too long is laid out in
windows that overlap, each with the question and the headings before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from bot.reader.reading import Passage
from vectorstore.embedders.short_text import Tokens

Integers = NDArray[numpy.int64]
Encode = Callable[[Sequence[str]], Sequence[Tokens]]

BEGIN, PADDING, END = 0, 1, 2
LONGEST_TOKENS = 160
_LONGEST_QUESTION = 44
_LONGEST_HEADINGS = 32
_OVERLAP = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Tokens of one pair; those from `first` to before the last are the clause's."""

    passage: int  # the place of its passage among those that were laid out
    ids: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]  # in the clause's text, one for each of its tokens


def windows_of(encode: Encode, question: str, passages: Sequence[Passage]) -> list[Window]:
    """The windows of all passages in order; at least one for each."""
    texts = [question]
    for passage in passages:
        texts += [" ".join((f"《{passage.title}》", *passage.headings[-3:])), passage.text]
    encoded = encode(texts)
    asked = _ending(encoded[0].ids, _LONGEST_QUESTION)
    found: list[Window] = []
    for place in range(len(passages)):
        headings, clause = encoded[1 + 2 * place], encoded[2 + 2 * place]
        above = (BEGIN, *asked, END, END, *_ending(headings.ids, _LONGEST_HEADINGS), END)
        found += _windows(place, above, clause)
    return found


def arrays_of(windows: Sequence[Window]) -> tuple[Integers, Integers, Integers]:
    """Ids, the mask of all tokens and the mask of those of the clause, each of shape (windows, longest)."""
    longest = max(len(window.ids) for window in windows)
    ids = numpy.full((len(windows), longest), PADDING, dtype=numpy.int64)
    mask, clause = numpy.zeros_like(ids), numpy.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
        clause[row, window.first : window.first + len(window.offsets)] = 1
    return ids, mask, clause


def _windows(place: int, above: tuple[int, ...], clause: Tokens) -> list[Window]:
    room = LONGEST_TOKENS - len(above) - 1
    starts = [0]
    while starts[-1] + room < len(clause.ids):
        starts.append(starts[-1] + room - _OVERLAP)
    return [
        Window(
            passage=place,
            ids=(*above, *clause.ids[start : start + room], END),
            first=len(above),
            offsets=tuple(clause.offsets[start : start + room]),
        )
        for start in starts
    ]


def _ending(ids: Sequence[int], longest: int) -> Sequence[int]:
    """The last tokens: what is asked, and the nearest heading, stand at the end."""
    return ids[-longest:]
