"""Tables as plain text prints them → rows with cells.

Three prints are read: cells parted by TABs on one line; one cell a line, each with a leading TAB
and rows parted by blank lines; one cell a line with nothing to tell the columns but the order.
Of the last, cells are given only where the columns can be proven; else the rows stay text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line, bare
from ingest.numbering import marker_at
from ingest.policy import Cell
from ingest.table_columns import Grid, read_grid

_HEADER_CELL = 20
_ORDINAL = re.compile(r"\d{1,4}|[一二三四五六七八九十]{1,3}")
_ORDINAL_HEADER = re.compile(r"序号?|编号|项次")
_UNCELLED = re.compile(r"[。；;！!：:]$")
_FIRST_HEADERS = re.compile(r"[一-龥] [一-龥]{1,3}|类别|类型|大类|分类|领域|项目|板块")
_MOST_HEADER_LINES = 24
_MOST_MISFITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its span, its printed 序号 and its cells."""

    start: int
    end: int
    number: str = ""
    cells: tuple[Cell, ...] = ()
    is_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows that the lines from `first` up to `last` print."""

    first: int
    last: int
    rows: tuple[Row, ...]


def find_tables(lines: Sequence[Line]) -> list[Table]:
    """The tables among the lines, in order, disjoint."""
    tables: list[Table] = []
    place = 0
    while place < len(lines):
        table = _tabbed_cells(lines, place) or _tabbed_lines(lines, place) or _flat(lines, place)
        if table is None:
            place += 1
        else:
            tables.append(table)
            place = table.last
    return tables


def is_ordinal(text: str) -> bool:
    """Whether a first cell is the 序号 of its row."""
    return _ORDINAL.fullmatch(text) is not None


def _tabbed_lines(lines: Sequence[Line], first: int) -> Table | None:
    """A table whose rows are lines with TABs between the cells."""
    last = first
    while last < len(lines) and "\t" in lines[last].text and not _is_article(lines[last]):
        last += 1
    if last - first < 2:
        return None
    split = [list(_split(line)) for line in lines[first:last]]
    header = split[0] if all(len(cell.text) <= _HEADER_CELL for cell in split[0]) else None
    return Table(first=first, last=last, rows=tuple(_rows(split, header)))


def _split(line: Line) -> Iterator[Line]:
    for match in re.finditer(r"[^\t]*[^\s][^\t]*", line.text):
        cell = match.group()
        start = line.start + match.start() + len(cell) - len(cell.lstrip())
        yield Line(start=start, end=start + len(cell.strip()), text=cell.strip(), gap=False, tab=False)


def _tabbed_cells(lines: Sequence[Line], first: int) -> Table | None:
    """A table printed one cell a line, each with a leading TAB, rows parted by blank lines."""
    if not lines[first].tab or "\t" in lines[first].text:
        return None
    groups, last = _cell_groups(lines, first)
    if not groups or any(len(cell.text) > _HEADER_CELL for cell in groups[0]):
        return None
    full = sum(len(group) == len(groups[0]) for group in groups[1:])
    if not full or full * 10 < (len(groups) - 1) * 6:
        return None
    return Table(first=first, last=last, rows=tuple(_rows(groups, groups[0])))


def _cell_groups(lines: Sequence[Line], first: int) -> tuple[list[list[Line]], int]:
    """The rows of cells from a header on, and the place behind them; ends where rows stop to fit."""
    groups: list[list[Line]] = [[]]
    last = first
    misfits = 0
    while last < len(lines) and lines[last].tab and not _is_article(lines[last]):
        if lines[last].gap and groups[-1]:
            fits = len(groups[0]) > 1 and len(groups[-1]) == len(groups[0])
            misfits = 0 if fits else misfits + 1
            if len(groups[0]) < 2 or misfits > _MOST_MISFITS:
                kept = groups[:-misfits] if len(groups[0]) > 1 else []
                return kept, first + sum(len(group) for group in kept)
            groups.append([])
        groups[-1].append(lines[last])
        last += 1
    return (groups, last) if len(groups[0]) > 1 else ([], first)


def _rows(groups: Sequence[Sequence[Line]], header: Sequence[Line] | None) -> Iterator[Row]:
    names = [_joined(cell.text) for cell in header] if header else []
    for place, group in enumerate(groups):
        cells: tuple[Cell, ...] = ()
        if header and len(group) == len(header):
            cells = tuple(
                Cell(header=name, value=cell.text, start=cell.start, end=cell.end, column=column)
                for column, (name, cell) in enumerate(zip(names, group, strict=True), 1)
            )
        yield Row(
            start=group[0].start,
            end=group[-1].end,
            number=group[0].text if is_ordinal(group[0].text) else "",
            cells=cells,
            is_header=place == 0 and bool(cells),
        )


def _flat(lines: Sequence[Line], first: int) -> Table | None:
    """A table printed one cell a line: a header that begins with 序号, rows that count 1, 2, 3 …"""
    if _ORDINAL_HEADER.fullmatch(bare(lines[first].text)) is None:
        return None
    begin = first + 1
    while begin < len(lines) and begin - first <= _MOST_HEADER_LINES and lines[begin].text != "1":
        if len(lines[begin].text) > _HEADER_CELL or _UNCELLED.search(lines[begin].text):
            return None
        begin += 1
    if begin - first < 2 or begin - first > _MOST_HEADER_LINES or begin >= len(lines):
        return None
    starts = _row_starts(lines, begin)
    if len(starts) < 2:
        return None
    first -= _short_lines_above(lines, first)
    grid = read_grid(lines, first, starts)
    return Table(first=first, last=grid.last, rows=tuple(_grid_rows(grid)))


def _row_starts(lines: Sequence[Line], begin: int) -> list[int]:
    """Where the rows begin: at 1, 2, 3 … and at the label, printed downwards, of a group that counts anew."""
    starts = [_label_above(lines, begin)]
    ordinal, ordinal_place = 1, begin
    for place in range(begin + 1, len(lines)):
        if _is_break(lines[place]):
            break
        label = _label_above(lines, place)
        expected = 1 if label < place else ordinal + 1
        if _starts_row(lines, place, expected, ordinal_place):
            starts.append(label)
            ordinal, ordinal_place = expected, place
    return starts


def _label_above(lines: Sequence[Line], place: int) -> int:
    label = place
    while label > 0 and len(lines[label - 1].text) == 1 and not lines[label - 1].text.isdecimal():
        label -= 1
    # A single character may be the unit that ends the row above.
    return label if place - label > 1 else place


def _short_lines_above(lines: Sequence[Line], first: int) -> int:
    """How many header cells stand before the one that says 序号."""
    count = 0
    while count < 2 and first > count and _FIRST_HEADERS.fullmatch(lines[first - count - 1].text):
        count += 1
    return count


def _starts_row(lines: Sequence[Line], place: int, expected: int, previous: int) -> bool:
    """Whether the line is the 序号 of the next row, not a value that happens to equal it."""
    if lines[place].text != str(expected) or place - previous < 2 or place + 1 >= len(lines):
        return False
    return re.search(r"[一-龥A-Za-z]", lines[place + 1].text) is not None


def _is_break(line: Line) -> bool:
    marker = marker_at(line.text)
    headed = marker is not None and marker.family in {"chapter", "article", "han", "han_paren"}
    return headed or bare(line.text).startswith(("注:", "注：", "附件"))


def _grid_rows(grid: Grid) -> Iterator[Row]:
    yield Row(start=grid.header_start, end=grid.header_end, cells=grid.header, is_header=True)
    for row in grid.rows:
        yield Row(start=row.start, end=row.end, number=row.number, cells=row.cells)


def _is_article(line: Line) -> bool:
    marker = marker_at(line.text)
    return marker is not None and marker.family in {"chapter", "article"}


def _joined(text: str) -> str:
    return "".join(text.split())
