"""Policies, clauses, facts and the keyword index in one SQLite file: the source of truth."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

from ingest.policy import Clause, Fact, FactKind, Policy
from vectorstore import catalog_writing as writing
from vectorstore.catalog_file import damage, only_one, open_file
from vectorstore.catalog_keywords import CatalogKeywords
from vectorstore.catalog_memory import PolicySummary
from vectorstore.catalog_session import CatalogSession, generation
from vectorstore.errors import UnknownClauseError, UnknownPolicyError
from vectorstore.expected_vectors import ExpectedVectors
from vectorstore.feedback import FeedbackLog
from vectorstore.indexed_files import IndexedFiles
from vectorstore.journal import Journal
from vectorstore.records import PolicyFrame, policy_of
from vectorstore.repeals import with_repeals
from vectorstore.sentence_vectors import SentenceVectors


class Catalog:
    """The catalog in one file; safe to share between threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `Catalog.open`."""
        self.path = path
        self._session = CatalogSession(path, connection)
        self.keywords = CatalogKeywords(self._session, self.clause_total)
        self.files = IndexedFiles(self._session)
        self.vectors = ExpectedVectors(self._session)
        self.sentences = SentenceVectors(self._session)
        self.feedback = FeedbackLog(self._session)
        self.journal = Journal(self._session)

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """The catalog in this file, a new one if there is none and `create` is set.

        Raises CatalogMissingError, CatalogVersionError or CorruptCatalogError.
        """
        return cls(path, open_file(path, create=create))

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keeps other processes from indexing; CatalogBusyError if one already does."""
        with only_one(self.path):
            yield

    def close(self) -> None:
        """Lets go of the file."""
        self._session.close()

    def __enter__(self) -> Self:
        """The catalog, closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the catalog."""
        self.close()

    def damage(self) -> list[str]:
        """What is wrong inside the file, for people; reads all of it."""
        with self._session.looking() as connection:
            return damage(connection)

    def version(self) -> int:
        """A number that rises with every change of the content, by whichever process."""
        with self._session.reading() as connection:
            return generation(connection)

    def policies(self) -> list[PolicySummary]:
        """Every policy, in the order of indexing."""
        with self._session.reading() as connection:
            if self._session.memory.summaries is None:
                rows = connection.execute(
                    "SELECT policy_id, frame, clause_count, fact_count FROM policies ORDER BY position"
                )
                summaries = [self._summary(*row) for row in rows]
                metadata = with_repeals({each.policy_id: each.metadata for each in summaries})
                self._session.memory.summaries = tuple(
                    replace(each, metadata=metadata[each.policy_id]) for each in summaries
                )
            return list(self._session.memory.summaries)

    def policy(self, policy_id: str) -> Policy:
        """The whole policy; UnknownPolicyError without one."""
        with self._session.reading() as connection:
            if policy_id in self._session.memory.policies:
                return self._session.memory.policies[policy_id]
            row = connection.execute(
                "SELECT frame, text FROM policies WHERE policy_id = ?", (policy_id,)
            ).fetchone()
            if row is None:
                raise UnknownPolicyError(policy_id)
            frame = self._session.read(PolicyFrame, row[0])
            clauses, facts = tuple(self.clauses(policy_id)), tuple(self.facts(policy_ids=[policy_id]))
            known = next(each.metadata for each in self.policies() if each.policy_id == policy_id)
            policy = policy_of(policy_id, replace(frame, metadata=known), row[1], clauses, facts)
            self._session.memory.policies[policy_id] = policy
            return policy

    def clause(self, clause_id: str) -> Clause:
        """The clause; UnknownClauseError without one."""
        found = self.clauses_by_id([clause_id])
        if not found:
            raise UnknownClauseError(clause_id)
        return found[0]

    def clauses_by_id(self, clause_ids: Sequence[str]) -> list[Clause]:
        """The clauses in the order asked for, those that are in the catalog."""
        with self._session.reading() as connection:
            kept = self._session.memory.clauses
            found = {each: kept[each] for each in clause_ids if each in kept}
            missing = json.dumps([each for each in clause_ids if each not in found])
            rows = connection.execute(
                "SELECT clause_id, record FROM clauses WHERE clause_id IN (SELECT value FROM json_each(?))",
                (missing,),
            )
            found |= {key: self._clause(key, record) for key, record in rows}
            return [found[each] for each in clause_ids if each in found]

    def clauses(self, policy_id: str) -> list[Clause]:
        """The clauses of a policy in order; UnknownPolicyError without the policy."""
        with self._session.reading() as connection:
            rows = connection.execute(
                "SELECT clause_id, record FROM clauses WHERE policy_id = ? ORDER BY position", (policy_id,)
            ).fetchall()
            if not rows and policy_id not in {summary.policy_id for summary in self.policies()}:
                raise UnknownPolicyError(policy_id)
            return [self._clause(key, record) for key, record in rows]

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
        with self._session.reading() as connection:
            rows = connection.execute(
                f"SELECT fact_id, record FROM facts WHERE {tests or 'TRUE'} ORDER BY position",
                [json.dumps(values) for values in given.values()],
            )
            return [
                self._session.remembered(self._session.memory.facts, Fact, key, record)
                for key, record in rows
            ]

    def clause_total(self) -> int:
        """How many clauses there are."""
        return sum(summary.clause_count for summary in self.policies())

    def remove_policy(self, policy_id: str) -> None:
        """Removes the policy with its clauses and facts; UnknownPolicyError without one.

        Its file counts as new from then on, so that indexing it again brings the policy back.
        """
        with self._session.writing() as connection:
            if not writing.forget_policy(connection, policy_id):
                raise UnknownPolicyError(policy_id)

    def _summary(self, policy_id: str, frame: str, clause_count: int, fact_count: int) -> PolicySummary:
        kept = self._session.read(PolicyFrame, frame)
        return PolicySummary(
            policy_id=policy_id,
            source=kept.source,
            metadata=kept.metadata,
            clause_count=clause_count,
            fact_count=fact_count,
        )

    def _clause(self, clause_id: str, record: str) -> Clause:
        return self._session.remembered(self._session.memory.clauses, Clause, clause_id, record)
