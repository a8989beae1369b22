"""The shortest comma-bounded runs of a sentence that cover the question as well as the whole does."""

import re
from collections.abc import Callable

from bot.evidence.fit import Passage, place_of
from bot.evidence.relevance import Relevance

_COMMA = re.compile(r"(?<=[，,；;])")
_CONDITION = re.compile(r"的\s*[，,]$|^\s*(?:对|如|若|凡|除)[^，,]*[，,]$")
_SHORT_ENOUGH = 90
_LOSS_ALLOWED = 0.05


def shortest_piece(
    relevance: Relevance, passage: Passage, needed: Callable[[str], object] = lambda text: True
) -> tuple[int, int]:
    """Offsets of the piece; `needed` must find what the answer cannot do without."""
    text = passage.text
    if len(text) <= _SHORT_ENOUGH:
        return passage.start, passage.end
    cuts = [0, *(match.start() for match in _COMMA.finditer(text)), len(text)]
    whole = relevance.coverage(place_of(passage.clause, passage.start, passage.end, title=""))
    best = (passage.start, passage.end)
    for first in range(len(cuts) - 1):
        for last in range(first + 1, len(cuts)):
            start, end = passage.start + cuts[first], passage.start + cuts[last]
            if end - start >= best[1] - best[0] or not needed(text[cuts[first] : cuts[last]]):
                continue
            if relevance.coverage(place_of(passage.clause, start, end, title="")) >= whole - _LOSS_ALLOWED:
                best = (start, end)
    return _with_its_condition(passage, cuts, best)


def _with_its_condition(passage: Passage, cuts: list[int], piece: tuple[int, int]) -> tuple[int, int]:
    """The piece with what says whom it holds for (…的，): without it more would be promised."""
    start = piece[0] - passage.start
    for before in sorted((cut for cut in cuts if cut < start), reverse=True):
        if not _CONDITION.search(passage.text[before:start]):
            break
        start = before
    return passage.start + start, piece[1]


def run_around(relevance: Relevance, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Offsets of the shortest run that holds the stretch from start to end and what the sentence covers."""
    cuts = [passage.start + at for at in (0, *(match.start() for match in _COMMA.finditer(passage.text)))]
    cuts.append(passage.end)

    def covered(first: int, last: int) -> float:
        return relevance.coverage(place_of(passage.clause, first, last, title=""))

    wanted = covered(min(passage.start, start), max(passage.end, end)) - _LOSS_ALLOWED
    runs = [
        (first, last)
        for first in [each for each in cuts if each <= start] or [start]
        for last in [each for each in cuts if each >= end] or [end]
        if covered(first, last) >= wanted
    ]
    return min(runs, key=lambda run: run[1] - run[0], default=(start, end))
