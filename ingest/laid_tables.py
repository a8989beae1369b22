"""Tables that the file itself sets apart → rows with cells; a merged cell stands in every row it covers."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.policy import Cell
from ingest.source import Block, SourceCell
from ingest.tables import Row, is_ordinal

_HEADER_CELL = 40
_VALUE = re.compile(r"[\d.,%％－—-]+|.*[。；;]")


def laid_rows(text: str, table: Block) -> tuple[Row, ...]:
    """The rows that hold ink of their own, in order, without those that are the title of the table."""
    grid = _grid(text, table.cells)
    own = {row: [cell for cell in table.cells if cell.row == row and cell.end > cell.start] for row in grid}
    inked = [row for row in sorted(grid) if own[row]]
    inked = inked[_caption_rows(inked, own, grid) :]
    headers = _header_rows(inked, table, own, text)
    names = _column_names(text, [grid[row] for row in inked[:headers]])
    borders = [*(min(cell.start for cell in own[row]) for row in inked), table.end]
    return tuple(
        _row(text, (borders[place], borders[place + 1]), grid[row], names, is_header=place < headers)
        for place, row in enumerate(inked)
    )


def _grid(text: str, cells: Sequence[SourceCell]) -> dict[int, dict[int, SourceCell]]:
    """The cell of each row and column, that of a merged one in all places it covers."""
    grid: dict[int, dict[int, SourceCell]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            # An empty cell that stretches over others leaves them what they hold.
            for column in range(cell.column, cell.column + cell.column_span):
                grid.setdefault(row, {}).setdefault(column, cell)
    return grid


def _caption_rows(
    inked: Sequence[int],
    own: Mapping[int, Sequence[SourceCell]],
    grid: Mapping[int, Mapping[int, SourceCell]],
) -> int:
    """How many rows at the top are one cell over the whole width, which is the title of the table."""
    width = max((len(columns) for columns in grid.values()), default=0)
    count = 0
    for row in inked[:-2]:
        if width < 2 or len(own[row]) != 1 or own[row][0].column_span < width:
            break
        count += 1
    return count


def _header_rows(
    inked: Sequence[int], table: Block, own: Mapping[int, Sequence[SourceCell]], text: str
) -> int:
    """How many of the rows are the header; a cell over several rows or columns joins what it covers."""
    if len(inked) < 2:
        return 0
    marked = [row for row in inked if row < table.header_rows]
    if marked:
        return min(len(marked), len(inked) - 1)
    first = own[inked[0]]
    if len(first) < 2 or any(_is_value(text[cell.start : cell.end]) for cell in first):
        return 0
    last = inked[0] + max((cell.row_span for cell in first), default=1)
    if any(cell.column_span > 1 for cell in first) and last == inked[0] + 1:
        last += 1
    rows = [row for row in inked if row < last]
    below = [cell for row in rows[1:] for cell in own[row]]
    if any(_is_value(text[cell.start : cell.end]) for cell in below):
        return 1
    return min(len(rows), len(inked) - 1)


def _is_value(text: str) -> bool:
    return len(text) > _HEADER_CELL or _VALUE.fullmatch(text.strip()) is not None


def _column_names(text: str, headers: Sequence[Mapping[int, SourceCell]]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for columns in headers:
        for column, cell in columns.items():
            name = "".join(text[cell.start : cell.end].split())
            if name and name not in names.setdefault(column, []):
                names[column].append(name)
    return {column: "/".join(parts) for column, parts in names.items()}


def _row(
    text: str,
    span: tuple[int, int],
    columns: Mapping[int, SourceCell],
    names: Mapping[int, str],
    *,
    is_header: bool,
) -> Row:
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    cells = tuple(_cells(text, columns, names))
    first = cells[0].value if cells else ""
    return Row(
        start=start,
        end=span[0] + len(piece.rstrip()),
        number=first if is_ordinal(first) and not is_header else "",
        cells=cells,
        is_header=is_header,
    )


def _cells(text: str, columns: Mapping[int, SourceCell], names: Mapping[int, str]) -> Iterator[Cell]:
    seen: set[tuple[int, int]] = set()
    for column, cell in sorted(columns.items()):
        if cell.end <= cell.start or (cell.start, cell.end) in seen:
            continue
        seen.add((cell.start, cell.end))
        value = text[cell.start : cell.end]
        header = names.get(column, "")
        yield Cell(header=header, value=value, start=cell.start, end=cell.end, column=column + 1)
