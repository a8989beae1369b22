"""The rows of a Word table: which cell stands where, how far merged cells reach, whether it holds data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ingest.ooxml.names import attribute, child, is_on, local, number

_ROW_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell that is printed: its place in the grid and the place it has among the cells of its row."""

    element: etree._Element
    row: int
    column: int
    position: int
    row_span: int = 1
    column_span: int = 1


def is_data_table(table: etree._Element) -> bool:
    """Whether it has rows and columns; a frame around text has one of either."""
    rows = list(_rows(table))
    return len(rows) > 1 and any(len(_cells(row)) > 1 for row in rows)


def header_rows(table: etree._Element) -> int:
    """How many rows at the top repeat on every page."""
    count = 0
    for row in _rows(table):
        if not is_on(child(row, "trPr", "tblHeader")):
            break
        count += 1
    return count


def cells_of(table: etree._Element) -> list[TableCell]:
    """The cells in the order of rows; a merged cell stands once, where it begins."""
    found: list[TableCell] = []
    open_cells: dict[int, int] = {}  # column → place in `found` of the merged cell that reaches down there
    for row, element in enumerate(_rows(table)):
        column = number(child(element, "trPr", "gridBefore")) or 0
        position = 0
        for cell in _cells(element):
            properties = child(cell, "tcPr")
            span = number(child(properties, "gridSpan")) or 1
            merge = child(properties, "vMerge")
            if merge is not None and attribute(merge) != "restart" and column in open_cells:
                place = open_cells[column]
                found[place] = replace(found[place], row_span=row - found[place].row + 1)
            else:
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = len(found)
                found.append(
                    TableCell(element=cell, row=row, column=column, position=position, column_span=span)
                )
                position += 1
            column += span
    return found


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        name = local(element)
        if name == "tr" and child(element, "trPr", "del") is None:
            yield element
        elif name in _ROW_WRAPPERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> list[etree._Element]:
    cells: list[etree._Element] = []
    for element in row:
        if local(element) == "tc":
            cells.append(element)
        elif local(element) in _ROW_WRAPPERS:
            cells += _cells(element)
    return cells
