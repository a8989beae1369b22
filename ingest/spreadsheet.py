"""The sheets of a workbook → text: titles above a table as paragraphs, each row of the table a line."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

import python_calamine

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits
from ingest.source import Block, SourceCell

_Value = int | float | str | bool | time | date | datetime | timedelta
_Spans = Mapping[tuple[int, int], tuple[int, int]]  # rows and columns covered, by the place of the first cell


def read_workbook(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of all sheets that hold ink, and their tables; a sheet is headed where there are several."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        raise PasswordError(f"{name}: opens only with a password; save it without one") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFileError(
            f"{name}: expected a workbook, found something else or a part of one ({error}); save it anew"
        ) from error
    sheets = []
    for sheet_name in workbook.sheet_names:
        rows = _rows(workbook.get_sheet_by_name(sheet_name), name, limits)
        if any(any(row) for row in rows):
            sheets.append((sheet_name, rows, _spans(workbook.get_sheet_by_name(sheet_name))))
    writer = _Writer()
    for sheet_name, rows, spans in sheets:
        if len(sheets) > 1:
            writer.heading(sheet_name)
        writer.sheet(rows, spans)
    return writer.text(), tuple(writer.blocks)


def _rows(sheet: python_calamine.CalamineSheet, name: str, limits: Limits) -> list[list[str]]:
    last_row, last_column = sheet.end or (0, 0)
    area = (last_row + 1) * (last_column + 1)
    if area > limits.cells:
        raise LimitExceededError(
            f"{name}: expected at most {limits.cells:,} cells in a sheet, found {area:,}; "
            "delete empty rows and columns, or raise CLAUSEWISE_LIMITS__CELLS"
        )
    return [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _spans(sheet: python_calamine.CalamineSheet) -> _Spans:
    return {
        (top, left): (bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    }


def _shown(value: _Value) -> str:
    """The value as a sheet shows it without a format of its own: 12 for 12.0, a date as 2024-05-31."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    lines = (" ".join(line.split()) for line in str(value).splitlines())
    return "\n".join(filter(None, lines))


class _Writer:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0

    def text(self) -> str:
        return "".join(self._parts)

    def heading(self, text: str) -> None:
        start = self._length
        self._add(text)
        self.blocks.append(Block(kind="heading", start=start, end=self._length, level=1))
        self._add("\n")

    def sheet(self, rows: Sequence[Sequence[str]], spans: _Spans) -> None:
        """Single cells above and below the table are lines of text."""
        inked = [place for place, row in enumerate(rows) if any(row)]
        merged = {
            place
            for (top, _), (down, beside) in spans.items()
            if beside == 1
            for place in range(top, top + down)
        }
        wide = [place for place in inked if place in merged or sum(map(bool, rows[place])) > 1]
        first, last = (wide[0], wide[-1]) if len(wide) > 1 else (len(rows), -1)
        table = [place for place in inked if first <= place <= last]
        for place in inked:
            if place < first or not table:
                self._line(rows[place])
        if table:
            self._table(rows, table, spans)
        for place in inked:
            if table and place > last:
                self._line(rows[place])

    def _line(self, row: Sequence[str]) -> None:
        self._add("  ".join(filter(None, row)) + "\n")

    def _table(self, rows: Sequence[Sequence[str]], places: Sequence[int], spans: _Spans) -> None:
        start, cells = self._length, list[SourceCell]()
        for order, place in enumerate(places):
            for column, value in enumerate(rows[place]):
                self._add("\t" if column else "")
                begin = self._length
                self._add(value)
                if value:
                    below, beside = spans.get((place, column), (1, 1))
                    reached = sum(1 for each in places if place <= each < place + below)
                    cells.append(
                        SourceCell(
                            row=order,
                            column=column,
                            start=begin,
                            end=self._length,
                            row_span=max(1, reached),
                            column_span=beside,
                        )
                    )
            self._add("\n")
        end = max((cell.end for cell in cells), default=start)
        self.blocks.append(
            Block(kind="table", start=cells[0].start if cells else start, end=end, cells=tuple(cells))
        )

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
