"""The pieces of a page in the order in which they are read: a page may be set in columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.paper.lines import rows
from ingest.paper.sheet import Ink

_GUTTER = 1.2  # ems
_STEPS = 40
_FEWEST_ROWS = 5
_FEWEST_LAST_ROWS = 2
_FILLED = 0.6  # of the width of its column does the usual row of prose fill
_NARROWEST = 0.25  # of the text is a column of prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A stretch of one column; `column` is "" for the whole width, "l" and "r" for the halves of it."""

    column: str
    inks: tuple[Ink, ...]


def flows(inks: Sequence[Ink], column: str = "") -> Iterator[Flow]:
    """The stretches in reading order."""
    parted = _parted(inks)
    if parted is None:
        if inks:
            yield Flow(column=column, inks=tuple(inks))
        return
    above, left, right, below = parted
    yield from flows(above, column)
    yield from flows(left, f"{column}l")
    yield from flows(right, f"{column}r")
    yield from flows(below, column)


_Parted = tuple[list[Ink], list[Ink], list[Ink], list[Ink]]


def _parted(inks: Sequence[Ink]) -> _Parted | None:
    """What stands above, left of, right of and below the longest gutter between two columns of prose."""
    inked = [ink for ink in inks if ink.text.strip()]
    if len(inked) < 2 * _FEWEST_ROWS:
        return None
    left, right = min(ink.left for ink in inked), max(ink.right for ink in inked)
    half = median(ink.size for ink in inked) * _GUTTER / 2
    best: tuple[float, float, float, float] = (0, 0, 0, 0)
    for step in range(_STEPS + 1):
        place = left + (right - left) * (0.25 + 0.5 * step / _STEPS)
        top, bottom = _free_stretch(inked, place - half, place + half)
        # Of equal gutters the one in the middle.
        best = max(best, (round(bottom - top), -abs(place - (left + right) / 2), place, top))
    height, _, place, top = best
    if not height:
        return None
    inside = [ink for ink in inked if top <= ink.middle <= top + height + 1]
    sides = [[ink for ink in inside if (ink.centre < place) == is_left] for is_left in (True, False)]
    counts = sorted(_rows_of_prose(side, right - left) for side in sides)
    # At the end of the text one column may be short.
    if counts[0] < _FEWEST_ROWS and not (counts[0] >= _FEWEST_LAST_ROWS and counts[1] >= 2 * _FEWEST_ROWS):
        return None
    first, last = min(ink.top for ink in inside), max(ink.bottom for ink in inside)
    return (
        [ink for ink in inks if ink.middle < first],
        [ink for ink in inks if first <= ink.middle <= last and ink.centre < place],
        [ink for ink in inks if first <= ink.middle <= last and ink.centre >= place],
        [ink for ink in inks if ink.middle > last],
    )


def _free_stretch(inks: Sequence[Ink], left: float, right: float) -> tuple[float, float]:
    """Top and bottom of the longest stretch in which nothing stands between left and right."""
    crossing = sorted((ink.top, ink.bottom) for ink in inks if ink.left < right and ink.right > left)
    top, last = min(ink.top for ink in inks), max(ink.bottom for ink in inks)
    best = (top, top)
    for next_top, bottom in [*crossing, (last, last)]:
        best = max(best, (top, next_top), key=lambda stretch: stretch[1] - stretch[0])
        top = max(top, bottom)
    return best


def _rows_of_prose(inks: Sequence[Ink], whole: float) -> int:
    """How many rows of text they are; 0 where they are a list or a signature rather than a column."""
    if not inks:
        return 0
    width = max(ink.right for ink in inks) - min(ink.left for ink in inks)
    found = rows(inks)
    usual = median(row[-1].right - row[0].left for row in found)
    return len(found) if width >= _NARROWEST * whole and usual >= _FILLED * width else 0
