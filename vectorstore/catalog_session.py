"""The connection to a catalog's file: who reads or writes, and what was read lately."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from ingest.policy import Clause, Fact
from vectorstore.catalog_file import impatient, translated, written_through
from vectorstore.catalog_memory import CatalogMemory
from vectorstore.catalog_writing import transaction
from vectorstore.errors import CorruptCatalogError
from vectorstore.records import read

_Record = TypeVar("_Record", Clause, Fact)
_Read = TypeVar("_Read")


class CatalogSession:
    """One connection, used by one thread at a time, and the memory of what was read of the content.

    Each block gives the connection. Errors of SQLite become those of the catalog: CatalogBusyError,
    CorruptCatalogError or that nothing can be written there.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Over an open connection to the file."""
        self.path = path
        self.memory = CatalogMemory()
        self._connection = connection
        self._lock = RLock()
        self._depth = 0

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The memory is of the content as it is now, and stays so until the outermost block ends."""
        with self._lock, translated(self.path):
            if not self._depth:
                self.memory = self.memory.of(generation(self._connection))
                self.memory.make_room()
            self._depth += 1
            try:
                yield self._connection
            finally:
                self._depth -= 1

    @contextmanager
    def looking(self) -> Iterator[sqlite3.Connection]:
        """The file as it is, even if it is damaged; the memory stays as it was."""
        with self._lock, translated(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A change of the content: all of the block or nothing of it."""
        with self._lock, translated(self.path), transaction(self._connection):
            yield self._connection

    @contextmanager
    def promising(self) -> Iterator[sqlite3.Connection]:
        """A change of what was promised, which even a power cut does not take back."""
        with (
            self._lock,
            translated(self.path),
            written_through(self._connection),
            transaction(self._connection, changes_content=False),
        ):
            yield self._connection

    @contextmanager
    def noting(self) -> Iterator[sqlite3.Connection]:
        """A change beside the content, which waits 300 ms for another process and no longer."""
        with (
            self._lock,
            translated(self.path),
            impatient(self._connection),
            transaction(self._connection, changes_content=False),
        ):
            yield self._connection

    def read(self, kind: type[_Read], text: str) -> _Read:
        """A record of the file; CorruptCatalogError if it cannot be read."""
        try:
            return read(kind, text)
        except ValueError as error:
            raise CorruptCatalogError(self.path, str(error).splitlines()[0]) from error

    def remembered(self, kept: dict[str, _Record], kind: type[_Record], key: str, text: str) -> _Record:
        """The record from what is kept, or read and kept."""
        if key not in kept:
            kept[key] = self.read(kind, text)
        return kept[key]


def generation(connection: sqlite3.Connection) -> int:
    """A number that rises with every change of the content."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    return int(row[0]) if row else 0
