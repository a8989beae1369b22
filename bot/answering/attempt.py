"""The ways in which a question is tried, and what each of them came to, as values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.answer import Question
from bot.composers.draft import Draft
from bot.evidence.evidence import Evidence
from bot.question.asked import Understanding
from bot.question.landscape import Landscape
from bot.scope import speaking
from bot.telling import surety

Way = Literal["as_asked", "question_before", "without_history", "higher_places", "part"]

# Rules of higher places hold below; amounts, targets and units of a place are its own.
_HOLDS_BELOW = frozenset(("content", "deadline"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One way to try a question."""

    way: Way
    question: Question
    candidates: int  # clauses retrieved for it
    talked_of: tuple[str, ...] = ()  # the clauses that answered what the question points back at
    within: frozenset[str] = frozenset()  # the policies looked in, if not those that the question means
    first_part: str = ""  # of the question that this is a part of, to be read before it
    matters: int = 1  # of how many that are asked for at once this is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An attempt, and how its question is understood."""

    attempt: Attempt
    understanding: Understanding
    landscape: Landscape


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A draft and the evidence it was made from; while a model is still writing it is not whole."""

    evidence: Evidence
    draft: Draft
    is_whole: bool = True
    parts: tuple["Composed", ...] = ()  # the answers that it was put together from, if it was

    def surety(self) -> float | None:
        """The probability that anything answers, of parts the least; None if that is not what decides."""
        if self.parts:
            return min((found for part in self.parts if (found := part.surety()) is not None), default=None)
        if self.evidence.judge is None or not self.draft.by_reading:
            return None
        return surety(self.evidence, speaking(self.evidence))

    def quoted(self) -> dict[str, str]:
        """The clauses that the draft quotes, in its order, each with its policy."""
        quotes = (quote.clause for statement in self.draft.statements for quote in statement.quotes)
        return {clause.clause_id: clause.policy_id for clause in quotes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An attempt and what was composed for it."""

    attempt: Attempt
    composed: Composed

    @property
    def answers(self) -> bool:
        """Whether something is said."""
        return bool(self.composed.draft.statements)


def further(tried: Tried) -> Iterator[Attempt]:
    """What is tried next, each if the one before did not answer either."""
    attempt, evidence = tried.attempt, tried.composed.evidence
    if evidence.understanding.stands_alone:
        # What was talked of before may have led away from the documents that answer.
        question = replace(attempt.question, history=())
        yield replace(attempt, way="without_history", question=question, talked_of=())
    above = _places_above(evidence)
    if above and tried.composed.draft.outcome == "no_evidence":
        yield replace(attempt, way="higher_places", within=above)


def first_that_answers(tried: Sequence[Tried]) -> Tried:
    """The first attempt that answers; if none does, the first of all."""
    return next((each for each in tried if each.answers), tried[0])


def _places_above(evidence: Evidence) -> frozenset[str]:
    """The documents of higher places, if the documents of the places asked about are all that was meant."""
    asked, landscape = evidence.understanding, evidence.landscape
    if evidence.question.region or evidence.question.policy_ids or asked.kind not in _HOLDS_BELOW:
        return frozenset()
    of_regions = frozenset[str]().union(*(landscape.in_region(region) for region in asked.regions))
    return landscape.above(asked.regions) if asked.policy_ids == of_regions else frozenset()
