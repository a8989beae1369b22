"""Which clauses are read together: an article with its paragraphs and items, an item with its lead-in."""

from collections.abc import Mapping, Sequence

from ingest.policy import Clause

_ABOVE_CLAUSES = ("heading", "title", "meta")
_LONGEST = 1_200  # characters of a whole article; of a longer one only what leads to the clause


def read_together(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """The clause with the rest of its article, in order; `clauses` are all of its policy.

    A clause that is no part of another stands alone with its own parts.
    """
    by_id = {each.clause_id: each for each in clauses}
    lineage = [clause]
    while (above := by_id.get(lineage[-1].parent_id or "")) and above.kind not in _ABOVE_CLAUSES:
        lineage.append(above)
    if clause.kind in _ABOVE_CLAUSES:
        return [clause]
    whole = _with_parts(lineage[-1], clauses, by_id)
    if sum(len(each.text) for each in whole) <= _LONGEST:
        return whole
    return list(reversed(lineage))


def _with_parts(root: Clause, clauses: Sequence[Clause], by_id: Mapping[str, Clause]) -> list[Clause]:
    inside = {root.clause_id}
    found = [root]
    # Parts stand behind what they belong to.
    for each in clauses:
        if each.parent_id in inside and each.kind not in _ABOVE_CLAUSES:
            inside.add(each.clause_id)
            found.append(each)
    return found
