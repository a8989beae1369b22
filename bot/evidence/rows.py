"""The cells of a table row with the measure that a column of its own gives to its figures."""

from ingest.numerals import find_quantities
from ingest.policy import Cell, Clause

_MEASURES = ("单位", "计量单位")
# Columns whose numbers count nothing.
_NO_FIGURES = ("序号", "编号", "年度", "年份", "电话", "联系电话")


def values_of(clause: Clause) -> tuple[str, ...]:
    """What each cell of a row says, in order: figures with the measure of the row (4亿元), if it has one."""
    measure = next((cell.value for cell in clause.cells if is_measure(cell)), "")
    return tuple(f"{cell.value}{measure}" if _is_figure(cell) else cell.value for cell in clause.cells)


def words_of(clause: Clause) -> str:
    """The words of a clause, and of a row the headers above it and its figures with their measure."""
    return " ".join((clause.text, *(cell.header for cell in clause.cells), *values_of(clause)))


def is_measure(cell: Cell) -> bool:
    """Whether a cell says in what the others of its row count: 亿元, and not 人社局."""
    if cell.header not in _MEASURES or not cell.value:
        return False
    counted = f"1{cell.value}"
    return any(each.unit and each.end == len(counted) for each in find_quantities(counted))


def _is_figure(cell: Cell) -> bool:
    value = cell.value.rstrip("*＊")
    is_number = value[:1].isdigit() and all(char.isdigit() or char in ",.，" for char in value)
    return is_number and cell.header not in _NO_FIGURES
