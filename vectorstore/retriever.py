"""From a question to ranked clauses: filter → dense + keyword + facts + document → fuse → rerank → top k."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from vectorstore import segmentation
from vectorstore.catalog import Catalog
from vectorstore.context import is_substantive
from vectorstore.errors import EmbedderMismatchError
from vectorstore.fusion import fuse, relative
from vectorstore.search import (
    Embedder,
    KeywordIndex,
    Reranker,
    ScoredClause,
    SearchFilter,
    Vector,
    VectorStore,
)

# Candidates of each ranking; a question rarely has more good clauses than this.
_DEPTH: Final = 60
_FACTS = 2.0
_REMEMBERED = 16  # questions whose vector is kept
# A heading repeats the words of a question and answers nothing.
_WITHOUT_SUBSTANCE = 0.6
_EVERYTHING: Final = SearchFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Worth of the best clause by meaning and by its words, and of the best document by its words."""

    dense: float = 1.0
    keyword: float = 1.5
    document: float = 2.0


_DEFAULT_WEIGHTS: Final = Weights()


class Retriever:
    """Finds the clauses that may answer a question; safe to share between threads."""

    def __init__(
        self,
        catalog: Catalog,
        keyword_index: KeywordIndex,
        vector_store: VectorStore,
        embedder: Embedder,
        reranker: Reranker,
        weights: Weights = _DEFAULT_WEIGHTS,
    ) -> None:
        """Joins the parts; nothing is loaded or opened yet."""
        self._catalog = catalog
        self._keyword_index = keyword_index
        self._vector_store = vector_store
        self._embedder = embedder
        # Asking and searching embed the same question, and a follow-up is retrieved for more than once.
        self._embedded = lru_cache(maxsize=_REMEMBERED)(embedder.embed_query)
        self._reranker = reranker
        self._weights = weights

    def retrieve(
        self,
        question: str,
        *,
        limit: int = 8,
        search_filter: SearchFilter = _EVERYTHING,
        extra_words: Sequence[str] = (),
        fact_clause_ids: Sequence[str] = (),
    ) -> list[ScoredClause]:
        """The clauses that fit best, best first.

        `extra_words` widen the keyword search by synonyms; `fact_clause_ids` are clauses found by their
        facts, best first, and count as a third ranking. A clause of a document that fits as a whole
        stands before one of a document that only mentions the words. Raises EmbedderMismatchError.
        """
        depth = max(_DEPTH, 2 * limit)
        terms = segmentation.terms(" ".join((question, *extra_words)))
        vector = self._vector(question)
        similarities = self._dense(vector, depth, search_filter)
        clauses = fuse(
            (
                relative(similarities, floor=min(similarities.values(), default=0.0)),
                relative(self._keyword(terms, depth, search_filter)),
                {each: 1 - rank / len(fact_clause_ids) for rank, each in enumerate(fact_clause_ids)},
            ),
            weights=(self._weights.dense, self._weights.keyword, _FACTS),
        )
        policies = relative(self._keyword_index.policies_matching(terms, search_filter=search_filter))
        only = search_filter.policy_ids
        scored = [
            ScoredClause(
                clause=clause,
                score=(
                    clauses[clause.clause_id] + self._weights.document * policies.get(clause.policy_id, 0.0)
                )
                * (1.0 if is_substantive(clause) else _WITHOUT_SUBSTANCE),
            )
            # What a store still holds of a policy that went is unknown to the catalog and falls away here.
            for clause in self._catalog.clauses_by_id(list(clauses))
            if not only or clause.policy_id in only
        ]
        kept = _kept(scored, clauses, limit=limit)
        told = self._with_sentences(vector, sorted(kept, key=lambda each: -each.score))
        return self._reranker.rerank(question, told)

    def _vector(self, question: str) -> Vector | None:
        indexed = self._catalog.vectors.fingerprint()
        if indexed is None:
            return None
        if indexed != self._embedder.fingerprint:
            raise EmbedderMismatchError(indexed=indexed, current=self._embedder.fingerprint)
        return self._embedded(question)

    def _dense(self, vector: Vector | None, depth: int, search_filter: SearchFilter) -> dict[str, float]:
        if vector is None:
            return {}
        found = self._vector_store.nearest(vector, limit=depth, search_filter=search_filter)
        return {each.clause_id: each.score for each in found}

    def _with_sentences(self, vector: Vector | None, scored: Sequence[ScoredClause]) -> list[ScoredClause]:
        """How near each sentence of the clauses is to the question."""
        if vector is None or not self._weights.dense:
            return list(scored)
        sentences = self._catalog.sentences.of([each.clause.clause_id for each in scored])
        return [
            replace(each, sentences=tuple((sentences[each.clause.clause_id] @ vector).tolist()))
            if each.clause.clause_id in sentences
            else each
            for each in scored
        ]

    def _keyword(self, terms: Sequence[str], depth: int, search_filter: SearchFilter) -> dict[str, float]:
        found = self._keyword_index.matching(terms, limit=depth, search_filter=search_filter)
        return {each.clause_id: each.score for each in found}


def _kept(scored: Sequence[ScoredClause], alone: Mapping[str, float], *, limit: int) -> list[ScoredClause]:
    """The best clauses, half of them by themselves alone: one document must not crowd out all others."""
    by_themselves = sorted(scored, key=lambda each: -alone[each.clause.clause_id])[: limit // 2]
    ids = {each.clause.clause_id for each in by_themselves}
    others = [each for each in scored if each.clause.clause_id not in ids]
    return [*by_themselves, *sorted(others, key=lambda each: -each.score)[: limit - len(by_themselves)]]
