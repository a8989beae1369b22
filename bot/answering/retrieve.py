"""The second step: the clauses that may answer, with their facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from bot.answering.attempt import Asked
from bot.evidence.evidence import Evidence, Library
from bot.evidence.relevance import Relevance, relevance_of
from bot.question.asked import Understanding
from bot.question.naming import is_at
from bot.question.understanding import Understander
from bot.reader.calibration import Order
from ingest import units
from ingest.cross_references import CrossReferences, refers
from ingest.policy import Clause, Fact, FactKind
from vectorstore.retriever import Retriever
from vectorstore.search import ScoredClause, SearchFilter

# Of the clauses that were found, how many are looked for in references, and how many that refer are added.
_REFERRED_TO, _MOST_REFERRING = 6, 3


class Corpus(Library, Protocol):
    """Clauses and facts of all documents; `vectorstore.catalog.Catalog` is the one there is."""

    def facts(
        self,
        *,
        kind: FactKind | None = None,
        policy_ids: Iterable[str] | None = None,
        clause_ids: Iterable[str] | None = None,
    ) -> Sequence[Fact]:
        """The facts of this kind, in these policies, of these clauses."""

    def clause_total(self) -> int:
        """How many clauses there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieve:
    """Finds the clauses that a question names by their place, else those that fit it best."""

    corpus: Corpus
    document_frequency: Callable[[Sequence[str]], Mapping[str, int]]  # in how many clauses each word stands
    retriever: Retriever
    understander: Understander
    order: Order

    def __call__(self, asked: Asked) -> Evidence:
        """The clauses with their facts and with what tells how well they fit."""
        named = self._named_by_place(asked)
        ranked = named or self._with_referring(self._ranked(asked), asked.understanding)
        facts: dict[str, list[Fact]] = {}
        for fact in self.corpus.facts(clause_ids=[scored.clause.clause_id for scored in ranked]):
            facts.setdefault(fact.clause_id, []).append(fact)
        understanding = asked.understanding
        relevance = self._relevance(understanding.topics or understanding.units)
        return Evidence(
            question=asked.attempt.question,
            understanding=understanding,
            landscape=asked.landscape,
            ranked=tuple(ranked),
            facts={clause_id: tuple(found) for clause_id, found in facts.items()},
            relevance=replace(relevance, certain=bool(named)),
            order=self.order,
            matters=asked.attempt.matters,
            library=self.corpus,
        )

    def _relevance(self, topics: Sequence[str]) -> Relevance:
        return relevance_of(
            topics,
            language=self.understander.language,
            words=self.understander.words,
            is_name=self.understander.topics.is_name,
            frequencies=self.document_frequency,
            total=self.corpus.clause_total(),
        )

    def _named_by_place(self, asked: Asked) -> list[ScoredClause]:
        locators = asked.understanding.locators
        if not locators:
            return []
        meant = asked.understanding.policy_ids or asked.landscape.by_id.keys()
        return [
            ScoredClause(clause=clause, score=1.0)
            for policy_id in sorted(meant & asked.landscape.by_id.keys())
            for clause in self.corpus.clauses(policy_id)
            if any(is_at(clause, locator) for locator in locators)
        ]

    def _ranked(self, asked: Asked) -> Sequence[ScoredClause]:
        understanding = asked.understanding
        words = (*understanding.synonyms, *understanding.cues, *understanding.topics)
        return self.retriever.retrieve(
            understanding.searched,
            limit=asked.attempt.candidates,
            search_filter=SearchFilter(policy_ids=understanding.policy_ids),
            extra_words=tuple(dict.fromkeys(words)),
            fact_clause_ids=self._found_by_facts(understanding) or asked.attempt.talked_of,
        )

    def _with_referring(
        self, ranked: Sequence[ScoredClause], understanding: Understanding
    ) -> Sequence[ScoredClause]:
        """Also the clauses that refer to one of the best and show what is asked for, found as well as it.

        What breaking a rule costs often stands elsewhere without its words: 违反本条例第二十一条.
        """
        if not understanding.figure:
            return ranked
        found = {each.clause.clause_id: each for each in ranked}
        for clause, score in islice(self._referring(ranked[:_REFERRED_TO], understanding), _MOST_REFERRING):
            known = found.get(clause.clause_id, ScoredClause(clause=clause, score=score))
            found[clause.clause_id] = replace(known, score=max(known.score, score))
        return sorted(found.values(), key=lambda each: each.score, reverse=True)

    def _referring(
        self, best: Sequence[ScoredClause], understanding: Understanding
    ) -> Iterator[tuple[Clause, float]]:
        """The clauses that refer to one of these and show what is asked for, with its score, best first."""
        referring: dict[str, list[tuple[Clause, tuple[Clause, ...]]]] = {}
        for scored in best:
            policy_id = scored.clause.policy_id
            if policy_id not in referring:
                clauses = self.corpus.clauses(policy_id)
                references = CrossReferences(clauses)
                referring[policy_id] = [(each, references.of(each)) for each in clauses if refers(each)]
            for clause, referred in referring[policy_id]:
                if scored.clause in referred and understanding.is_shown_in(clause.text):
                    yield clause, scored.score

    def _found_by_facts(self, understanding: Understanding) -> tuple[str, ...]:
        """Clauses whose facts name what the question names: a unit with duties, a person in a group."""
        meant = understanding.policy_ids or None
        if understanding.kind == "unit_duties":
            duties = self.corpus.facts(kind="duty", policy_ids=meant)
            names = {fact.value("unit") for fact in duties}
            asked = {name for unit in understanding.units for name in units.resolve_unit(unit, names)}
            return tuple(dict.fromkeys(fact.clause_id for fact in duties if fact.value("unit") in asked))
        if understanding.kind == "members":
            members = self.corpus.facts(kind="member", policy_ids=meant)
            named = [fact for fact in members if understanding.mentions(fact.value("person"))]
            return tuple(dict.fromkeys(fact.clause_id for fact in named or members))
        return ()
