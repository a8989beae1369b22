"""Leaves the order of candidates as it is."""

from collections.abc import Sequence

from vectorstore.search import ScoredClause


class NoReranker:
    """The default Reranker."""

    def rerank(self, question: str, candidates: Sequence[ScoredClause]) -> list[ScoredClause]:
        """The same clauses in the same order."""
        del question
        return list(candidates)
