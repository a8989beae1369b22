"""The figures of a table row with the measure that a column of its own gives."""

from collections.abc import Mapping

from ingest.numerals import find_quantities
from ingest.policy import Cell, Clause

_MEASURES = ("单位", "计量单位")


def measured(clause: Clause) -> Mapping[str, str]:
    """By their headers the figures of a row with its measure (4亿元); empty if no column gives one."""
    measure = next((cell.value for cell in clause.cells if _is_measure(cell)), None)
    if measure is None:
        return {}
    return {cell.header: f"{cell.value}{measure}" for cell in clause.cells if _is_number(cell.value)}


def words_of(clause: Clause) -> str:
    """The words of a clause, and of a row the headers above it and its figures with their measure."""
    return " ".join((clause.text, *(cell.header for cell in clause.cells), *measured(clause).values()))


def _is_measure(cell: Cell) -> bool:
    """Whether a cell says in what the others of its row count (单位：亿元), and is no unit of government."""
    return cell.header in _MEASURES and any(each.unit for each in find_quantities(f"1{cell.value}"))


def _is_number(value: str) -> bool:
    return value[:1].isdigit() and not any(char.isalpha() for char in value)
