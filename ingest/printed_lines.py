"""Line breaks of the printed page that a text kept when it was copied from there; they part nothing.

Such a text ends most of its lines near one width, in the middle of a sentence. Where it does, a full line
goes on in the next one unless that one begins a paragraph by its number or its indent.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.numbering import marker_at
from ingest.paper.writing_system import first_token, joint, width

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ENDED = re.compile(r"(?:[。；：！？;:!?]|(?<=[一-龥)）])\.)[”’」』)）】]*$")
_DUTY = re.compile(r"[(（][^()（）]*(?:单位|部门|处室)[:：][^()（）]*[)）]$")
_PUNCTUATION = re.compile("[，。；、：,;]")
_UNCLOSED = re.compile(r"[(（][^()（）]*$")
_CELLS = re.compile(r"\t|.{8}[ \u3000]{4,}")
_APART = re.compile(r"附\s?[件表]|[-—_=*|─]{3}|\|")
_LEADERS = re.compile(r"[.·…]{6}")
_SHORTEST = 12  # ems; a column that is narrower is one of a table
_WIDEST = 60  # ems; no printed line is wider
# Of the usual width. Spaces, digits and marks are not measured exactly, and first lines are set in.
_SHORT_OF, _OVER, _WIDER = 0.88, 1.08, 1.15
_LONG = 0.65  # of it; what is shorter and without an end is a heading or a field
_SLACK = 3.0  # ems by which a line that goes on may stop short of the usual width
_SET_IN = 3.0  # ems that the indent and the space behind the number take from a first line
_BLOCK = 20  # lines that are judged together with as many before and behind them
_LOOK_BACK = 12  # lines in which a bracket that is still open is looked for
_FEWEST = 5
_LEAST_SHARE = 0.25  # of all lines stop at the width without an end
_LEAST_ALIKE = 0.6  # of the lines that stop without an end do so at the width
_MOST_WIDER = 0.1
_LEAST_PUNCTUATED = 0.5
_FEWEST_ENDED = 0.05  # of the lines of sentences; those of a list may all stop without an end
_FEWEST_ENDS = 6
_USUAL, _UNUSUAL = 0.85, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    text: str
    ems: float
    indent: int  # in columns of a fixed-width font
    gap: bool  # a blank line stands before it
    trails: bool  # blanks stand behind it
    cells: bool  # it is laid out as columns
    ended: bool
    article: bool  # it begins with 第三条
    begins: bool  # with a number of its own, or as nothing that goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A line break that parts nothing, and whether a space stays where it was."""

    start: int
    end: int
    space: bool


def is_printed(text: str) -> bool:
    """Whether most of the text keeps the line breaks of the printed page."""
    return _column(_lines(text)) is not None


def joints(text: str) -> tuple[Joint, ...]:
    """The breaks between the printed lines of one paragraph, in order; none in other texts."""
    lines = _lines(text)
    columns = _columns(lines)
    if not any(columns):
        return ()
    signs = _signs(lines, columns)
    return tuple(_joined(lines, columns, signs))


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    previous_end = 0
    for match in _LINE.finditer(text.replace("\r", "\n").replace("\f", "\n")):
        printed = match.group()
        ink = printed.strip()
        lead = printed[: len(printed) - len(printed.lstrip())]
        start = match.start() + len(lead)
        marker = marker_at(ink)
        lines.append(
            _Line(
                start=start,
                end=start + len(ink),
                text=ink,
                ems=width("".join(ink.split())),
                indent=sum(2 if blank == "\u3000" else 1 for blank in lead),
                gap=len(re.findall(r"\r\n|\n|\r|\f", text[previous_end:start])) > 1,
                trails=printed[-1:].isspace(),
                cells=_CELLS.search(ink) is not None,
                ended=_ENDED.search(ink) is not None,
                article=marker is not None and marker.family == "article",
                begins=(marker is not None and not marker.is_slip) or _APART.match(ink) is not None,
            )
        )
        previous_end = start + len(ink)
    return lines


def _columns(lines: Sequence[_Line]) -> list[float]:
    """How wide the page is at each line, in ems; 0 where the lines are no printed ones."""
    usual = _column(lines) or 0.0
    columns: list[float] = []
    for first in range(0, len(lines), _BLOCK):
        around = lines[max(0, first - _BLOCK) : first + 2 * _BLOCK]
        columns += [_column(around) or usual] * len(lines[first : first + _BLOCK])
    return columns


def _column(lines: Sequence[_Line]) -> float | None:
    """The width near which most lines stop in the middle of a sentence, if there is one."""
    unended = [
        place
        for place, line in enumerate(lines)
        if not line.ended and not line.cells and line.ems >= _SHORTEST and not _LEADERS.search(line.text)
    ]
    counts = Counter(round(lines[place].ems) for place in unended)
    if not counts:
        return None
    column = max(counts, key=lambda ems: (sum(counts[ems + step] for step in (-1, 0, 1)), ems))
    full = [place for place in unended if _is_full(lines[place], column)]
    long = sum(lines[place].ems > _LONG * column for place in unended)
    enough = max(_FEWEST, _LEAST_SHARE * len(lines), _LEAST_ALIKE * long)
    wider = sum(line.ems > _WIDER * column for line in lines)
    punctuated = sum(_PUNCTUATION.search(lines[place].text) is not None for place in full)
    broken = sum(place + 1 < len(lines) and not lines[place + 1].begins for place in full)
    if (
        len(full) < enough
        or column > _WIDEST
        or wider > _MOST_WIDER * len(lines)
        or sum(line.ended for line in lines) < _FEWEST_ENDED * len(lines)
        or punctuated < _LEAST_PUNCTUATED * len(full)
        or broken < _USUAL * len(full)
    ):
        return None
    return float(column)


def _is_full(line: _Line, column: float) -> bool:
    return _SHORT_OF * column <= line.ems <= _OVER * column


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """By what the text sets off its paragraphs, and where its other lines begin."""

    margin: float
    indent: bool
    gap: bool
    trails: bool

    def any_known(self) -> bool:
        return self.indent or self.gap or self.trails

    def is_set_in(self, line: _Line) -> bool:
        return line.indent >= self.margin + 2

    def part(self, before: _Line, line: _Line) -> bool:
        """Whether a sign that this text uses stands between the two lines."""
        return (
            (self.indent and self.is_set_in(line))
            or (self.gap and line.gap)
            or (self.trails and before.trails)
        )


def _signs(lines: Sequence[_Line], columns: Sequence[float]) -> _Signs:
    ends: list[tuple[_Line, _Line]] = []
    middles: list[tuple[_Line, _Line]] = []
    for place, column in enumerate(columns[:-1]):
        before, line = lines[place], lines[place + 1]
        if column and before.ended and before.ems < column - 2 * _SLACK:
            ends.append((before, line))
        elif column and not before.ended and _is_full(before, column) and not line.begins:
            middles.append((before, line))
    margin = median(line.indent for _, line in middles) if middles else 0

    def tells(at_ends: Iterable[bool], at_middles: Iterable[bool]) -> bool:
        return (
            len(ends) >= _FEWEST_ENDS
            and sum(at_ends) >= _USUAL * len(ends)
            and sum(at_middles) <= _UNUSUAL * len(middles)
        )

    return _Signs(
        margin=margin,
        indent=tells(
            (line.indent >= margin + 2 for _, line in ends),
            (line.indent >= margin + 2 for _, line in middles),
        ),
        gap=tells((line.gap for _, line in ends), (line.gap for _, line in middles)),
        trails=tells((before.trails for before, _ in ends), (before.trails for before, _ in middles)),
    )


def _joined(lines: Sequence[_Line], columns: Sequence[float], signs: _Signs) -> Iterator[Joint]:
    paragraph: list[_Line] = []
    for place, column in enumerate(columns[:-1]):
        before, line = lines[place], lines[place + 1]
        paragraph.append(before)
        if column and _goes_on(paragraph, line, column, signs):
            yield Joint(start=before.end, end=line.start, space=joint(before.text, line.text) == " ")
        else:
            paragraph = []


def _goes_on(paragraph: Sequence[_Line], line: _Line, column: float, signs: _Signs) -> bool:
    before = paragraph[-1]
    if before.cells or line.cells or line.begins or _APART.match(before.text) or _LEADERS.search(before.text):
        return False
    unparted = width(first_token(line.text)) - 1
    may_be_heading = len(paragraph) == 1 and _PUNCTUATION.search(before.text) is None and not before.article
    may_be_field = may_be_heading and len(before.text.split()) > 1
    set_in = _SET_IN if len(paragraph) == 1 and not may_be_field else 0
    if column - before.ems > _SLACK + unparted + set_in:
        return False
    words = "".join(part.text for part in paragraph[-_LOOK_BACK:])
    if (before.ended and not _UNCLOSED.search(words)) or _DUTY.search(words):
        return signs.any_known() and not signs.part(before, line)
    if signs.indent and signs.is_set_in(line):
        return False
    return not (may_be_heading and line.gap)
