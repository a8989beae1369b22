"""A sheet → its lines and tables in reading order."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.paper.grid import Grid, grids
from ingest.paper.lines import lines
from ingest.paper.reading_order import flows
from ingest.paper.sheet import Ink, Sheet
from ingest.paper.table import PaperTable, table_of

_TOLERANCE = 0.25  # ems between two strokes of one ruling line


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line; lengths in ems, `step` as a multiple of the usual distance of two lines."""

    ink: Ink
    page: int
    flow: int  # which stretch of a column on this page
    column: str
    step: float = 1.0  # from the line before to this one; 0 at the top of a flow
    indent: float = 0.0  # from the left edge of the text
    room: float = 0.0  # to the right edge of the text
    is_note: bool = False
    rough: bool = False  # it was recognised in a picture, so that its measures are rough

    @property
    def text(self) -> str:
        """What it says."""
        return self.ink.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on a page in reading order."""

    number: int
    height: float
    parts: tuple[Line | PaperTable, ...]
    asides: tuple[Line, ...] = ()
    read_by_ocr: bool = False

    @property
    def lines(self) -> Iterator[Line]:
        """The lines outside tables."""
        return (part for part in self.parts if isinstance(part, Line))


def page_of(sheet: Sheet) -> Page:
    """The page that is printed on the sheet."""
    em = median([ink.size for ink in sheet.inks if ink.text.strip()] or [1.0])
    tables, loose = _tables(sheet, em)
    parts: list[Line | PaperTable] = []
    count = 0
    # Nothing is read across a table, whatever stands beside it.
    for above, table in _between(loose, tables):
        for flow in flows(above):
            count += 1
            parts.extend(_lines(flow.inks, sheet, count, flow.column))
        parts.extend([table] if table else [])
    asides = [_line(ink, sheet, 0, "aside") for ink in sheet.asides]
    return Page(
        number=sheet.number,
        height=sheet.height,
        parts=tuple(parts),
        asides=tuple(asides),
        read_by_ocr=sheet.read_by_ocr,
    )


def usual_size(pages: Sequence[Page], left_out: Container[Line]) -> float:
    """The size of most letters outside tables and the lines left out."""
    sizes = [
        line.ink.size for page in pages for line in page.lines if line not in left_out for _ in line.text
    ]
    return median(sizes or [1.0])


def _tables(sheet: Sheet, em: float) -> tuple[list[PaperTable], list[Ink]]:
    """The tables from the top, and the text outside them."""
    found: list[PaperTable] = []
    loose = list(sheet.inks)
    for grid in sorted(grids(sheet.edges, em * _TOLERANCE), key=lambda grid: grid.rows[0]):
        inside = [ink for ink in loose if _is_inside(ink, grid)]
        table = table_of(grid, inside, sheet.number, rough=sheet.read_by_ocr) if inside else None
        if table is not None:
            found.append(table)
            loose = [ink for ink in loose if not _is_inside(ink, grid)]
    return found, loose


def _is_inside(ink: Ink, grid: Grid) -> bool:
    return grid.columns[0] <= ink.centre <= grid.columns[-1] and grid.rows[0] <= ink.middle <= grid.rows[-1]


def _between(
    inks: Sequence[Ink], tables: Sequence[PaperTable]
) -> Iterator[tuple[list[Ink], PaperTable | None]]:
    """The text above each table with the table, then the text below the last."""
    rest = list(inks)
    for table in tables:
        yield [ink for ink in rest if ink.middle < table.top], table
        rest = [ink for ink in rest if ink.middle >= table.top]
    yield rest, None


def _lines(inks: Sequence[Ink], sheet: Sheet, flow: int, column: str) -> Iterator[Line]:
    found = [_line(ink, sheet, flow, column) for ink in lines(inks)]
    steps = [after.ink.middle - before.ink.middle for before, after in pairwise(found)]
    usual = median(steps) if len(steps) > 1 else 0.0
    for place, each in enumerate(found):
        if place == 0:
            yield replace(each, step=0.0)
        else:
            yield replace(each, step=steps[place - 1] / usual if usual > 0 else 1.0)


def _line(ink: Ink, sheet: Sheet, flow: int, column: str) -> Line:
    return Line(ink=ink, page=sheet.number, flow=flow, column=column, rough=sheet.read_by_ocr)
