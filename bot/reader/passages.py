"""A clause as a passage: its words under the title, the headings, the lead-in and the table head above it."""

from collections.abc import Mapping

from bot.reader.reading import Passage
from ingest.policy import Clause, leads_on

# Characters of a lead-in that is told with an item of it, and of another clause that is read above one.
LONGEST_LEAD_IN, _LONGEST_ABOVE = 240, 80


def passage_of(clause: Clause, *, title: str, siblings: Mapping[str, Clause]) -> Passage:
    """The passage of a clause; `siblings` are the clauses of its policy by id."""
    headings = tuple(heading for heading in clause.path if heading.strip("《》 ") != title)
    above = above_of(clause, siblings)
    if above is not None and _bare(above.text) not in map(_bare, headings):
        headings = (*headings, above.text)
    if headers := " ".join(cell.header for cell in clause.cells if cell.header):
        headings = (*headings, headers)
    return Passage(title=title, headings=headings, text=clause.text)


def _bare(text: str) -> str:
    return "".join(text.split())


def _lead_in_of(clause: Clause, siblings: Mapping[str, Clause]) -> Clause | None:
    """The clause that this one is an item of (有下列情形之一的，处五万元以下罚款：), or None."""
    parent = _parent(clause, siblings)
    if parent is None or not leads_on(parent.text) or len(parent.text) > LONGEST_LEAD_IN:
        return None
    return parent


def above_of(clause: Clause, siblings: Mapping[str, Clause]) -> Clause | None:
    """What is read above a clause: its lead-in, or a short clause that it stands under; or None."""
    parent = _parent(clause, siblings)
    is_short = parent is not None and len(parent.text) <= _LONGEST_ABOVE
    return parent if is_short else _lead_in_of(clause, siblings)


def _parent(clause: Clause, siblings: Mapping[str, Clause]) -> Clause | None:
    parent = siblings.get(clause.parent_id) if clause.parent_id else None
    return None if parent is None or parent.kind in ("title", "heading", "meta") else parent
