"""Policies, clauses, facts and the keyword index in one SQLite file: the source of truth."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Self, TypeVar

from ingest.policy import Clause, Fact, FactKind, Policy
from vectorstore import catalog_writing as writing
from vectorstore.catalog_file import damage, impatient, only_one, open_file, translated, written_through
from vectorstore.catalog_memory import CatalogMemory, PolicySummary
from vectorstore.errors import CorruptCatalogError, UnknownClauseError, UnknownPolicyError
from vectorstore.expected_vectors import ExpectedVectors
from vectorstore.feedback import FeedbackLog
from vectorstore.indexed_files import IndexedFiles
from vectorstore.journal import Journal
from vectorstore.keyword_query import any_of, phrase
from vectorstore.records import PolicyFrame, policy_of, read
from vectorstore.repeals import with_repeals
from vectorstore.search import ScoredId, SearchFilter
from vectorstore.segmentation import terms as terms_of
from vectorstore.sentence_vectors import SentenceVectors

_HEADINGS_WEIGHT, _BODY_WEIGHT = 1.0, 1.0
_PAIR = re.compile(r"[\u3400-\u9fff]{2}")  # as it stands in the keyword index
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.clause_vocabulary "
    "USING fts5vocab ('main', 'clause_terms', 'row')"
)

_Record = TypeVar("_Record", Clause, Fact)
_Read = TypeVar("_Read")


class Catalog:
    """The catalog in one file; safe to share between threads. Implements KeywordIndex."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `Catalog.open`."""
        self.path = path
        self._connection = connection
        self._lock = RLock()
        self._memory = CatalogMemory()
        self._depth = 0
        self.files = IndexedFiles(self._reading, self._writing, self._read)
        self.vectors = ExpectedVectors(self._reading, self._writing)
        self.sentences = SentenceVectors(self._reading, self._writing)
        self.feedback = FeedbackLog(self._reading, self._noting)
        self.journal = Journal(self._reading, self._promising)

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """The catalog in this file, a new one where there is none and `create` is set.

        Raises CatalogMissingError, CatalogVersionError or CorruptCatalogError.
        """
        return cls(path, open_file(path, create=create))

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keeps other processes from indexing; CatalogBusyError where one already does."""
        with only_one(self.path):
            yield

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        """The catalog, closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the catalog."""
        self.close()

    def damage(self) -> list[str]:
        """What is wrong inside the file, for people; reads all of it."""
        with self._lock, translated(self.path):
            return damage(self._connection)

    def version(self) -> int:
        """A number that rises with every change of the content, by whichever process."""
        with self._reading() as connection:
            return _generation(connection)

    def policies(self) -> list[PolicySummary]:
        """Every policy, in the order of indexing."""
        with self._reading() as connection:
            if self._memory.summaries is None:
                rows = connection.execute(
                    "SELECT policy_id, frame, clause_count, fact_count FROM policies ORDER BY position"
                )
                summaries = [self._summary(*row) for row in rows]
                metadata = with_repeals({each.policy_id: each.metadata for each in summaries})
                self._memory.summaries = tuple(
                    replace(each, metadata=metadata[each.policy_id]) for each in summaries
                )
            return list(self._memory.summaries)

    def policy(self, policy_id: str) -> Policy:
        """The whole policy; UnknownPolicyError without one."""
        with self._reading() as connection:
            if policy_id in self._memory.policies:
                return self._memory.policies[policy_id]
            row = connection.execute(
                "SELECT frame, text FROM policies WHERE policy_id = ?", (policy_id,)
            ).fetchone()
            if row is None:
                raise UnknownPolicyError(policy_id)
            frame = self._read(PolicyFrame, row[0])
            clauses, facts = tuple(self.clauses(policy_id)), tuple(self.facts(policy_ids=[policy_id]))
            known = next(each.metadata for each in self.policies() if each.policy_id == policy_id)
            policy = policy_of(policy_id, replace(frame, metadata=known), row[1], clauses, facts)
            self._memory.policies[policy_id] = policy
            return policy

    def clause(self, clause_id: str) -> Clause:
        """The clause; UnknownClauseError without one."""
        found = self.clauses_by_id([clause_id])
        if not found:
            raise UnknownClauseError(clause_id)
        return found[0]

    def clauses_by_id(self, clause_ids: Sequence[str]) -> list[Clause]:
        """The clauses in the order asked for, those that are in the catalog."""
        with self._reading() as connection:
            kept = self._memory.clauses
            found = {each: kept[each] for each in clause_ids if each in kept}
            missing = json.dumps([each for each in clause_ids if each not in found])
            rows = connection.execute(
                "SELECT clause_id, record FROM clauses WHERE clause_id IN (SELECT value FROM json_each(?))",
                (missing,),
            )
            found |= {
                key: self._remembered(self._memory.clauses, Clause, key, record) for key, record in rows
            }
            return [found[each] for each in clause_ids if each in found]

    def clauses(self, policy_id: str) -> list[Clause]:
        """The clauses of a policy in order; UnknownPolicyError without the policy."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT clause_id, record FROM clauses WHERE policy_id = ? ORDER BY position", (policy_id,)
            ).fetchall()
            if not rows and policy_id not in {summary.policy_id for summary in self.policies()}:
                raise UnknownPolicyError(policy_id)
            return [self._remembered(self._memory.clauses, Clause, key, record) for key, record in rows]

    def facts(
        self,
        *,
        kind: FactKind | None = None,
        policy_ids: Iterable[str] | None = None,
        clause_ids: Iterable[str] | None = None,
    ) -> list[Fact]:
        """The facts in order, within every limit given; an empty limit lets nothing through."""
        limits: dict[str, Iterable[str] | None] = {
            "kind": None if kind is None else [kind],
            "policy_id": policy_ids,
            "clause_id": clause_ids,
        }
        given = {column: list(values) for column, values in limits.items() if values is not None}
        tests = " AND ".join(f"{column} IN (SELECT value FROM json_each(?))" for column in given)
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT fact_id, record FROM facts WHERE {tests or 'TRUE'} ORDER BY position",
                [json.dumps(values) for values in given.values()],
            )
            return [self._remembered(self._memory.facts, Fact, key, record) for key, record in rows]

    def clause_total(self) -> int:
        """How many clauses there are."""
        return sum(summary.clause_count for summary in self.policies())

    def document_frequency(self, words: Sequence[str]) -> dict[str, int]:
        """In how many clauses or headings above them each word stands; marks count as in every one."""
        with self._reading() as connection:
            pairs, kept = self._pairs(connection), self._memory.frequencies
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
        with self._reading() as connection:
            kept = self._memory.naming
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
        with self._reading() as connection:
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
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT policy_id, bm25(policy_terms) FROM policy_terms "
                f"JOIN policies ON policies.position = policy_terms.rowid WHERE policy_terms MATCH ? {test}",
                [query, *([json.dumps(sorted(only))] if only else [])],
            )
            return {policy_id: -rank for policy_id, rank in rows}

    def fingerprint(self) -> str | None:
        """Which model the vectors of the index come from; None before the first."""
        with self._reading() as connection:
            return writing.fingerprint_of(connection)

    def unsettled(self) -> list[str]:
        """The policies whose vectors may not be what the catalog says."""
        with self._reading() as connection:
            return [policy_id for (policy_id,) in connection.execute("SELECT policy_id FROM unsettled")]

    def remove_policy(self, policy_id: str) -> None:
        """Removes the policy with its clauses and facts; UnknownPolicyError without one.

        Its file counts as new from then on, so that indexing it again brings the policy back.
        """
        with self._writing() as connection:
            if not writing.forget_policy(connection, policy_id):
                raise UnknownPolicyError(policy_id)

    def set_fingerprint(self, fingerprint: str, *, unsettled: Iterable[str] = ()) -> None:
        """Notes which model the vectors come from, and which policies still have vectors of another."""
        with self._writing() as connection:
            writing.set_fingerprint(connection, fingerprint)
            writing.mark_unsettled(connection, unsettled)

    def mark_unsettled(self, policy_ids: Iterable[str]) -> None:
        """Notes that the vectors of these policies are about to change."""
        with self._writing() as connection:
            writing.mark_unsettled(connection, policy_ids)

    def mark_settled(self, policy_ids: Iterable[str]) -> None:
        """Notes that the vectors of these policies are what the catalog says."""
        with self._writing() as connection:
            writing.mark_settled(connection, policy_ids)

    def _summary(self, policy_id: str, frame: str, clause_count: int, fact_count: int) -> PolicySummary:
        kept = self._read(PolicyFrame, frame)
        return PolicySummary(
            policy_id=policy_id,
            source=kept.source,
            metadata=kept.metadata,
            clause_count=clause_count,
            fact_count=fact_count,
        )

    def _frequency(self, connection: sqlite3.Connection, word: str) -> int:
        query = phrase(terms_of(word))
        if not query:
            return self.clause_total()
        row = connection.execute("SELECT count(*) FROM clause_terms WHERE clause_terms MATCH ?", (query,))
        return int(row.fetchone()[0])

    def _pairs(self, connection: sqlite3.Connection) -> dict[str, int]:
        """The terms of the keyword index: a search for typing slips looks up hundreds of pairs."""
        if self._memory.pairs is None:
            connection.execute(_VOCABULARY)
            self._memory.pairs = dict(connection.execute("SELECT term, doc FROM temp.clause_vocabulary"))
        return self._memory.pairs

    def _remembered(self, kept: dict[str, _Record], kind: type[_Record], key: str, text: str) -> _Record:
        if key not in kept:
            kept[key] = self._read(kind, text)
        return kept[key]

    def _read(self, kind: type[_Read], text: str) -> _Read:
        try:
            return read(kind, text)
        except ValueError as error:
            raise CorruptCatalogError(self.path, str(error).splitlines()[0]) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self.path):
            # A method that calls another one reads within it, where what it holds must stay.
            if not self._depth:
                self._memory = self._memory.of(_generation(self._connection))
                self._memory.make_room()
            self._depth += 1
            try:
                yield self._connection
            finally:
                self._depth -= 1

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self.path), writing.transaction(self._connection):
            yield self._connection

    @contextmanager
    def _promising(self) -> Iterator[sqlite3.Connection]:
        """A change of what was promised, which even a power cut does not take back."""
        with (
            self._lock,
            translated(self.path),
            written_through(self._connection),
            writing.transaction(self._connection, changes_content=False),
        ):
            yield self._connection

    @contextmanager
    def _noting(self) -> Iterator[sqlite3.Connection]:
        with (
            self._lock,
            translated(self.path),
            impatient(self._connection),
            writing.transaction(self._connection, changes_content=False),
        ):
            yield self._connection


def _generation(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    return int(row[0]) if row else 0
