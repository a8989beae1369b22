"""The tables of a web page: which hold data, their rows and the places of their cells."""

from collections.abc import Sequence

from lxml import html

_LONGEST_CELL = 1500
_MOST_PARAGRAPHS = 3
# A browser takes no larger span either (HTML Living Standard, 4.9.11).
_MOST_COLUMNS = 1000
_MOST_ROWS = 65534

Rows = Sequence[Sequence[html.HtmlElement]]


def is_data_table(table: html.HtmlElement) -> bool:
    """Whether the table holds rows of data; many pages use one to lay out the page."""
    rows = table_rows(table)
    if sum(len(row) > 1 for row in rows) < 2:
        return False
    total = len(_ink(table))
    largest = max((cell for row in rows for cell in row), key=lambda cell: len(_ink(cell)))
    if len(_ink(largest)) * 2 <= total:
        return True
    holds_document = largest.find(".//table") is not None or len(largest.findall(".//p")) > _MOST_PARAGRAPHS
    return total > 0 and not holds_document and len(_ink(largest)) <= _LONGEST_CELL


def _ink(element: html.HtmlElement) -> str:
    return "".join(str(element.text_content()).split())


def table_rows(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """The cells of each row, without those of tables inside the table."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    return [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]


def header_rows(table: html.HtmlElement) -> int:
    """How many rows at the top the page marks as the header."""
    count = 0
    for row, cells in zip(table.iter("tr"), table_rows(table), strict=False):
        in_head = next(row.iterancestors("thead", "table"), table).tag == "thead"
        if not in_head and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        count += 1
    return count


def spans_of(rows: Rows) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """Row, column, rows covered and columns covered of each cell, by its place in the markup."""
    taken: set[tuple[int, int]] = set()
    places = {}
    for row, cells in enumerate(rows):
        column = 0
        for position, cell in enumerate(cells):
            while (row, column) in taken:
                column += 1
            down = _number(cell.get("rowspan"), len(rows) - row, _MOST_ROWS)
            right = _number(cell.get("colspan"), 1, _MOST_COLUMNS)
            down = min(down, len(rows) - row)
            taken |= {(row + below, column + beside) for below in range(down) for beside in range(right)}
            places[row, position] = (row, column, down, right)
    return places


def _number(printed: str | None, of_zero: int, most: int) -> int:
    """A span as printed; 0 means up to the end, nothing or nonsense means 1."""
    digits = (printed or "").strip()
    if not digits.isascii() or not digits.isdecimal():
        return 1
    return min(int(digits), most) or of_zero
