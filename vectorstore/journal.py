"""Work that was accepted and is not done yet; a part of the catalog.

What an administrator was promised outlives the process that promised it: it is written here first and
taken up again by the next one. The table is made when the first line is written, so that a catalog of
before needs no rebuilding.
"""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from vectorstore.catalog_session import CatalogSession

Ending = Literal["waiting", "done", "failed"]
_COLUMNS = "job_id, action, subject, replaces, state, begun, outcome"
_TABLE = """
CREATE TABLE IF NOT EXISTS journal (
    position INTEGER PRIMARY KEY, job_id TEXT NOT NULL UNIQUE, action TEXT NOT NULL, subject TEXT NOT NULL,
    replaces TEXT, state TEXT NOT NULL, begun INTEGER NOT NULL, outcome TEXT NOT NULL
)
"""
# Ended work that can still be asked for.
_MOST_ENDED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Accepted work: what is to be done to which subject, and what became of it."""

    job_id: str
    action: str
    subject: str = ""
    replaces: str | None = None
    state: Ending = "waiting"
    begun: int = 0  # times; more than once if the process ended in between
    outcome: str = ""  # as the caller wrote it


class Journal:
    """The accepted work in the order of acceptance."""

    def __init__(self, session: CatalogSession) -> None:
        """Use `Catalog.journal`."""
        self._session = session

    def accept(self, entry: Entry) -> None:
        """Keeps the entry; it is on the disk when this returns."""
        with self._session.promising() as connection:
            connection.execute(_TABLE)
            connection.execute(
                f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, 'waiting', 0, '')",
                (entry.job_id, entry.action, entry.subject, entry.replaces),
            )

    def begin(self, job_id: str) -> int:
        """Counts another beginning and gives the number of all."""
        return self._count(job_id, 1)

    def interrupt(self, job_id: str) -> None:
        """Takes a beginning back: the work was stopped on purpose."""
        self._count(job_id, -1)

    def end(self, job_id: str, state: Ending, outcome: str) -> None:
        """Notes what became of the work; the oldest ended work is forgotten."""
        with self._session.promising() as connection:
            connection.execute(_TABLE)
            connection.execute(
                "UPDATE journal SET state = ?, outcome = ? WHERE job_id = ?", (state, outcome, job_id)
            )
            connection.execute(
                "DELETE FROM journal WHERE position IN (SELECT position FROM journal "
                "WHERE state <> 'waiting' ORDER BY position DESC LIMIT -1 OFFSET ?)",
                (_MOST_ENDED,),
            )

    def waiting(self) -> list[Entry]:
        """What is not done yet, in the order of acceptance."""
        return self._entries("state = 'waiting'")

    def find(self, job_id: str) -> Entry | None:
        """The entry of this job; None without one."""
        return next(iter(self._entries("job_id = ?", job_id)), None)

    def of(self, action: str, subject: str) -> Entry | None:
        """The latest entry of this action on this subject; None without one."""
        return next(reversed(self._entries("action = ? AND subject = ?", action, subject)), None)

    def _count(self, job_id: str, by: int) -> int:
        with self._session.promising() as connection:
            connection.execute(_TABLE)
            connection.execute("UPDATE journal SET begun = begun + ? WHERE job_id = ?", (by, job_id))
            row = connection.execute("SELECT begun FROM journal WHERE job_id = ?", (job_id,)).fetchone()
            return int(row[0]) if row else 0

    def _entries(self, test: str, *values: str) -> list[Entry]:
        with self._session.reading() as connection:
            if not _is_there(connection):
                return []
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM journal WHERE {test} ORDER BY position", values
            ).fetchall()
        return [
            Entry(
                job_id=job_id,
                action=action,
                subject=subject,
                replaces=replaces,
                state=state,
                begun=begun,
                outcome=outcome,
            )
            for job_id, action, subject, replaces, state, begun, outcome in rows
        ]


def _is_there(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'journal'")
    return found.fetchone() is not None
