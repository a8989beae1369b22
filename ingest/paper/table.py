"""A grid with text → a table; the text of a cell is joined where the cell only was too narrow."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ingest.paper.grid import Grid, GridCell
from ingest.paper.lines import lines
from ingest.paper.sheet import Ink
from ingest.paper.writing_system import first_token, is_numbered, joint, width

_PADDING = 1.0  # ems at the sides of a cell together, where no word may stand
_NOISE = 0.6
_ALIKE = 0.85  # of two rows as they are recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCell:
    """A cell, the rows and columns it covers counted from 0, and its text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """The cells in order; `columns` are the borders of the columns."""

    page: int
    top: float
    columns: tuple[float, ...]
    row_count: int
    cells: tuple[PaperCell, ...]
    em: float
    rough: bool = False  # it was recognised in a picture


def table_of(grid: Grid, inks: Sequence[Ink], page: int, *, rough: bool) -> PaperTable | None:
    """The table; None where the lines are a frame around text rather than a table of it."""
    cells = tuple(_cells(grid, inks, page))
    filled = [cell for cell in cells if cell.text]
    several = sum(count > 1 for count in Counter(cell.row for cell in cells).values())
    if several < 2 or len({cell.row for cell in filled}) < 2 or len({cell.column for cell in filled}) < 2:
        return None
    return PaperTable(
        page=page,
        top=grid.rows[0],
        columns=grid.columns,
        row_count=len(grid.rows) - 1,
        cells=cells,
        em=sum(ink.size for ink in inks) / len(inks),
        rough=rough,
    )


def _cells(grid: Grid, inks: Sequence[Ink], page: int) -> Iterator[PaperCell]:
    inside: dict[GridCell, list[Ink]] = {cell: [] for cell in grid.cells}
    for ink in inks:
        inside[_cell_at(grid, ink)].append(ink)
    for cell, found in inside.items():
        across = grid.columns[cell.column + cell.column_span] - grid.columns[cell.column]
        yield PaperCell(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            text=cell_text(lines(found), across),
            page=page,
        )


def _cell_at(grid: Grid, ink: Ink) -> GridCell:
    return next(
        cell
        for cell in grid.cells
        if ink.centre <= grid.columns[cell.column + cell.column_span]
        and ink.middle <= grid.rows[cell.row + cell.row_span]
        and ink.centre >= grid.columns[cell.column]
        and ink.middle >= grid.rows[cell.row]
    )


def cell_text(found: Sequence[Ink], across: float) -> str:
    """The lines of a cell that is so wide: joined where the next word would not have stood on the line."""
    text = ""
    for place, line in enumerate(found):
        if place == 0:
            text = line.text
            continue
        before = found[place - 1]
        room = (across - (before.right - before.left)) / line.size - _PADDING
        # A number in brackets or with a dot may stand in the middle of a wrapped sentence.
        broken = room < width(first_token(line.text)) + _NOISE and not (
            is_numbered(line.text) and text[-1] in "。；;:："
        )
        text += (joint(text, line.text) if broken else "\n") + line.text
    return text


def continued(table: PaperTable, following: PaperTable) -> tuple[PaperTable, int] | None:
    """The table with the rows of the one at the top of the next page, and how many of these are its header.

    The repeated header is left out. None where the columns are not the same.
    """
    columns = _common_columns(table, following)
    if columns is None:
        return None
    first, second = _on_columns(table, columns), _on_columns(following, columns)
    repeated = _repeated_rows(first, second)
    rest = [
        replace(cell, row=cell.row - repeated + first.row_count)
        for cell in second.cells
        if cell.row >= repeated
    ]
    cells = list(first.cells)
    if _is_rest_of_row(first, second, repeated):
        cells, rest = _joined_row(first, rest)
    cells, rest = _joined_spans(cells, rest, first.row_count)
    last = max((cell.row + cell.row_span for cell in (*cells, *rest)), default=0)
    return replace(first, cells=(*cells, *rest), row_count=last), repeated


def _common_columns(table: PaperTable, following: PaperTable) -> tuple[float, ...] | None:
    """The borders of both, where those of one are among those of the other."""
    near = 1.2 * max(table.em, following.em)
    shift = following.columns[0] - table.columns[0]
    moved = [place - shift for place in following.columns]
    more, fewer = sorted((list(table.columns), moved), key=len, reverse=True)
    if abs(more[-1] - fewer[-1]) > near or abs(shift) > 3 * near:
        return None
    if any(min(abs(place - other) for other in more) > near for place in fewer):
        return None
    return tuple(more)


def _on_columns(table: PaperTable, columns: tuple[float, ...]) -> PaperTable:
    shift = table.columns[0] - columns[0]
    places = [
        min(range(len(columns)), key=lambda each: abs(columns[each] - (border - shift)))
        for border in table.columns
    ]
    cells = tuple(
        replace(
            cell,
            column=places[cell.column],
            column_span=places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in table.cells
    )
    return replace(table, columns=columns, cells=cells)


def _row(cells: Sequence[PaperCell], row: int) -> list[PaperCell]:
    return [cell for cell in cells if cell.row == row]


def _repeated_rows(table: PaperTable, following: PaperTable) -> int:
    count = 0
    while count < min(table.row_count, following.row_count):
        ours = "\t".join(cell.text for cell in _row(table.cells, count))
        theirs = "\t".join(cell.text for cell in _row(following.cells, count))
        if not ours.strip() or not _is_same(ours, theirs, rough=table.rough and following.rough):
            break
        count += 1
    # A row under a merged header belongs to it; a header is not the whole table.
    return count if count < following.row_count else 0


def _is_same(row: str, other: str, *, rough: bool) -> bool:
    if not rough or re.search(r"\d", row + other):
        return row == other
    return SequenceMatcher(None, row, other, autojunk=False).ratio() >= _ALIKE


def _is_rest_of_row(table: PaperTable, following: PaperTable, repeated: int) -> bool:
    """Whether the next page begins in the middle of a row: its number stands on the page before."""
    top = _row(following.cells, repeated)
    numbers = [cell.text for cell in table.cells if cell.column == 0 and cell.row >= max(1, repeated)]
    if not top or top[0].column != 0 or top[0].text or not any(cell.text for cell in top):
        return False
    if any(cell.column == 0 and cell.row_span > 1 for cell in table.cells) or top[0].row_span > 1:
        return False
    return len(numbers) > 0 and all(number.isdecimal() for number in numbers)


def _joined_row(table: PaperTable, rest: Sequence[PaperCell]) -> tuple[list[PaperCell], list[PaperCell]]:
    """The last row with what the next page has of it, and the rows below."""
    more = {cell.column: cell.text for cell in _row(rest, table.row_count) if cell.text}
    cells = []
    for cell in table.cells:
        text = more.get(cell.column, "") if cell.row + cell.row_span == table.row_count else ""
        both = cell.text + joint(cell.text, text) + text if cell.text and text else cell.text or text
        cells.append(replace(cell, text=both))
    return cells, [replace(cell, row=cell.row - 1) for cell in rest if cell.row > table.row_count]


def _joined_spans(
    cells: Sequence[PaperCell], rest: Sequence[PaperCell], border: int
) -> tuple[list[PaperCell], list[PaperCell]]:
    """Merged cells that go on below the page break, where the next page leaves them empty."""
    joined, dropped = list(cells), set()
    for cell in _row(rest, border):
        above = next(
            (
                place
                for place, each in enumerate(joined)
                if each.column == cell.column and each.row + each.row_span == border and each.row_span > 1
            ),
            None,
        )
        if not cell.text and above is not None and joined[above].column_span == cell.column_span:
            joined[above] = replace(joined[above], row_span=joined[above].row_span + cell.row_span)
            dropped.add(cell)
    return joined, [cell for cell in rest if cell not in dropped]
