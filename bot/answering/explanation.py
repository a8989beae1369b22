"""Why an answer is what it is: how the question was read, and what the judge saw of each clause."""

from dataclasses import dataclass

from bot.evidence import Evidence
from bot.reader.judging import Judged
from bot.scope import may_speak, rule_against


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClause:
    """A clause that was read, and what became of it."""

    document: str
    locator: str
    probability: float
    answers: float  # the reader's own
    retrieved: float
    coverage: float
    fact: float
    words: str  # those that the reader takes for the answer
    dropped_by: str | None  # the rule of scope that is against it
    answering: bool  # sure enough to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was understood and seen; probabilities and signals lie between 0 and 1."""

    question: str
    kinds: tuple[str, ...]
    regions: tuple[str, ...]
    documents: tuple[str, ...]  # those the question is limited to; empty: any
    years: tuple[str, ...]
    reader: str
    enough: float
    near: float
    clauses: tuple[ExplainedClause, ...]


def explanation_of(evidence: Evidence) -> Explanation:
    """The explanation of what was found for a question as it was asked."""
    asked = evidence.understanding
    calibration = evidence.judge.calibration if evidence.judge is not None else None
    answering = {each.clause.clause_id for each in _that_answer(evidence)}
    return Explanation(
        question=asked.text,
        kinds=asked.kinds,
        regions=asked.regions,
        documents=tuple(
            evidence.landscape.by_id[each].title
            for each in sorted(asked.policy_ids)
            if each in evidence.landscape.by_id
        ),
        years=asked.years,
        reader=calibration.reader if calibration is not None else "",
        enough=calibration.enough if calibration is not None else 0.0,
        near=calibration.near if calibration is not None else 0.0,
        clauses=tuple(_explained(evidence, each, answering) for each in evidence.judged),
    )


def _explained(evidence: Evidence, judged: Judged, answering: set[str]) -> ExplainedClause:
    clause, signals = judged.clause, judged.signals
    return ExplainedClause(
        document=evidence.policy(clause).title,
        locator=clause.locator,
        probability=round(judged.probability, 4),
        answers=round(signals.answers, 4),
        retrieved=round(signals.retrieved, 4),
        coverage=round(signals.coverage, 4),
        fact=signals.fact,
        words=clause.text[judged.start - clause.start : judged.end - clause.start],
        dropped_by=rule_against(clause, evidence),
        answering=clause.clause_id in answering,
    )


def _that_answer(evidence: Evidence) -> list[Judged]:
    """The clauses that surely answer and may speak, the surest first; empty if none does."""
    judge = evidence.judge
    if judge is None or not evidence.judged:
        return []
    allowed = [each for each in evidence.judged if may_speak(each.clause, evidence)]
    if not allowed or allowed[0].probability < judge.calibration.enough:
        return []
    least = judge.calibration.near * allowed[0].probability
    near = [each for each in allowed if each.probability >= least]
    # What another place or document says to it is told as well, even if this one is found more easily.
    known = {each.clause.policy_id for each in near}
    for each in allowed:
        if each.clause.policy_id not in known and _answers_as_well(each, allowed[0], judge.calibration.near):
            known.add(each.clause.policy_id)
            near.append(each)
    return near


def _answers_as_well(each: Judged, best: Judged, near: float) -> bool:
    said, found = each.signals.answers, each.signals.retrieved
    return said >= near * best.signals.answers and found >= near * best.signals.retrieved
