"""The keyword index of a catalog: terms of clauses and of whole policies, searched by BM25."""

import json
import re
import sqlite3
from collections.abc import Callable, Sequence

from vectorstore.catalog_session import CatalogSession
from vectorstore.keyword_query import any_of, phrase
from vectorstore.search import ScoredId, SearchFilter
from vectorstore.segmentation import terms as terms_of

_HEADINGS_WEIGHT, _BODY_WEIGHT = 1.0, 1.0
_PAIR = re.compile(r"[\u3400-\u9fff]{2}")  # as it stands in the keyword index
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.clause_vocabulary "
    "USING fts5vocab ('main', 'clause_terms', 'row')"
)


class CatalogKeywords:
    """The FTS5 tables of a catalog. Implements KeywordIndex."""

    def __init__(self, session: CatalogSession, clause_total: Callable[[], int]) -> None:
        """Use `Catalog.keywords`."""
        self._session = session
        self._clause_total = clause_total

    def document_frequency(self, words: Sequence[str]) -> dict[str, int]:
        """In how many clauses or headings above them each word stands; marks count as in every one."""
        with self._session.reading() as connection:
            pairs, kept = self._pairs(connection), self._session.memory.frequencies
            found = {}
            for word in words:
                if _PAIR.fullmatch(word):
                    found[word] = pairs.get(word, 0)
                    continue
                if word not in kept:
                    kept[word] = self._frequency(connection, word)
                found[word] = kept[word]
            return found

    def policies_naming(self, name: str) -> frozenset[str]:
        """The policies in whose clauses or headings the name stands."""
        query = phrase(terms_of(name))
        if not query:
            return frozenset()
        with self._session.reading() as connection:
            kept = self._session.memory.naming
            if name not in kept:
                rows = connection.execute(
                    "SELECT DISTINCT policy_id FROM clause_terms "
                    "JOIN clauses ON clauses.position = clause_terms.rowid WHERE clause_terms MATCH ?",
                    (query,),
                )
                kept[name] = frozenset(policy_id for (policy_id,) in rows)
            return kept[name]

    def matching(self, terms: Sequence[str], *, limit: int, search_filter: SearchFilter) -> list[ScoredId]:
        """The clauses holding any of the terms, best BM25 first; terms as `segmentation.terms` gives them."""
        query = any_of(terms)
        if not query:
            return []
        only = search_filter.policy_ids
        test = "AND clauses.policy_id IN (SELECT value FROM json_each(?))" if only else ""
        with self._session.reading() as connection:
            rows = connection.execute(
                "SELECT clause_id, bm25(clause_terms, ?, ?) AS rank FROM clause_terms "
                "JOIN clauses ON clauses.position = clause_terms.rowid "
                f"WHERE clause_terms MATCH ? {test} ORDER BY rank, clause_terms.rowid LIMIT ?",
                [_HEADINGS_WEIGHT, _BODY_WEIGHT, query, *([json.dumps(sorted(only))] if only else []), limit],
            )
            # SQLite gives the negative of BM25, so that the best comes first.
            return [ScoredId(clause_id=clause_id, score=-rank) for clause_id, rank in rows]

    def policies_matching(self, terms: Sequence[str], *, search_filter: SearchFilter) -> dict[str, float]:
        """The policies whose text holds any of the terms, with their BM25."""
        query = any_of(terms)
        if not query:
            return {}
        only = search_filter.policy_ids
        test = "AND policies.policy_id IN (SELECT value FROM json_each(?))" if only else ""
        with self._session.reading() as connection:
            rows = connection.execute(
                "SELECT policy_id, bm25(policy_terms) FROM policy_terms "
                f"JOIN policies ON policies.position = policy_terms.rowid WHERE policy_terms MATCH ? {test}",
                [query, *([json.dumps(sorted(only))] if only else [])],
            )
            return {policy_id: -rank for policy_id, rank in rows}

    def _frequency(self, connection: sqlite3.Connection, word: str) -> int:
        query = phrase(terms_of(word))
        if not query:
            return self._clause_total()
        row = connection.execute("SELECT count(*) FROM clause_terms WHERE clause_terms MATCH ?", (query,))
        return int(row.fetchone()[0])

    def _pairs(self, connection: sqlite3.Connection) -> dict[str, int]:
        """The terms of the keyword index: a search for typing slips looks up hundreds of pairs."""
        if self._session.memory.pairs is None:
            connection.execute(_VOCABULARY)
            self._session.memory.pairs = dict(
                connection.execute("SELECT term, doc FROM temp.clause_vocabulary")
            )
        return self._session.memory.pairs
