"""The lines of a policy text, with what their white space tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A stretch of one printed line without outer white space."""

    start: int
    end: int
    text: str
    gap: bool  # a blank line or the begin of the text stands before it
    tab: bool  # it begins with a TAB, which is how a table cell is printed
    broken: bool = False  # cut out of a longer line; what follows stands on the same line


def read_lines(text: str, cuts: Iterable[int] = ()) -> list[Line]:
    """The lines that hold ink, cut further at the given places."""
    borders = sorted(set(cuts))
    lines: list[Line] = []
    previous_end = 0
    place = 0
    for match in _LINE.finditer(text):
        pieces = [match.start()]
        while place < len(borders) and borders[place] < match.end():
            if borders[place] > match.start():
                pieces.append(borders[place])
            place += 1
        pieces.append(match.end())
        for start, end in pairwise(pieces):
            line = _line(text, start, end, previous_end, broken=end != match.end())
            if line is not None:
                lines.append(line)
                previous_end = line.end
    return lines


def sub_line(text: str, line: Line, start: int, end: int, *, broken: bool) -> Line | None:
    """The part of a line between two places of the text, or None where it holds no ink."""
    previous_end = line.start if start > line.start else start
    part = _line(text, start, end, previous_end, broken=broken)
    if part is None or start > line.start:
        return part
    return Line(start=part.start, end=part.end, text=part.text, gap=line.gap, tab=line.tab, broken=broken)


def bare(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def _line(text: str, start: int, end: int, previous_end: int, *, broken: bool) -> Line | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return Line(
        start=first,
        end=first + len(stripped),
        text=stripped,
        gap=previous_end == 0 or text.count("\n", previous_end, first) > 1,
        tab="\t" in text[start:first],
        broken=broken,
    )
