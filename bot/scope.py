"""Which clauses may speak: rules of the field on place, time, grade and row, without weights.

No model overrules them: a clause of another year, grade or place does not answer, however like it sounds.
"""

import re
from itertools import islice

from bot.evidence import Evidence
from bot.question.grades import excludes
from bot.question.landscape import bare_name
from ingest.policy import Clause

_YEAR = re.compile(r"(?:19|20)\d{2}")
_OPENING_CLAUSES = 6


def may_speak(clause: Clause, evidence: Evidence) -> bool:
    """Whether a clause may answer the question at all."""
    if evidence.relevance.certain:
        return True
    return not (
        clause.kind in ("heading", "title", "meta")
        or _of_another_year(clause, evidence)
        or _of_another_grade(clause, evidence)
        or not _is_of_the_place(clause, evidence)
        or _is_over_while_another_holds(clause, evidence)
    )


def _of_another_year(clause: Clause, evidence: Evidence) -> bool:
    """Whether the document is, by its title, of a year that was not asked about (2024年工作要点)."""
    asked = evidence.understanding.years
    titled = _YEAR.findall(evidence.policy(clause).title)
    if not asked or not titled:
        return False
    spans = range(int(min(titled)), int(max(titled)) + 1)
    printed = " ".join((clause.text, *(cell.header for cell in clause.cells)))
    return not any(int(year) in spans or year in printed for year in asked)


def _of_another_grade(clause: Clause, evidence: Evidence) -> bool:
    above = clause.path[-1] if clause.path else ""
    return excludes(evidence.understanding.text, clause.text) or excludes(evidence.question.text, above)


def _is_of_the_place(clause: Clause, evidence: Evidence) -> bool:
    """Whether a document of no region is about the place asked about: its opening or the clause names it."""
    asked, policy = evidence.understanding, evidence.policy(clause)
    if policy.metadata.region or not asked.regions or policy.policy_id in asked.named:
        return True
    opening = "".join(
        each.text for each in islice(evidence.clauses_of(policy.policy_id).values(), _OPENING_CLAUSES)
    )
    named = " ".join((policy.title, opening, *clause.path, clause.text))
    return any(bare_name(region) in named for region in asked.regions)


def _is_over_while_another_holds(clause: Clause, evidence: Evidence) -> bool:
    """Whether the document is over and one of the same region that is not over was found as well."""
    if not evidence.is_stale(clause):
        return False
    region = evidence.policy(clause).metadata.region
    return any(
        not evidence.is_stale(each.clause) and evidence.policy(each.clause).metadata.region == region
        for each in evidence.judged
        if evidence.judge is not None and each.probability >= evidence.judge.calibration.enough
    )
