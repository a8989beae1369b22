"""Which vectors there have to be, of which model, and which may be missing; a part of the catalog."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vectorstore import catalog_writing as writing
from vectorstore.catalog_session import CatalogSession


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
    """What the vector store is to hold for this catalog, and of which policies it may not."""

    def __init__(self, session: CatalogSession) -> None:
        """Use `Catalog.vectors`."""
        self._session = session

    def expected(self) -> Expected:
        """All of it, of one moment."""
        with self._session.reading() as connection:
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
        with self._session.reading() as connection:
            return writing.mark_of(connection)

    def set_mark(self, mark: str) -> None:
        """Notes the mark that the store carries."""
        with self._session.writing() as connection:
            writing.set_mark(connection, mark)

    def fingerprint(self) -> str | None:
        """Which model the vectors of the index come from; None before the first."""
        with self._session.reading() as connection:
            return writing.fingerprint_of(connection)

    def unsettled(self) -> list[str]:
        """The policies whose vectors may not be what the catalog says."""
        with self._session.reading() as connection:
            return [policy_id for (policy_id,) in connection.execute("SELECT policy_id FROM unsettled")]

    def set_fingerprint(self, fingerprint: str, *, unsettled: Iterable[str] = ()) -> None:
        """Notes which model the vectors come from, and which policies still have vectors of another."""
        with self._session.writing() as connection:
            writing.set_fingerprint(connection, fingerprint)
            writing.mark_unsettled(connection, unsettled)

    def mark_unsettled(self, policy_ids: Iterable[str]) -> None:
        """Notes that the vectors of these policies are about to change."""
        with self._session.writing() as connection:
            writing.mark_unsettled(connection, policy_ids)

    def mark_settled(self, policy_ids: Iterable[str]) -> None:
        """Notes that the vectors of these policies are what the catalog says."""
        with self._session.writing() as connection:
            writing.mark_settled(connection, policy_ids)
