"""What a table row says: its cells under their headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.composers.draft import Quote
from bot.evidence.evidence import Evidence
from bot.evidence.rows import values_of
from ingest.instructions import orders_from
from ingest.policy import Cell, Clause

_ORDINAL = ("序号", "编号")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """The cells of a row under their headers, what they stand on, and the note below the table or None."""

    said: str
    claims: tuple[str, ...]
    headers: tuple[str, ...]  # above the row: no quote of it holds them
    figures: tuple[str, ...]  # with the measure that a column of its own gives
    quotes: tuple[Quote, ...]
    note: Clause | None


def told_row(evidence: Evidence, clause: Clause) -> ToldRow:
    """What the row says; a cell that reaches over several rows is quoted from the row that prints it."""
    cells = [
        (cell, value)
        for cell, value in zip(clause.cells, values_of(clause), strict=True)
        if cell.value and cell.header not in _ORDINAL
    ]
    elsewhere = [cell for cell, _ in cells if not _holds(clause, cell)]
    return ToldRow(
        said="；".join(f"{cell.header}：{value}" if cell.header else value for cell, value in cells),
        figures=tuple(value for cell, value in cells if value != cell.value),
        claims=tuple(cell.value for cell, _ in cells),
        headers=tuple(cell.header for cell, _ in cells if cell.header),
        quotes=(
            Quote(clause=clause, start=clause.start, end=clause.end),
            *_printed(evidence, clause, elsewhere),
        ),
        note=_note_of(evidence, clause) if any("*" in cell.value for cell, _ in cells) else None,
    )


def _printed(evidence: Evidence, clause: Clause, cells: Sequence[Cell]) -> Iterator[Quote]:
    for cell in cells:
        for other in evidence.clauses_of(clause.policy_id).values():
            if _holds(other, cell):
                yield Quote(clause=other, start=cell.start, end=cell.end)
                break


def _holds(clause: Clause, cell: Cell) -> bool:
    return clause.start <= cell.start and cell.end <= clause.end


def _note_of(evidence: Evidence, clause: Clause) -> Clause | None:
    following = [
        other for other in evidence.library.clauses(clause.policy_id) if other.position > clause.position
    ]
    for other in following:
        if other.kind != "row":
            is_note = other.kind == "note" and orders_from(other.text) == len(other.text)
            return other if is_note else None
    return None
