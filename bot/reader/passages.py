"""A clause as a passage: its words under the title, the headings, the lead-in and the table head above it."""

from collections.abc import Mapping

from bot.reader.reading import Passage
from ingest.policy import Clause

_LONGEST_LEAD_IN = 80


def passage_of(clause: Clause, *, title: str, siblings: Mapping[str, Clause]) -> Passage:
    """The passage of a clause; `siblings` are the clauses of its policy by id."""
    headings = tuple(heading for heading in clause.path if heading.strip("《》 ") != title)
    lead_in = _lead_in_of(clause, siblings)
    if lead_in is not None and _bare(lead_in.text) not in map(_bare, headings):
        headings = (*headings, lead_in.text)
    if headers := " ".join(cell.header for cell in clause.cells if cell.header):
        headings = (*headings, headers)
    return Passage(title=title, headings=headings, text=clause.text)


def _bare(text: str) -> str:
    return "".join(text.split())


def _lead_in_of(clause: Clause, siblings: Mapping[str, Clause]) -> Clause | None:
    """The clause that this one continues (有下列情形之一的：), or None."""
    parent = siblings.get(clause.parent_id) if clause.parent_id else None
    if parent is None or parent.kind in ("title", "heading", "meta"):
        return None
    return parent if len(parent.text) <= _LONGEST_LEAD_IN else None
