"""A clause as a passage: its words under all that has to be known to understand them.

That is the title, the headings, the lead-in, the table head, and the place that the clause refers to.
"""

from collections.abc import Mapping
from itertools import pairwise

from bot.reader.reading import Passage
from ingest.cross_references import CrossReferences, refers
from ingest.policy import Clause, leads_on

# Characters of a lead-in that is told with an item of it, and of another clause that is read above one.
LONGEST_LEAD_IN, _LONGEST_ABOVE = 240, 80
# Of a clause that is referred to: no more than a reader takes of what stands above.
_LONGEST_REFERRED = 45


def passage_of(clause: Clause, *, title: str, siblings: Mapping[str, Clause], question: str = "") -> Passage:
    """The passage of a clause; `siblings` are the clauses of its policy by id.

    Of the clauses that it refers to (违反本条例第二十一条) the one nearest to the question is read above it.
    """
    headings = tuple(heading for heading in clause.path if heading.strip("《》 ") != title)
    if (referred := _nearest_referred_to(clause, siblings, question)) is not None:
        headings = (*headings, referred.text.removeprefix(referred.number).strip()[:_LONGEST_REFERRED])
    above = above_of(clause, siblings)
    if above is not None and _bare(above.text) not in map(_bare, headings):
        headings = (*headings, above.text)
    if headers := " ".join(cell.header for cell in clause.cells if cell.header):
        headings = (*headings, headers)
    return Passage(title=title, headings=headings, text=clause.text)


def _nearest_referred_to(clause: Clause, siblings: Mapping[str, Clause], question: str) -> Clause | None:
    """Of the clauses that it refers to, the one that shares most pairs of characters with the question.

    None if none shares any, or if there is no question.
    """
    asked = set(pairwise(question))
    if not asked or not refers(clause):
        return None
    shared = {
        each.clause_id: len(asked.intersection(pairwise(each.text)))
        for each in CrossReferences(siblings.values()).of(clause)
    }
    best = max(shared, key=shared.__getitem__, default=None)
    return siblings[best] if best is not None and shared[best] else None


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
