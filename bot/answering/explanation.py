"""Why an answer is what it is: each attempt at the question, and what became of each clause in it."""

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import Answer, Outcome
from bot.answering.attempt import Composed, Tried, Way
from bot.evidence.evidence import Evidence
from bot.reader.judging import Judge, Judged
from bot.scope import rule_against, speaking
from bot.telling import answering, surety


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClause:
    """A clause that was read, and what became of it.

    Probabilities and signals lie between 0 and 1, but for `nearness`, in standard deviations.
    """

    clause_id: str
    document: str
    locator: str
    probability: float
    answers: float  # the reader's own
    retrieved: float
    coverage: float
    nearness: float
    fact: float
    shown: float
    words: str  # those that the reader takes for the answer
    dropped_by: str | None  # the rule of scope that is against it
    answering: bool  # sure enough to be told
    quoted: bool  # by what was drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedCandidate:
    """A clause that search found, best first, whether it was read or not."""

    clause_id: str
    document: str
    locator: str
    score: float
    read: bool
    dropped_by: str | None
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedAttempt:
    """One way in which the question was tried, and what it came to."""

    way: Way
    question: str  # as it is understood on its own
    kinds: tuple[str, ...]
    regions: tuple[str, ...]
    documents: tuple[str, ...]  # those it is limited to; empty: any
    years: tuple[str, ...]
    found: int  # clauses
    dropped: Mapping[str, int]  # how many of them each rule of scope is against
    surety: float  # that anything answers
    by_reading: bool  # whether what is told hangs on what was read, or the reading is only shown
    outcome: Outcome
    answered: bool
    told: bool  # whether what the asker is told comes from it
    opening: str  # the fixed phrase, such as why nothing is said
    statements: tuple[str, ...]  # as drafted
    unproven: tuple[str, ...]  # those of them that did not pass the proof
    candidates: tuple[ExplainedCandidate, ...]
    clauses: tuple[ExplainedClause, ...]  # the likeliest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The attempts in their order, and the bounds that decide in each of them."""

    reader: str
    enough: float
    near: float
    attempts: tuple[ExplainedAttempt, ...]

    @property
    def as_asked(self) -> ExplainedAttempt:
        """The attempt at the question as it was asked, which every question has."""
        return next(each for each in self.attempts if each.way == "as_asked")


def explanation_of(
    composed: Composed, tried: Sequence[Tried], *, judge: Judge, prove: Callable[[Composed], Answer]
) -> Explanation:
    """The explanation of what is composed in the end, by all attempts that led to it."""
    return Explanation(
        reader=judge.calibration.reader,
        enough=judge.calibration.enough,
        near=judge.calibration.near,
        attempts=tuple(
            _attempt(each, told=_is_told(each, composed, tried), judge=judge, prove=prove) for each in tried
        ),
    )


def _is_told(tried: Tried, composed: Composed, all_tried: Sequence[Tried]) -> bool:
    if any(each.composed is composed for each in all_tried):
        return tried.composed is composed
    # The answers to the parts were put together.
    said = {statement.text for statement in composed.draft.statements}
    is_part = tried.attempt.question.text in composed.evidence.understanding.parts
    return is_part and any(statement.text in said for statement in tried.composed.draft.statements)


def _attempt(
    tried: Tried, *, told: bool, judge: Judge, prove: Callable[[Composed], Answer]
) -> ExplainedAttempt:
    evidence, draft = tried.composed.evidence, tried.composed.draft
    seen = evidence if evidence.judge is not None else evidence.judged_by(judge)
    asked = evidence.understanding
    quoted = tried.composed.quoted().keys()
    drafted = tuple(statement.text for statement in draft.statements)
    candidates = _candidates(seen, quoted)
    proven = {statement.text for statement in prove(tried.composed).statements} if drafted else set()
    return ExplainedAttempt(
        way=tried.attempt.way,
        question=asked.text,
        kinds=asked.kinds,
        regions=asked.regions,
        documents=tuple(
            evidence.landscape.by_id[each].title
            for each in sorted(asked.policy_ids)
            if each in evidence.landscape.by_id
        ),
        years=asked.years,
        found=len(candidates),
        dropped=dict(Counter(each.dropped_by for each in candidates if each.dropped_by)),
        surety=round(surety(seen, speaking(seen)), 4),
        by_reading=draft.by_reading,
        outcome=draft.outcome,
        answered=tried.answers,
        told=told,
        opening=draft.opening,
        statements=drafted,
        unproven=tuple(text for text in drafted if text not in proven),
        candidates=candidates,
        clauses=_clauses(seen, quoted),
    )


def _candidates(evidence: Evidence, quoted: Container[str]) -> tuple[ExplainedCandidate, ...]:
    read = {each.clause.clause_id for each in evidence.judged}
    return tuple(
        ExplainedCandidate(
            clause_id=each.clause.clause_id,
            document=evidence.policy(each.clause).title,
            locator=each.clause.locator,
            score=round(each.score, 4),
            read=each.clause.clause_id in read,
            dropped_by=rule_against(each.clause, evidence),
            quoted=each.clause.clause_id in quoted,
        )
        for each in evidence.ranked
    )


def _clauses(evidence: Evidence, quoted: Container[str]) -> tuple[ExplainedClause, ...]:
    sure = {each.clause.clause_id for each in answering(evidence)}
    return tuple(
        _clause(each, evidence, is_answering=each.clause.clause_id in sure, quoted=quoted)
        for each in evidence.judged
    )


def _clause(
    judged: Judged, evidence: Evidence, *, is_answering: bool, quoted: Container[str]
) -> ExplainedClause:
    clause, signals = judged.clause, judged.signals
    return ExplainedClause(
        clause_id=clause.clause_id,
        document=evidence.policy(clause).title,
        locator=clause.locator,
        probability=round(judged.probability, 4),
        answers=round(signals.answers, 4),
        retrieved=round(signals.found.retrieved, 4),
        coverage=round(signals.found.coverage, 4),
        nearness=round(signals.found.nearness, 4),
        fact=signals.found.fact,
        shown=signals.found.shown,
        words=clause.text[judged.start - clause.start : judged.end - clause.start],
        dropped_by=rule_against(clause, evidence),
        answering=is_answering,
        quoted=clause.clause_id in quoted,
    )
