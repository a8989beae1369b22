"""What retrieval hands to the composer: ranked clauses, their facts and a judge of relevance."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean, pstdev
from typing import Protocol, Self

from bot.answer import Question
from bot.question.asked import QuestionKind, Understanding
from bot.question.landscape import KnownPolicy, Landscape
from bot.reader.judging import Candidate, Judge, Judged
from bot.relevance import Place, Relevance
from ingest.instructions import orders_from
from ingest.policy import Clause, Fact, FactKind, validity_on
from vectorstore.context import is_substantive
from vectorstore.fusion import relative
from vectorstore.search import ScoredClause
from vectorstore.sentences import sentence_spans

# The units in brackets behind a sentence belong to its duty, not to what it says.
_UNIT_LIST = re.compile(
    r"[（(][^（()）]*(?:牵头|负责|责任单位|配合|对接部门|联系人|联系电话)[^（()）]*[）)]?。?$"
)
_LINE_BREAK = re.compile(r"\s*[\n\t]\s*")
# Fitted on the sets of eval/sets.
_WORTH_OF_STANDING, _WORTH_OF_HEADING, _WORTH_OF_QUOTED = 0.05, 0.1, 0.15
_WORTH_OF_CONTEXT, _WORTH_OF_TALK = 0.2, 0.3
_WORTH_OF_RETRIEVAL, _WORTH_OF_CUE, _WORTH_OF_FORM = 1.5, 0.1, 0.5
# A document no longer in force stands behind one in force that answers alike.
_COST_OF_STALENESS = 0.1
_NEAR = 0.8
_WORTH_OF_MEANING = 0.14
_SURE_BY_MEANING = 0.04
_READ = 12  # clauses that are read: reading costs most of an answer
_FEW = 5  # candidates from which a deviation means something
_FACT_OF: Mapping[QuestionKind, FactKind] = {
    "duty": "duty",
    "amount": "benefit",
    "target": "target",
    "deadline": "deadline",
}
_BLANK = re.compile(r"\s+")


class Library(Protocol):
    """Whole documents, for answers that need more than the ranked clauses."""

    def clauses(self, policy_id: str) -> Sequence[Clause]:
        """The clauses of a policy in order."""

    def facts(self, *, kind: FactKind, policy_ids: Iterable[str]) -> Sequence[Fact]:
        """The facts of one kind in these policies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a clause that may answer, the facts it states and how well it fits.

    `coverage` is the share of the question's words it holds, 0 to 1. `confidence`, about 0 to 1.5, tells
    whether it answers at all: coverage, how much the question said, and how far clause and sentence stand
    out in meaning. `score` is for comparing passages of one question and adds what the headings hold.
    """

    clause: Clause
    start: int
    end: int
    facts: tuple[Fact, ...]
    coverage: float
    confidence: float
    score: float

    def said(self, start: int, end: int, *, with_units: bool = False) -> str:
        """The words from start to end without the number of the clause and the marks around them.

        The units in brackets behind them are left out unless asked for.
        """
        words = self.clause.text[start - self.clause.start : end - self.clause.start]
        if start == self.clause.start:
            words = words.removeprefix(self.clause.number)
        words = words if with_units else _UNIT_LIST.sub("", words)
        return _LINE_BREAK.sub(" ", words.strip("，。；;、,.． \n\t"))

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.clause.text[self.start - self.clause.start : self.end - self.clause.start]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything a composer may use for one question."""

    question: Question
    understanding: Understanding
    landscape: Landscape
    ranked: tuple[ScoredClause, ...]
    facts: Mapping[str, tuple[Fact, ...]]  # of the ranked clauses, by clause id
    relevance: Relevance
    context: Relevance  # of the question before, where this one follows it
    library: Library
    talked_of: frozenset[str] = frozenset()  # the clauses that answered the question before
    judge: Judge | None = None  # who judged the clauses; None if none was read
    judged: tuple[Judged, ...] = ()  # the clauses that fit best, the likeliest to answer first

    def judged_by(self, judge: Judge) -> Self:
        """The evidence with its best clauses read and judged; what was worked out before is kept."""
        judged = tuple(judge.judged(self.understanding.text, self.candidates()))
        found = copy(self)
        vars(found).update(judge=judge, judged=judged)
        return found

    def candidates(self) -> list[Candidate]:
        """The clauses that fit best, as the judge takes them."""
        fitting = [each for each in self.clauses_by_fit() if is_substantive(each.clause)][:_READ]
        coverage: dict[str, float] = {}
        for passage in self.sentence_passages():
            known = coverage.get(passage.clause.clause_id, 0.0)
            coverage[passage.clause.clause_id] = max(known, passage.coverage)
        best = max((each.score for each in fitting), default=0.0) or 1.0
        return [
            Candidate(
                clause=each.clause,
                title=self.policy(each.clause).title,
                siblings=self.clauses_of(each.clause.policy_id),
                retrieved=max(each.score / best, 0.0),
                coverage=coverage.get(each.clause.clause_id, 0.0),
                fact=float(self._states_what_is_asked(each.clause)),
            )
            for each in fitting
        ]

    def _heading_coverage(self, clause: Clause, place: Place) -> float:
        if clause.clause_id not in self._headings:
            self._headings[clause.clause_id] = self.relevance.heading_coverage(place)
        return self._headings[clause.clause_id]

    @cached_property
    def _headings(self) -> dict[str, float]:
        return {}

    @cached_property
    def _retrieved(self) -> dict[str, float]:
        """How well each ranked clause was retrieved beside the best, 0 to 1."""
        return relative({scored.clause.clause_id: scored.score for scored in self.ranked})

    def _states_what_is_asked(self, clause: Clause) -> bool:
        wanted = {_FACT_OF[kind] for kind in self.understanding.kinds if kind in _FACT_OF}
        return any(fact.kind in wanted for fact in self.facts.get(clause.clause_id, ()))

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
        """The passages of ranked clauses that state facts of this kind, best first."""
        spans: dict[tuple[str, int, int], list[Fact]] = {}
        for fact in (fact for scored in self.ranked for fact in self.facts.get(scored.clause.clause_id, ())):
            if fact.kind == kind:
                spans.setdefault((fact.clause_id, fact.start, fact.end), []).append(fact)
        clauses = {scored.clause.clause_id: scored.clause for scored in self.ranked}
        return self._judged(
            [(clauses[span[0]], span[1], span[2], tuple(facts)) for span, facts in spans.items()]
        )

    def passage_of(self, clause: Clause, fact: Fact) -> Passage:
        """The passage that states the fact, whether its clause was ranked or not."""
        return self._passage(clause, fact.start, fact.end, (fact,), 0.0)

    def sentence_passages(self) -> list[Passage]:
        """The sentences of ranked clauses, best first; a row of figures is one passage."""
        return list(self._judged_sentences)

    @cached_property
    def _judged_sentences(self) -> list[Passage]:
        return self._judged(
            [
                (scored.clause, start, end, ())
                for scored in self.ranked
                for start, end in sentence_spans(scored.clause)
                if end <= scored.clause.start + orders_from(scored.clause.text)
            ]
        )

    def is_stale(self, clause: Clause) -> bool:
        """Whether the policy of the clause is expired or repealed on the day of asking."""
        return validity_on(self.policy(clause).metadata, self.question.on) in ("expired", "repealed")

    def clauses_by_fit(self) -> list[ScoredClause]:
        """The ranked clauses reordered by their best passage; every document that fits well comes early."""
        best: dict[str, float] = {}
        for passage in self.sentence_passages():
            best.setdefault(passage.clause.clause_id, passage.score)
        rescored = [
            replace(
                scored,
                score=best.get(scored.clause.clause_id, 0.0)
                + _WORTH_OF_RETRIEVAL * self._retrieved[scored.clause.clause_id],
            )
            for scored in self.ranked
        ]
        return _documents_in_turn(sorted(rescored, key=lambda scored: scored.score, reverse=True))

    @cached_property
    def _sentences(self) -> dict[str, tuple[tuple[int, int, float], ...]]:
        """Start, end and nearness of the sentences of each ranked clause.

        Nearness is the deviation of a sentence's similarity from the mean of all, in standard deviations.
        """
        known = [similarity for scored in self.ranked for similarity in scored.sentences]
        if len(known) < _FEW:
            return {}
        mean, deviation = fmean(known), pstdev(known) or 1.0
        found = {}
        for scored in self.ranked:
            spans = sentence_spans(scored.clause)
            # Vectors of an index made when sentences were cut otherwise are of no use.
            if len(spans) == len(scored.sentences):
                found[scored.clause.clause_id] = tuple(
                    (start, end, (similarity - mean) / deviation)
                    for (start, end), similarity in zip(spans, scored.sentences, strict=True)
                )
        return found

    def _nearness(self, clause: Clause, start: int, end: int) -> float:
        """Of the sentence nearest in meaning among those this stretch shares a character with."""
        return max(
            (
                near
                for begins, ends, near in self._sentences.get(clause.clause_id, ())
                if begins < end and start < ends
            ),
            default=0.0,
        )

    def _judged(self, spans: Sequence[tuple[Clause, int, int, tuple[Fact, ...]]]) -> list[Passage]:
        standing = _standing(self.ranked)
        found = [self._passage(*span, standing.get(span[0].clause_id, 0.0)) for span in spans]
        return sorted(found, key=lambda passage: passage.score, reverse=True)

    def _passage(
        self, clause: Clause, start: int, end: int, facts: tuple[Fact, ...], standing: float
    ) -> Passage:
        place = place_of(clause, start, end, title=self.policy(clause).metadata.title)
        # A fact may name its indicator or its applicant before the span that gives the value.
        named = _fold("".join(fact.value(name) for fact in facts for name in ("indicator", "applicant")))
        place = replace(place, passage=place.passage + named)
        coverage = self.relevance.coverage(place)
        quoted = self.understanding.quoted
        literal = bool(quoted) and all(_fold(words) in place.passage + place.heading for words in quoted)
        fit = coverage + _WORTH_OF_STANDING * standing + _WORTH_OF_QUOTED * literal
        nearness = self._nearness(clause, start, end)
        return Passage(
            clause=clause,
            start=start,
            end=end,
            facts=facts,
            coverage=coverage,
            confidence=fit * self.relevance.detail + _SURE_BY_MEANING * nearness,
            score=fit
            + _WORTH_OF_FORM
            * sum(form.search(place.passage) is not None for form in self.understanding.forms)
            + _WORTH_OF_CUE * any(cue in place.passage for cue in self.understanding.cues)
            + _WORTH_OF_HEADING * self._heading_coverage(clause, place)
            + _WORTH_OF_CONTEXT * self.context.coverage(place)
            + _WORTH_OF_TALK * (clause.clause_id in self.talked_of)
            + _WORTH_OF_RETRIEVAL * self._retrieved.get(clause.clause_id, 0.0)
            + _WORTH_OF_MEANING * nearness
            - _COST_OF_STALENESS * self.is_stale(clause),
        )


def _documents_in_turn(scored: Sequence[ScoredClause]) -> list[ScoredClause]:
    """The best clause of every document near the best of all, then the others in order."""
    if not scored:
        return []
    firsts: dict[str, ScoredClause] = {}
    for each in scored:
        if each.score >= _NEAR * scored[0].score:
            firsts.setdefault(each.clause.policy_id, each)
    leading = list(firsts.values())
    return [*leading, *(each for each in scored if each not in leading)]


def _standing(ranked: Sequence[ScoredClause]) -> dict[str, float]:
    """How far the similarity of each clause stands out, in standard deviations of all candidates, 0 to 3.

    Similarities of one model lie close together and shift with the question; what stands out from
    the candidates of the same question carries over from one question to another.
    """
    known = [scored.similarity for scored in ranked if scored.similarity is not None]
    if len(known) < _FEW:
        return {}
    mean, deviation = fmean(known), pstdev(known) or 1.0
    return {
        scored.clause.clause_id: min(max((scored.similarity - mean) / deviation, 0.0), 3.0)
        for scored in ranked
        if scored.similarity is not None
    }


def place_of(clause: Clause, start: int, end: int, *, title: str) -> Place:
    """The text by which this stretch of the clause is judged, lower-cased and without white space.

    The title of the document stands above all its clauses.
    """
    passage = clause.text[start - clause.start : end - clause.start]
    return Place(
        passage=_fold(passage),
        heading=_fold(clause.heading),
        clause=_fold(clause.text),
        path=_fold(" ".join((title, *clause.path))),
    )


def _fold(text: str) -> str:
    return _BLANK.sub("", text).lower()
