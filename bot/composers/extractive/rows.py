"""What a table row says: its cells under their headers."""

import re

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from ingest.policy import Cell, Clause
from prompts.templates import Phrases

_LONG_CELL = 40
_ORDINAL = ("序号", "编号")
_UNIT = "单位"
ASKS_PRESENT = re.compile(r"现在|目前|现状|当前|如今|基期|基数|实际|原来")


def is_indicator_row(clause: Clause) -> bool:
    """Whether the row is one of figures, all cells short, rather than one of running text."""
    return bool(clause.cells) and all(len(cell.value) <= _LONG_CELL for cell in clause.cells)


def row_statement(evidence: Evidence, passage: Passage, phrases: Phrases) -> DraftStatement:
    """The name of the row, the cells of the years asked for (else all), and the note where one is marked."""
    clause = passage.clause
    place = evidence.policy(clause).place
    cells = [
        cell for cell in clause.cells if cell.value and cell.header not in _ORDINAL and _inside(cell, clause)
    ]
    name = max(cells, key=lambda cell: len(cell.value)) if cells else None
    figures = [cell for cell in cells if cell is not name]
    shown = _asked_for(evidence, figures)
    measure = next((cell.value for cell in shown if cell.header == _UNIT), "")
    told = tuple(f"{cell.header}{cell.value}{measure}" for cell in shown if cell.header != _UNIT)
    values = "，".join(told)
    note = _note_of(evidence, clause) if any("*" in cell.value for cell in shown) else None
    said = phrases.say("table_value", indicator=name.value if name else "", values=values)
    if note:
        said = phrases.say("with_note", said=said, note=note.text)
    quotes = [Quote(clause=clause, start=clause.start, end=clause.end)]
    quotes += [Quote(clause=note, start=note.start, end=note.end)] if note else []
    return DraftStatement(
        text=phrases.say("at", place=place, said=said),
        quotes=tuple(quotes),
        claims=tuple(cell.value for cell in (*shown, *((name,) if name else ()))),
        # Column headers stand in the table's head, above the quoted row.
        free=(place, *told, *(cell.header for cell in clause.cells if cell.header)),
    )


def cells_statement(evidence: Evidence, clause: Clause, phrases: Phrases) -> DraftStatement:
    """The cells whose headers the question names, else all, of a row."""
    place = evidence.policy(clause).place
    cells = [cell for cell in clause.cells if cell.value and cell.header not in _ORDINAL]
    shown = [cell for cell in cells if cell.header and cell.header in evidence.question.text] or cells
    said = "；".join(f"{cell.header}：{cell.value}" for cell in shown)
    return DraftStatement(
        text=phrases.say("at", place=f"{place}{clause.locator}", said=said),
        quotes=(Quote(clause=clause, start=clause.start, end=clause.end),),
        claims=tuple(cell.value for cell in shown),
        free=(place, clause.locator, *(cell.header for cell in clause.cells if cell.header)),
    )


def told_row(evidence: Evidence, clause: Clause) -> tuple[str, tuple[str, ...], Clause | None]:
    """The cells of a row under their headers, the headers, which stand above it, and its note or None."""
    cells = [cell for cell in clause.cells if cell.value and cell.header not in _ORDINAL]
    said = "；".join(f"{cell.header}：{cell.value}" if cell.header else cell.value for cell in cells)
    note = _note_of(evidence, clause) if any("*" in cell.value for cell in cells) else None
    return said, tuple(cell.header for cell in cells if cell.header), note


def _asked_for(evidence: Evidence, cells: list[Cell]) -> list[Cell]:
    years = evidence.understanding.years
    if ASKS_PRESENT.search(evidence.question.text):
        return cells
    wanted = [cell for cell in cells if any(year in cell.header for year in years)]
    if not wanted:
        return cells
    return [
        cell
        for cell in cells
        if cell in wanted or not any(char.isdigit() for char in cell.header + cell.value)
    ]


def _inside(cell: Cell, clause: Clause) -> bool:
    return clause.start <= cell.start and cell.end <= clause.end


def _note_of(evidence: Evidence, clause: Clause) -> Clause | None:
    following = [
        other for other in evidence.library.clauses(clause.policy_id) if other.position > clause.position
    ]
    for other in following:
        if other.kind != "row":
            return other if other.kind == "note" else None
    return None
