"""From a question to ranked clauses: filter → dense + keyword + fact look-up → fuse → rerank → top k."""

from collections.abc import Sequence
from typing import Final

from vectorstore.catalog import Catalog
from vectorstore.context import is_substantive
from vectorstore.errors import EmbedderMismatchError
from vectorstore.fusion import fuse
from vectorstore.search import (
    Embedder,
    KeywordIndex,
    Reranker,
    ScoredClause,
    SearchFilter,
    VectorStore,
)
from vectorstore.segmentation import words

# Candidates of each ranking; a question rarely has more good clauses than this.
_DEPTH: Final = 60
_DENSE, _KEYWORD, _FACTS = 1.0, 1.0, 1.0
# A heading repeats the words of a question and answers nothing: it stands behind the clauses that both
# rankings find well, and before those that only one of them finds.
_WITHOUT_SUBSTANCE = 0.6
_EVERYTHING: Final = SearchFilter()


class Retriever:
    """Finds the clauses that may answer a question; safe to share between threads."""

    def __init__(
        self,
        catalog: Catalog,
        keyword_index: KeywordIndex,
        vector_store: VectorStore,
        embedder: Embedder,
        reranker: Reranker,
    ) -> None:
        """Joins the parts; nothing is loaded or opened yet."""
        self._catalog = catalog
        self._keyword_index = keyword_index
        self._vector_store = vector_store
        self._embedder = embedder
        self._reranker = reranker

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
        facts, best first, and count as a third ranking. Raises EmbedderMismatchError.
        """
        depth = max(_DEPTH, 2 * limit)
        similarities = self._dense(question, depth, search_filter)
        rankings = (
            list(similarities),
            self._keyword(" ".join((question, *extra_words)), depth, search_filter),
            list(fact_clause_ids),
        )
        fused = dict(fuse(rankings, weights=(_DENSE, _KEYWORD, _FACTS)))
        only = search_filter.policy_ids
        scored = [
            ScoredClause(
                clause=clause,
                score=fused[clause.clause_id] * (1.0 if is_substantive(clause) else _WITHOUT_SUBSTANCE),
                similarity=similarities.get(clause.clause_id),
            )
            # What a store still holds of a policy that went is unknown to the catalog and falls away here.
            for clause in self._catalog.clauses_by_id(list(fused))
            if not only or clause.policy_id in only
        ]
        candidates = sorted(scored, key=lambda each: -each.score)[:depth]
        return self._reranker.rerank(question, candidates)[:limit]

    def _dense(self, question: str, depth: int, search_filter: SearchFilter) -> dict[str, float]:
        indexed = self._catalog.fingerprint()
        if indexed is None:
            return {}
        if indexed != self._embedder.fingerprint:
            raise EmbedderMismatchError(indexed=indexed, current=self._embedder.fingerprint)
        vector = self._embedder.embed_query(question)
        found = self._vector_store.nearest(vector, limit=depth, search_filter=search_filter)
        return {each.clause_id: each.score for each in found}

    def _keyword(self, text: str, depth: int, search_filter: SearchFilter) -> list[str]:
        found = self._keyword_index.matching(words(text), limit=depth, search_filter=search_filter)
        return [each.clause_id for each in found]
