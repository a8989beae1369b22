"""Which passages answer: good enough on their own, and near the best of their document and of all."""

from collections.abc import Callable, Mapping, Sequence

from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from bot.scope import (
    is_of_another_place,
    is_of_another_year,
    is_row_of_something_else,
    says_another_grade,
)

# Calibrated on the sets in eval/sets; see `clausewise eval run`.
ENOUGH = 0.56
ENOUGH_FOR_VALUES = 0.6
ENOUGH_WITHOUT_MEASURE = 0.74
ENOUGH_FOR_FACTS = 0.64
NEAR_BEST_IN_POLICY = 0.98
# A question that asks for two things is answered by two passages, each of which covers half of it.
NEAR_BEST_OF_SEVERAL = 0.94
OTHER_PART = 0.85
NEAR_BEST_OF_ALL = 0.72


def choose(
    evidence: Evidence,
    passages: Sequence[Passage],
    *,
    per_policy: int = 3,
    enough: float = ENOUGH,
    near: float | None = None,
    fits: Callable[[Passage], bool] = lambda passage: True,
) -> list[Passage]:
    """The passages that answer, grouped by policy, the best policy first; empty where none is good enough."""
    near = NEAR_BEST_OF_SEVERAL if asks_several(evidence) else near or NEAR_BEST_IN_POLICY
    good = [
        passage
        for passage in passages
        if passage.confidence >= enough
        and _shows_what_is_asked(evidence, passage)
        and _is_in_scope(evidence, passage)
        and fits(passage)
    ]
    if not good:
        return []
    good = _literal(evidence.understanding.quoted, good)
    best = max(passage.confidence for passage in good)
    by_policy: dict[str, list[Passage]] = {}
    for passage in good:
        if passage.confidence >= NEAR_BEST_OF_ALL * best:
            by_policy.setdefault(passage.clause.policy_id, []).append(passage)
    chosen: list[Passage] = []
    for found in _in_force(evidence, _of_the_place(evidence, by_policy)):
        kept = [passage for passage in found if passage.score >= near * found[0].score]
        chosen.extend(_with_other_part(_apart(kept)[:per_policy], found))
    return chosen


def asks_several(evidence: Evidence) -> bool:
    """Whether the question asks for more than one thing."""
    return not evidence.understanding.one_thing


def _shows_what_is_asked(evidence: Evidence, passage: Passage) -> bool:
    """Whether the passage shows one of the measures asked for: 百分之几 is not answered by 元."""
    shown = " ".join((passage.text, *(cell.header for cell in passage.clause.cells)))
    return evidence.relevance.certain or evidence.understanding.is_shown_in(shown)


def _is_in_scope(evidence: Evidence, passage: Passage) -> bool:
    clause = passage.clause
    if is_of_another_place(clause, evidence):
        return False
    years = [fact.value("year") for fact in passage.facts]
    return evidence.relevance.certain or not (
        is_row_of_something_else(clause, evidence)
        or is_of_another_year(clause, evidence, also=years)
        or says_another_grade(passage.text, clause, evidence)
    )


def _of_the_place(evidence: Evidence, by_policy: Mapping[str, list[Passage]]) -> Mapping[str, list[Passage]]:
    """Without documents of no region where one of the region asked about answers better."""
    regions = [evidence.landscape.by_id[policy_id].metadata.region for policy_id in by_policy]
    if not evidence.understanding.regions or not regions[0]:
        return by_policy
    return {
        policy_id: found
        for (policy_id, found), region in zip(by_policy.items(), regions, strict=True)
        if region
    }


def _in_force(evidence: Evidence, by_policy: Mapping[str, list[Passage]]) -> list[list[Passage]]:
    """Without documents that are over where one of their region that is not over answers too."""
    current = {
        evidence.landscape.by_id[policy_id].metadata.region
        for policy_id, found in by_policy.items()
        if not evidence.is_stale(found[0].clause)
    }
    return [
        found
        for policy_id, found in by_policy.items()
        if not evidence.is_stale(found[0].clause)
        or evidence.landscape.by_id[policy_id].metadata.region not in current
    ]


def _with_other_part(kept: list[Passage], found: Sequence[Passage]) -> list[Passage]:
    """Where the body answers and an annex nearly as well, or the reverse, both are given: they may differ."""
    parts = {_is_annexed(passage) for passage in kept}
    if len(parts) != 1:
        return kept
    other = next((passage for passage in found if _is_annexed(passage) not in parts), None)
    return [*kept, other] if other and other.score >= OTHER_PART * found[0].score else kept


def _is_annexed(passage: Passage) -> bool:
    return passage.clause.locator.startswith("附件")


def _literal(quoted: Sequence[str], passages: list[Passage]) -> list[Passage]:
    """Only the passages that hold the quoted words, where any does."""
    holding = [
        passage
        for passage in passages
        if all(words in passage.clause.heading + passage.text for words in quoted)
    ]
    return holding or passages


def _apart(passages: Sequence[Passage]) -> list[Passage]:
    kept: list[Passage] = []
    for passage in passages:
        overlaps = any(
            other.clause.policy_id == passage.clause.policy_id
            and other.start < passage.end
            and passage.start < other.end
            for other in kept
        )
        if not overlaps:
            kept.append(passage)
    return kept
