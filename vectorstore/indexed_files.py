"""Which files are indexed, and what came from each; a part of the catalog."""

from collections.abc import Sequence

from ingest.policy import Policy
from vectorstore import catalog_writing as writing
from vectorstore.catalog_session import CatalogSession
from vectorstore.copies import Copy, identity_of
from vectorstore.records import PolicyFrame


class IndexedFiles:
    """The files of a catalog, by path and by the SHA-256 of their content."""

    def __init__(self, session: CatalogSession) -> None:
        """Use `Catalog.files`."""
        self._session = session

    def all(self) -> dict[str, str]:
        """The SHA-256 of each indexed file by its path, in the order of paths."""
        with self._session.reading() as connection:
            return dict(connection.execute("SELECT path, sha256 FROM files ORDER BY path"))

    def sha256_of(self, source: str) -> str | None:
        """The SHA-256 of the indexed file at this path; None if it is not indexed."""
        with self._session.reading() as connection:
            row = connection.execute("SELECT sha256 FROM files WHERE path = ?", (source,)).fetchone()
            return None if row is None else str(row[0])

    def paths_of(self, sha256: str) -> list[str]:
        """The indexed paths with this content, in order."""
        with self._session.reading() as connection:
            rows = connection.execute("SELECT path FROM files WHERE sha256 = ? ORDER BY path", (sha256,))
            return [path for (path,) in rows]

    def policy_ids_of(self, sha256: str) -> list[str]:
        """The policies that came from a file of this content."""
        with self._session.reading() as connection:
            rows = connection.execute(
                "SELECT policy_id FROM policies WHERE sha256 = ? ORDER BY position", (sha256,)
            )
            return [policy_id for (policy_id,) in rows]

    def counts_of(self, sha256: str) -> tuple[int, int, int]:
        """How many policies, clauses and facts came from a file of this content."""
        with self._session.reading() as connection:
            row = connection.execute(
                "SELECT count(*), total(clause_count), total(fact_count) FROM policies WHERE sha256 = ?",
                (sha256,),
            ).fetchone()
            return int(row[0]), int(row[1]), int(row[2])

    def copies_of(self, policy: Policy) -> list[Copy]:
        """What other files gave of the same policy."""
        with self._session.reading() as connection:
            rows = connection.execute(
                "SELECT policy_id, frame, min(path) FROM policies JOIN files USING (sha256) "
                "WHERE identity = ? AND identity <> '' AND sha256 <> ? GROUP BY policy_id",
                (identity_of(policy.metadata), policy.source_sha256),
            ).fetchall()
        return [
            Copy(
                policy_id=policy_id,
                source=path,
                truncated=self._session.read(PolicyFrame, frame).metadata.truncated,
            )
            for policy_id, frame, path in rows
        ]

    def replace(self, source: str, sha256: str, policies: Sequence[Policy]) -> list[str]:
        """Makes these the policies of the file at the path `source`; gives the ids of those that went.

        A policy stays as long as another path has the same content. One transaction: all or nothing.
        The policies given count as settled, those that went as unsettled.
        """
        with self._session.writing() as connection:
            return writing.replace_file(connection, source, sha256, policies)

    def add(self, source: str, sha256: str) -> list[str]:
        """Notes that this path has content already indexed; gives the ids of the policies that went."""
        with self._session.writing() as connection:
            return writing.add_path(connection, source, sha256)

    def rename(self, former: str, source: str) -> None:
        """Knows the file of the path `former` by `source`; its policies stay as they are."""
        with self._session.writing() as connection:
            writing.rename_file(connection, former, source)

    def remove(self, source: str) -> list[str]:
        """Forgets the file; gives the ids of the policies that went with it."""
        with self._session.writing() as connection:
            return writing.remove_file(connection, source)

    def supersede(self, path: str, *, winner: str, loser: str | None = None) -> None:
        """Notes that a policy of the path gave way to its copy `winner`; removes it if it is indexed.

        When the winner goes, the path counts as new, so that indexing it again brings its policy back.
        """
        with self._session.writing() as connection:
            writing.supersede(connection, path, winner, loser)
