"""What retrieval hands to the composer: ranked clauses, their facts and a judge of relevance."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answer import Question
from bot.landscape import KnownPolicy, Landscape
from bot.relevance import Place, Relevance
from bot.understanding import Understanding
from ingest.policy import Clause, Fact, FactKind
from vectorstore.search import ScoredClause

_SENTENCE_END = re.compile(r"(?<=[。！？；;!?])(?![）)”」』])|\n+")
_ROW_OF_FIGURES = 120
_BLANK = re.compile(r"\s+")


class Library(Protocol):
    """Whole documents, for answers that need more than the ranked clauses."""

    def clauses(self, policy_id: str) -> Sequence[Clause]:
        """The clauses of a policy in order."""

    def facts(self, *, kind: FactKind, policy_ids: Iterable[str]) -> Sequence[Fact]:
        """The facts of one kind in these policies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a clause that may answer, the facts it states and how well it fits, about 0 to 1.2."""

    clause: Clause
    start: int
    end: int
    facts: tuple[Fact, ...]
    coverage: float
    score: float

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.clause.text[self.start - self.clause.start : self.end - self.clause.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything a composer may use for one question."""

    question: Question
    understanding: Understanding
    landscape: Landscape
    ranked: tuple[ScoredClause, ...]
    facts: Mapping[str, tuple[Fact, ...]]  # of the ranked clauses, by clause id
    relevance: Relevance
    library: Library

    def policy(self, clause: Clause) -> KnownPolicy:
        """The policy the clause belongs to."""
        return self.landscape.by_id[clause.policy_id]

    def fact_passages(self, kind: FactKind) -> list[Passage]:
        """The passages of ranked clauses that state facts of this kind, best first."""
        spans: dict[tuple[str, int, int], list[Fact]] = {}
        for fact in (fact for scored in self.ranked for fact in self.facts.get(scored.clause.clause_id, ())):
            if fact.kind == kind:
                spans.setdefault((fact.clause_id, fact.start, fact.end), []).append(fact)
        ranks = self._ranks()
        found = [self._passage(ranks, *span, tuple(facts)) for span, facts in spans.items()]
        return sorted(found, key=lambda passage: passage.score, reverse=True)

    def sentence_passages(self) -> list[Passage]:
        """The sentences of ranked clauses, best first; a table row is one passage."""
        ranks = self._ranks()
        found = [
            self._passage(ranks, scored.clause.clause_id, start, end, ())
            for scored in self.ranked
            for start, end in sentence_spans(scored.clause)
        ]
        return sorted(found, key=lambda passage: passage.score, reverse=True)

    def _ranks(self) -> dict[str, tuple[int, Clause]]:
        return {scored.clause.clause_id: (rank, scored.clause) for rank, scored in enumerate(self.ranked)}

    def _passage(
        self,
        ranks: dict[str, tuple[int, Clause]],
        clause_id: str,
        start: int,
        end: int,
        facts: tuple[Fact, ...],
    ) -> Passage:
        rank, clause = ranks[clause_id]
        place = place_of(clause, start, end, title=self.policy(clause).metadata.title)
        coverage = self.relevance.coverage(place)
        # The rank decides between passages that cover the question alike.
        score = coverage + 0.15 * self.relevance.heading_coverage(place) + 0.1 / (1 + rank / 5)
        return Passage(clause=clause, start=start, end=end, facts=facts, coverage=coverage, score=score)


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


def sentence_spans(clause: Clause) -> list[tuple[int, int]]:
    """Where the sentences of a clause stand in the policy text; a row or a heading is one."""
    if clause.kind in ("row", "heading", "title") and len(clause.text) <= _ROW_OF_FIGURES:
        return [(clause.start, clause.end)]
    spans = []
    start = 0
    for match in [*_SENTENCE_END.finditer(clause.text), None]:
        end = match.start() if match else len(clause.text)
        if clause.text[start:end].strip():
            spans.append((clause.start + start, clause.start + end))
        start = match.end() if match else end
    return spans


def _fold(text: str) -> str:
    return _BLANK.sub("", text).lower()
