"""The columns of a table that was flattened to one cell a line.

What proves them: every row has as many lines as the header, or one less where the first cell of
a group stands only in its first row; or the values at the end of every row are numbers, so that
what stands before them is name, unit and the label of a group.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ingest.lines import Line
from ingest.policy import Cell

_NUMBER = re.compile(r"[<>≥≤≈约]?\s?[-+]?\d[\d,，.]*\s?[%％‰*＊↑↓]*(?:以上|以下|左右|以内)?|[—–－/-]{1,2}|无")
_UNIT = re.compile(
    r"[%％‰℃]|[一-龥a-zA-Z/]{0,4}(?:[元个家人年名件项次户亩吨台套所座篇天日岁级位辆张处例种分度只头]|公里|公顷|平方米|立方米|床|小时|千瓦时|[a-zA-Z㎡])"
)
_YEAR = re.compile(r"\d{4}年?")
_WHOLE = frozenset(
    {"序号", "单位", "备注", "指标名称", "名称", "项目", "内容", "责任单位", "属性", "计量单位"}
)
_UNIT_HEADERS = frozenset({"单位", "计量单位"})
_LABEL = 8  # characters of the label of a group


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row: the span of its own lines, its 序号 and its cells."""

    start: int
    end: int
    number: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A rebuilt table; its lines end before `last`."""

    header_start: int
    header_end: int
    header: tuple[Cell, ...]
    rows: tuple[GridRow, ...]
    last: int


def read_grid(lines: Sequence[Line], first: int, starts: Sequence[int]) -> Grid:
    """The table whose header begins at `first` and whose rows begin at `starts`."""
    header = lines[first : starts[0]]
    whole = [lines[start:end] for start, end in pairwise(starts)]
    tail = _numbers_at_end(whole)
    last = _end(lines, starts[-1], whole, tail)
    rows = [*whole, lines[starts[-1] : last]]
    columns, filled = _by_count(header, rows) or _by_numbers(header, rows, tail) or ((), ())
    return Grid(
        header_start=header[0].start,
        header_end=header[-1].end,
        header=tuple(
            Cell(header=name, value=name, start=group[0].start, end=group[-1].end) for name, group in columns
        ),
        rows=tuple(
            GridRow(
                start=row[0].start,
                end=row[-1].end,
                number=next((line.text for line in row if line.text.isdecimal()), ""),
                cells=filled[place] if filled else (),
            )
            for place, row in enumerate(rows)
        ),
        last=last,
    )


_Column = tuple[str, Sequence[Line]]
_Columns = tuple[tuple[_Column, ...], tuple[tuple[Cell, ...], ...]]


def _end(lines: Sequence[Line], start: int, whole: Sequence[Sequence[Line]], tail: int) -> int:
    """Where the last row ends: nothing follows that tells, so its length is that of the others."""
    longest = max(len(row) for row in whole)
    last = min(len(lines), start + longest)
    if tail:
        for place in range(start + 1 + tail, last + 1):
            numbers = all(_NUMBER.fullmatch(line.text) for line in lines[place - tail : place])
            over = place == len(lines) or not _NUMBER.fullmatch(lines[place].text)
            if numbers and over and place - tail > start + 1:
                return place
    for place in range(start + 2, last):
        if re.match(
            r"注\s?[:：]|附\s?件|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|第.{1,4}条",
            lines[place].text,
        ):
            return place
    return last


def _numbers_at_end(rows: Sequence[Sequence[Line]]) -> int:
    """How many cells at the end of every row are numbers."""
    fewest = 99
    for row in rows:
        count = 0
        for line in reversed(row[2:]):
            if not _NUMBER.fullmatch(line.text):
                break
            count += 1
        fewest = min(fewest, count)
    return fewest if rows and fewest < 99 else 0


def _by_count(header: Sequence[Line], rows: Sequence[Sequence[Line]]) -> _Columns | None:
    """Columns where every row has a line for each, or lacks only the merged second cell."""
    width = len(header)
    if not rows[0][0].text.isdecimal() or len(rows[0]) != width:
        return None
    if any(len(row) not in {width, width - 1} for row in rows):
        return None
    columns = tuple((_name([line]), [line]) for line in header)
    filled = []
    label = rows[0][1]
    for row in rows:
        label = row[1] if len(row) == width else label
        lines = [row[0], label, *row[-(width - 2) :]] if width > 2 else list(row)
        filled.append(tuple(_cell(name, [line]) for (name, _), line in zip(columns, lines, strict=True)))
    return columns, tuple(filled)


def _by_numbers(header: Sequence[Line], rows: Sequence[Sequence[Line]], tail: int) -> _Columns | None:
    """Columns 序号, perhaps a group, name, perhaps a unit, and numbers."""
    if tail == 0 or not all(row[0].text.isdecimal() for row in rows):
        return None
    labelled = any(len(_words(row, tail)) > 1 and not _is_unit(_words(row, tail)[-1]) for row in rows)
    bodies = [_words(row, tail) for row in rows]
    with_unit = any(line.text in _UNIT_HEADERS for line in header)
    grouped = with_unit and any(len(_without_unit(body)) > 1 for body in bodies)
    grouped = grouped or (not with_unit and labelled)
    columns = _named(header, 2 + tail + with_unit + grouped)
    if columns is None:
        return None
    filled: list[tuple[Cell, ...]] = []
    label: Sequence[Line] = ()
    for row, body in zip(rows, bodies, strict=True):
        unit = body[len(_without_unit(body)) :] if with_unit else []
        rest = body[: len(body) - len(unit)]
        if grouped and len(rest) > 1:
            if sum(len(line.text) for line in rest[:-1]) > _LABEL:
                return None
            label = rest[:-1]
        elif not rest or (len(rest) > 1) or (grouped and not label):
            return None
        parts = [[row[0]], *([label] if grouped else []), rest[-1:], *([unit] if with_unit else [])]
        parts += [[line] for line in row[len(row) - tail :]]
        filled.append(
            tuple(_cell(name, part) for (name, _), part in zip(columns, parts, strict=True) if part)
        )
    return columns, tuple(filled)


def _words(row: Sequence[Line], tail: int) -> Sequence[Line]:
    return row[1 : len(row) - tail]


def _is_unit(line: Line) -> bool:
    return len(line.text) <= 4 and _UNIT.fullmatch(line.text) is not None


def _without_unit(body: Sequence[Line]) -> Sequence[Line]:
    return body[:-1] if len(body) > 1 and _is_unit(body[-1]) else body


def _named(header: Sequence[Line], width: int) -> tuple[_Column, ...] | None:
    """The header lines joined to so many columns, where one way of joining is the most natural."""
    if len(header) < width or len(header) > min(width + 6, 16):
        return None
    scored: list[tuple[int, tuple[Sequence[Line], ...]]] = []
    for borders in combinations(range(1, len(header)), width - 1):
        edges = (0, *borders, len(header))
        groups = tuple(header[start:end] for start, end in pairwise(edges))
        scored.append((sum(_naturalness(group) for group in groups), groups))
    scored.sort(key=lambda pair: -pair[0])
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    return tuple((_name(group), group) for group in scored[0][1])


def _naturalness(group: Sequence[Line]) -> int:
    """How likely it is that these header lines are one wrapped header."""
    if len(group) == 1:
        return 0
    texts = [line.text for line in group]
    if any(text in _WHOLE for text in texts):
        return -9
    if _YEAR.fullmatch(texts[0]) and not any(_YEAR.fullmatch(text) for text in texts[1:]):
        return 5 - len(texts)
    return 1 if all(len(text) <= 2 for text in texts) else -3


def _name(group: Sequence[Line]) -> str:
    return "".join("".join(line.text.split()) for line in group)


def _cell(header: str, part: Sequence[Line]) -> Cell:
    return Cell(
        header=header,
        value="".join(line.text for line in part),
        start=part[0].start,
        end=part[-1].end,
    )
