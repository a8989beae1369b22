"""The SQLite file of the catalog: its tables, its version, and its errors as ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import (
    CatalogBusyError,
    CatalogMissingError,
    CatalogVersionError,
    CorruptCatalogError,
    DiskFullError,
    ReadOnlyFolderError,
)
from vectorstore.unwritable import unwritable

SCHEMA_VERSION = 5
# "CLWS": marks the file as a catalog of Clausewise to SQLite and to `file`.
_APPLICATION_ID = 0x434C5753
# How long a writer waits for another one.
_WAIT_MS, _SHORT_WAIT_MS = 10_000, 300
# The trigger: a copy that gave way to another counts as new once the other goes.
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '1');
CREATE TABLE files (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX files_by_sha256 ON files (sha256);
CREATE TABLE policies (
    position INTEGER PRIMARY KEY, policy_id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
    identity TEXT NOT NULL, frame TEXT NOT NULL, text TEXT NOT NULL,
    clause_count INTEGER NOT NULL, fact_count INTEGER NOT NULL
);
CREATE INDEX policies_by_sha256 ON policies (sha256);
CREATE INDEX policies_by_identity ON policies (identity);
CREATE TABLE superseded (path TEXT NOT NULL, winner TEXT NOT NULL, PRIMARY KEY (winner, path)) WITHOUT ROWID;
CREATE TRIGGER winner_goes AFTER DELETE ON policies BEGIN
    DELETE FROM files WHERE path IN (SELECT path FROM superseded WHERE winner = OLD.policy_id)
    ; DELETE FROM superseded WHERE winner = OLD.policy_id
    ; END;
CREATE TABLE clauses (
    position INTEGER PRIMARY KEY, clause_id TEXT NOT NULL UNIQUE,
    policy_id TEXT NOT NULL REFERENCES policies (policy_id) ON DELETE CASCADE, record TEXT NOT NULL
);
CREATE INDEX clauses_by_policy ON clauses (policy_id, position);
CREATE TABLE facts (
    position INTEGER PRIMARY KEY, fact_id TEXT NOT NULL UNIQUE,
    policy_id TEXT NOT NULL REFERENCES policies (policy_id) ON DELETE CASCADE,
    clause_id TEXT NOT NULL REFERENCES clauses (clause_id) ON DELETE CASCADE,
    kind TEXT NOT NULL, unit TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX facts_by_policy ON facts (policy_id, kind, position);
CREATE INDEX facts_by_clause ON facts (clause_id);
CREATE INDEX facts_by_unit ON facts (unit);
CREATE INDEX facts_by_kind ON facts (kind, position);
CREATE TABLE sentences (
    clause_id TEXT PRIMARY KEY, policy_id TEXT NOT NULL, dimension INTEGER NOT NULL, vectors BLOB NOT NULL
);
CREATE INDEX sentences_by_policy ON sentences (policy_id);
CREATE TABLE unsettled (policy_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE clause_terms USING fts5 (headings, body, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE policy_terms USING fts5 (body, tokenize = 'unicode61 remove_diacritics 0');
"""


def open_file(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to a whole catalog of this version; a new one where `create` allows it.

    A whole catalog in a place that takes no writing is opened for reading alone. Raises
    CatalogMissingError, CatalogVersionError, CorruptCatalogError, DiskFullError or ReadOnlyFolderError.
    """
    if not path.is_file():
        if path.exists():
            raise CorruptCatalogError(path, "not a file")
        if not create:
            raise CatalogMissingError(path)
        make_folder(path.parent)
    try:
        return _opened(path, "mode=rwc" if create else "mode=rw", create=create)
    except (DiskFullError, ReadOnlyFolderError):
        # SQLite keeps shared memory beside a catalog, for which there is no room. Without a log of its own
        # the file is whole as it is, and nobody has it open, or the shared memory would be there.
        if create or not _is_at_rest(path):
            raise
        return _opened(path, "immutable=1", create=False)


def _opened(path: Path, how: str, *, create: bool) -> sqlite3.Connection:
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}",
            uri=True,
            timeout=_WAIT_MS / 1000,
            check_same_thread=False,
            isolation_level=None,
        )
    try:
        with translated(path):
            _prepare(connection, path, create=create)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_at_rest(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return path.is_file() and not (log.exists() and log.stat().st_size)


def make_folder(folder: Path) -> None:
    """Makes the folder and those above it; DiskFullError or ReadOnlyFolderError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(error, folder) or error from error


@contextmanager
def impatient(connection: sqlite3.Connection) -> Iterator[None]:
    """Waits only shortly for another writer, for what may fail: nobody's answer should wait for it."""
    connection.execute(f"PRAGMA busy_timeout = {_SHORT_WAIT_MS}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")


@contextmanager
def written_through(connection: sqlite3.Connection) -> Iterator[None]:
    """Waits at the end of a transaction until it is on the disk, not only with the system."""
    connection.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Lets one process at a time through; CatalogBusyError for the others.

    The lock is an exclusive transaction on a file beside the catalog: it works on every system and
    ends with the process that holds it, however that ends.
    """
    with translated(path):
        lock = sqlite3.connect(
            path.with_suffix(".lock"), timeout=1, check_same_thread=False, isolation_level=None
        )
    try:
        with translated(path):
            lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def damage(connection: sqlite3.Connection) -> list[str]:
    """What is wrong inside the file; empty for a whole catalog. Reads all of it."""
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    found += [f"a row of {table} belongs to nothing" for table in sorted({row[0] for row in broken})]
    for table, whole in (("clause_terms", "clauses"), ("policy_terms", "policies")):
        try:
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise
            found.append(f"the keyword index {table} is damaged ({error})")
        (differing,) = connection.execute(
            f"SELECT (SELECT count(*) FROM {table}_docsize) - (SELECT count(*) FROM {whole})"
        ).fetchone()
        if differing:
            found.append(f"the keyword index {table} and the table {whole} differ by {abs(differing)} rows")
    return found


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns errors of SQLite into the typed errors of the catalog."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise CatalogBusyError(path) from error
        raise unwritable(error, path.parent) or CorruptCatalogError(path, str(error)) from error
    except sqlite3.IntegrityError:
        # A mistake of the caller, such as a fact of an unknown clause; the file is as it was.
        raise
    except sqlite3.DatabaseError as error:
        raise CorruptCatalogError(path, str(error)) from error


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if not found and create and not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        _create(connection)
        found = SCHEMA_VERSION
    marked = connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION_ID
    if not marked:
        raise CorruptCatalogError(path, "no catalog of Clausewise")
    if found != SCHEMA_VERSION:
        raise CatalogVersionError(path, found=found, expected=SCHEMA_VERSION)
    connection.execute("PRAGMA synchronous = NORMAL")
    # Reading one row of each table finds a file that was cut off or overwritten, at no cost.
    for table in (
        "meta",
        "files",
        "policies",
        "clauses",
        "facts",
        "sentences",
        "unsettled",
        "clause_terms",
        "policy_terms",
    ):
        connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Two processes may create the file at once; the second finds it made.
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
