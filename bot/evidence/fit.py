"""How well the clauses that were found fit a question: passages of them with their coverage and score."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean, pstdev

from bot.evidence.relevance import Place, Relevance
from bot.question.asked import Understanding
from ingest.policy import Clause, Fact
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
_FEW = 5  # candidates from which a deviation means something
_BLANK = re.compile(r"\s+")


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
class Fit:
    """Judges stretches of the clauses that were found for one question."""

    ranked: Sequence[ScoredClause]
    understanding: Understanding
    relevance: Relevance
    context: Relevance  # of the question before, if this one follows it
    talked_of: frozenset[str]  # the clauses that answered the question before
    title: Callable[[Clause], str]
    is_stale: Callable[[Clause], bool]

    def best_first(self, spans: Sequence[tuple[Clause, int, int, tuple[Fact, ...]]]) -> list[Passage]:
        """The passages of these stretches: clause, start, end and the facts that they state."""
        found = [self.passage(*span) for span in spans]
        return sorted(found, key=lambda passage: passage.score, reverse=True)

    def clauses(self, passages: Sequence[Passage]) -> list[ScoredClause]:
        """The clauses by their best passage; every document that fits well comes early."""
        best: dict[str, float] = {}
        for passage in passages:
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

    def passage(self, clause: Clause, start: int, end: int, facts: tuple[Fact, ...]) -> Passage:
        """The stretch with how well it fits, whether its clause was ranked or not."""
        place = place_of(clause, start, end, title=self.title(clause))
        # A fact may name its indicator or its applicant before the span that gives the value.
        named = _fold("".join(fact.value(name) for fact in facts for name in ("indicator", "applicant")))
        place = replace(place, passage=place.passage + named)
        coverage = self.relevance.coverage(place)
        quoted = self.understanding.quoted
        literal = bool(quoted) and all(_fold(words) in place.passage + place.heading for words in quoted)
        fit = (
            coverage
            + _WORTH_OF_STANDING * self._standing.get(clause.clause_id, 0.0)
            + _WORTH_OF_QUOTED * literal
        )
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

    @cached_property
    def _standing(self) -> dict[str, float]:
        return _standing(self.ranked)

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
