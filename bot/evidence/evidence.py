"""What retrieval hands to the composer: ranked clauses, their facts and a judge of relevance."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, Self

from bot.answer import Question
from bot.evidence.fit import Fit, Passage
from bot.evidence.relevance import Relevance
from bot.evidence.rows import words_of
from bot.question.asked import Understanding
from bot.question.kinds import QuestionKind
from bot.question.landscape import KnownPolicy, Landscape
from bot.reader.calibration import Found, Order
from bot.reader.judging import Candidate, Judge, Judged
from bot.reader.passages import above_of
from ingest.cross_references import CrossReferences, refers
from ingest.instructions import orders_from
from ingest.policy import Clause, Fact, FactKind, validity_on
from vectorstore.context import is_substantive
from vectorstore.search import ScoredClause
from vectorstore.sentences import sentence_spans

# Clauses that are read, and the best of so many further documents: reading costs most of an answer.
_READ, _FURTHER_DOCUMENTS = 12, 3
_FACT_OF: Mapping[QuestionKind, FactKind] = {
    "duty": "duty",
    "amount": "benefit",
    "target": "target",
    "deadline": "deadline",
}


class Library(Protocol):
    """Whole documents, for answers that need more than the ranked clauses."""

    def clauses(self, policy_id: str) -> Sequence[Clause]:
        """The clauses of a policy in order."""

    def facts(self, *, kind: FactKind, policy_ids: Iterable[str]) -> Sequence[Fact]:
        """The facts of one kind in these policies."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything a composer may use for one question."""

    question: Question
    understanding: Understanding
    landscape: Landscape
    ranked: tuple[ScoredClause, ...]
    facts: Mapping[str, tuple[Fact, ...]]  # of the ranked clauses, by clause id
    relevance: Relevance
    library: Library
    order: Order  # by which the clauses that were found are read
    matters: int = 1  # that the asker wants to know at once, which share the room of an answer
    judge: Judge | None = None  # who judged the clauses; None if none was read
    judged: tuple[Judged, ...] = ()  # the clauses that fit best, the likeliest to answer first

    def judged_by(self, judge: Judge) -> Self:
        """The evidence with its best clauses read and judged; what was worked out before is kept."""
        judged = tuple(judge.judged(self._as_read(), self.candidates()))
        found = copy(self)
        vars(found).update(judge=judge, judged=judged)
        return found

    def _as_read(self) -> str:
        """The question as a reader takes it: in its own language, if that is not Chinese, and in Chinese."""
        asked = self.understanding
        return " ".join(filter(None, (asked.first_part, asked.own, asked.text)))

    def candidates(self) -> list[Candidate]:
        """The clauses that fit best, as the judge takes them."""
        fitting = self._read([each for each in self.clauses_by_fit() if is_substantive(each.clause)])
        return [
            Candidate(
                clause=each.clause,
                title=self.policy(each.clause).title,
                siblings=self.clauses_of(each.clause.policy_id),
                found=self.found(each.clause),
            )
            for each in fitting
        ]

    def _read(self, found: Sequence[ScoredClause]) -> list[ScoredClause]:
        """The clauses that fit best, and the best of further documents if no document is meant."""
        best, further = list(found[:_READ]), dict[str, ScoredClause]()
        known = {each.clause.policy_id for each in best}
        for each in () if self.understanding.policy_ids else found[_READ:]:
            if each.clause.policy_id not in known:
                further.setdefault(each.clause.policy_id, each)
        return [*best, *tuple(further.values())[:_FURTHER_DOCUMENTS]]

    def stating(self, clause: Clause) -> tuple[Fact, ...]:
        """The facts of a ranked clause that are of the kind that is asked for."""
        wanted = {_FACT_OF[kind] for kind in self.understanding.kinds if kind in _FACT_OF}
        return tuple(fact for fact in self.facts.get(clause.clause_id, ()) if fact.kind in wanted)

    def found(self, clause: Clause) -> Found:
        """How a ranked clause was found."""
        return Found(
            retrieved=self._fit.retrieved[clause.clause_id],
            coverage=self._coverage.get(clause.clause_id, 0.0),
            nearness=self._fit.nearness.get(clause.clause_id, 0.0),
            fact=float(bool(self.stating(clause))),
            shown=float(self.shows_what_is_asked(clause)),
        )

    @cached_property
    def _coverage(self) -> dict[str, float]:
        """Of the best sentence of each ranked clause, by the clause's id."""
        best: dict[str, float] = {}
        for passage in self.sentence_passages():
            known = best.get(passage.clause.clause_id, 0.0)
            best[passage.clause.clause_id] = max(known, passage.coverage)
        return best | {
            # A clause holds what the clause that it refers to does: 违反本条例第二十一条第一项.
            each.clause.clause_id: max(
                best.get(clause_id, 0.0) for clause_id in self._with_referred(each.clause)
            )
            for each in self.ranked
        }

    def _with_referred(self, clause: Clause) -> tuple[str, ...]:
        if not refers(clause):
            return (clause.clause_id,)
        if clause.policy_id not in self._references:
            clauses = self.clauses_of(clause.policy_id)
            self._references[clause.policy_id] = CrossReferences(clauses.values())
        referred = self._references[clause.policy_id].of(clause)
        return (clause.clause_id, *(each.clause_id for each in referred))

    @cached_property
    def _references(self) -> dict[str, CrossReferences]:
        """Of the policies whose clauses refer to others, as far as they were asked for."""
        return {}

    def shows_what_is_asked(self, clause: Clause) -> bool:
        """Whether a clause shows a measure that is asked for, or what is read above it does."""
        above = above_of(clause, self.clauses_of(clause.policy_id))
        return self.understanding.is_shown_in(f"{above.text if above else ''} {words_of(clause)}")

    def policy(self, clause: Clause) -> KnownPolicy:
        """The policy the clause belongs to."""
        return self.landscape.by_id[clause.policy_id]

    def clauses_of(self, policy_id: str) -> Mapping[str, Clause]:
        """The clauses of a policy in order, by their id; read once a question."""
        if policy_id not in self._documents:
            clauses = self.library.clauses(policy_id)
            self._documents[policy_id] = {clause.clause_id: clause for clause in clauses}
        return self._documents[policy_id]

    @cached_property
    def _documents(self) -> dict[str, dict[str, Clause]]:
        return {}

    def fact_passages(self, kind: FactKind) -> list[Passage]:
        """The passages of ranked clauses that state facts of this kind."""
        spans: dict[tuple[str, int, int], list[Fact]] = {}
        for fact in (fact for scored in self.ranked for fact in self.facts.get(scored.clause.clause_id, ())):
            if fact.kind == kind:
                spans.setdefault((fact.clause_id, fact.start, fact.end), []).append(fact)
        clauses = {scored.clause.clause_id: scored.clause for scored in self.ranked}
        return [
            self._fit.passage(clauses[clause_id], start, end, tuple(facts))
            for (clause_id, start, end), facts in spans.items()
        ]

    def passage_of(self, clause: Clause, fact: Fact) -> Passage:
        """The passage that states the fact, whether its clause was ranked or not."""
        return self._fit.passage(clause, fact.start, fact.end, (fact,))

    def sentence_passages(self) -> list[Passage]:
        """The sentences of ranked clauses; a row of figures is one passage."""
        return list(self._sentences)

    @cached_property
    def _sentences(self) -> list[Passage]:
        return [
            self._fit.passage(scored.clause, start, end, ())
            for scored in self.ranked
            for start, end in sentence_spans(scored.clause)
            if end <= scored.clause.start + orders_from(scored.clause.text)
        ]

    def is_stale(self, clause: Clause) -> bool:
        """Whether the policy of the clause is expired or repealed on the day of asking."""
        return validity_on(self.policy(clause).metadata, self.question.on) in ("expired", "repealed")

    def clauses_by_fit(self) -> list[ScoredClause]:
        """The ranked clauses, the likeliest to answer first; their score is that probability, by `order`."""
        scored = [
            replace(each, score=self.order.probability(self.found(each.clause))) for each in self.ranked
        ]
        return sorted(scored, key=lambda each: each.score, reverse=True)

    @cached_property
    def _fit(self) -> Fit:
        return Fit(
            ranked=self.ranked,
            relevance=self.relevance,
            title=lambda clause: self.policy(clause).metadata.title,
        )
