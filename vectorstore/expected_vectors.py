"""Which vectors there have to be; a part of the catalog."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from vectorstore import catalog_writing as writing

_Session = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The policy of each clause, the model and the mark of the index, and whose vectors are being changed."""

    policy_of: Mapping[str, str]
    fingerprint: str | None
    mark: str | None
    unsettled: frozenset[str]

    def is_of(self, mark: str | None) -> bool:
        """Whether a store of this mark is the one of this catalog, as far as can be told."""
        if self.mark is not None or mark is None or self.fingerprint is None:
            return mark == self.mark or self.fingerprint is None
        return mark.startswith(f"{self.fingerprint} ")


class ExpectedVectors:
    """What the vector store is to hold for this catalog."""

    def __init__(self, reading: _Session, writing: _Session) -> None:
        """Use `Catalog.vectors`."""
        self._reading = reading
        self._writing = writing

    def expected(self) -> Expected:
        """All of it, of one moment."""
        with self._reading() as connection:
            connection.execute("BEGIN")
            try:
                return Expected(
                    policy_of=dict(connection.execute("SELECT clause_id, policy_id FROM clauses")),
                    fingerprint=writing.fingerprint_of(connection),
                    mark=writing.mark_of(connection),
                    unsettled=frozenset(
                        policy_id for (policy_id,) in connection.execute("SELECT policy_id FROM unsettled")
                    ),
                )
            finally:
                connection.execute("COMMIT")

    def mark(self) -> str | None:
        """Names the catalog and its model to the store; None in a catalog of before or without vectors."""
        with self._reading() as connection:
            return writing.mark_of(connection)

    def set_mark(self, mark: str) -> None:
        """Notes the mark that the store carries."""
        with self._writing() as connection:
            writing.set_mark(connection, mark)
