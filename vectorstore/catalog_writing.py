"""What changes the tables of the catalog; the caller holds the transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from ingest.policy import Policy
from vectorstore.context import headings_of
from vectorstore.copies import identity_of
from vectorstore.records import PolicyFrame, frame_of, read, written
from vectorstore.segmentation import terms


@contextmanager
def transaction(connection: sqlite3.Connection, *, changes_content: bool = True) -> Iterator[None]:
    """All of the block or nothing of it; a change of the content raises the generation, as readers notice."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if changes_content:
            connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def replace_file(
    connection: sqlite3.Connection, path: str, sha256: str, policies: Sequence[Policy]
) -> list[str]:
    """Puts the policies of the path in place of its former ones; gives the ids of those that went."""
    before = set(_policy_ids(connection, sha256))
    gone = [*remove_file(connection, path), *before]
    for policy_id in before:
        remove_policy(connection, policy_id)
    connection.execute("INSERT INTO files VALUES (?, ?)", (path, sha256))
    for policy in policies:
        _add(connection, policy, sha256)
    new = {policy.policy_id for policy in policies}
    mark_settled(connection, new)
    return [policy_id for policy_id in dict.fromkeys(gone) if policy_id not in new]


def forget_policy(connection: sqlite3.Connection, policy_id: str) -> bool:
    """Removes the policy and the note that its file is indexed; False where there is none."""
    connection.execute(
        "DELETE FROM files WHERE sha256 = (SELECT sha256 FROM policies WHERE policy_id = ?)", (policy_id,)
    )
    return remove_policy(connection, policy_id)


def add_path(connection: sqlite3.Connection, path: str, sha256: str) -> list[str]:
    """Notes that the path has this known content; gives the ids of the policies that went."""
    gone = remove_file(connection, path)
    connection.execute("INSERT INTO files VALUES (?, ?)", (path, sha256))
    return gone


def remove_file(connection: sqlite3.Connection, path: str) -> list[str]:
    """Forgets the path and, where no other path has its content, the policies; gives their ids."""
    row = connection.execute("DELETE FROM files WHERE path = ? RETURNING sha256", (path,)).fetchone()
    if row is None:
        return []
    other = connection.execute("SELECT path FROM files WHERE sha256 = ? ORDER BY path", row).fetchone()
    gone = _policy_ids(connection, row[0])
    if other is not None:
        _rename(connection, gone, Path(other[0]).name)
        return []
    for policy_id in gone:
        remove_policy(connection, policy_id)
    return gone


def rename_file(connection: sqlite3.Connection, former: str, path: str) -> None:
    """Knows a file by another path."""
    connection.execute("UPDATE OR REPLACE files SET path = ? WHERE path = ?", (path, former))
    connection.execute("UPDATE OR REPLACE superseded SET path = ? WHERE path = ?", (path, former))


def supersede(connection: sqlite3.Connection, path: str, winner: str, loser: str | None) -> None:
    """Notes that a policy of the path gave way to the winner; removes the loser where it was indexed."""
    if loser is not None:
        remove_policy(connection, loser)
    connection.execute("INSERT OR IGNORE INTO superseded VALUES (?, ?)", (path, winner))


def remove_policy(connection: sqlite3.Connection, policy_id: str) -> bool:
    """Removes the policy with all that belongs to it and notes that its vectors are to go."""
    connection.execute(
        "DELETE FROM clause_terms WHERE rowid IN (SELECT position FROM clauses WHERE policy_id = ?)",
        (policy_id,),
    )
    connection.execute(
        "DELETE FROM policy_terms WHERE rowid IN (SELECT position FROM policies WHERE policy_id = ?)",
        (policy_id,),
    )
    removed = connection.execute("DELETE FROM policies WHERE policy_id = ?", (policy_id,)).rowcount > 0
    if removed:
        mark_unsettled(connection, [policy_id])
    return removed


def set_fingerprint(connection: sqlite3.Connection, fingerprint: str) -> None:
    """Notes which model the vectors come from, under a new mark."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('embedder', ?)", (fingerprint,))
    set_mark(connection, new_mark(fingerprint))


def fingerprint_of(connection: sqlite3.Connection) -> str | None:
    """Which model the vectors come from; None before the first."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'embedder'").fetchone()
    return None if row is None else str(row[0])


def new_mark(fingerprint: str) -> str:
    """A mark that no other index has, beginning with its model."""
    return f"{fingerprint} {uuid4().hex}"


def mark_of(connection: sqlite3.Connection) -> str | None:
    """The mark that the vectors carry; None where none was set."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'vectors'").fetchone()
    return None if row is None else str(row[0])


def set_mark(connection: sqlite3.Connection, mark: str) -> None:
    """Notes the mark that the vectors carry."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('vectors', ?)", (mark,))


def mark_unsettled(connection: sqlite3.Connection, policy_ids: Iterable[str]) -> None:
    """Notes that the vectors of these policies may differ from the catalog."""
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(each,) for each in policy_ids])


def mark_settled(connection: sqlite3.Connection, policy_ids: Iterable[str]) -> None:
    """Takes that note back."""
    connection.executemany("DELETE FROM unsettled WHERE policy_id = ?", [(each,) for each in policy_ids])


def _policy_ids(connection: sqlite3.Connection, sha256: str) -> list[str]:
    rows = connection.execute("SELECT policy_id FROM policies WHERE sha256 = ? ORDER BY position", (sha256,))
    return [policy_id for (policy_id,) in rows]


def _rename(connection: sqlite3.Connection, policy_ids: Iterable[str], name: str) -> None:
    """Names the policies after the path that is left, since answers cite the file name."""
    for policy_id in policy_ids:
        (frame,) = connection.execute(
            "SELECT frame FROM policies WHERE policy_id = ?", (policy_id,)
        ).fetchone()
        renamed = replace(read(PolicyFrame, frame), source=name)
        connection.execute("UPDATE policies SET frame = ? WHERE policy_id = ?", (written(renamed), policy_id))


def _add(connection: sqlite3.Connection, policy: Policy, sha256: str) -> None:
    place = connection.execute(
        "INSERT INTO policies (policy_id, sha256, identity, frame, text, clause_count, fact_count) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            policy.policy_id,
            sha256,
            identity_of(policy.metadata),
            written(frame_of(policy)),
            policy.text,
            len(policy.clauses),
            len(policy.facts),
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO policy_terms (rowid, body) VALUES (?, ?)", (place, " ".join(terms(policy.text)))
    )
    for clause in policy.clauses:
        position = connection.execute(
            "INSERT INTO clauses (clause_id, policy_id, record) VALUES (?, ?, ?)",
            (clause.clause_id, policy.policy_id, written(clause)),
        ).lastrowid
        headings = " ".join(terms(headings_of(clause, policy.metadata.title)))
        connection.execute(
            "INSERT INTO clause_terms (rowid, headings, body) VALUES (?, ?, ?)",
            (position, headings, " ".join(terms(clause.text))),
        )
    connection.executemany(
        "INSERT INTO facts (fact_id, policy_id, clause_id, kind, unit, record) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (fact.fact_id, policy.policy_id, fact.clause_id, fact.kind, fact.value("unit"), written(fact))
            for fact in policy.facts
        ],
    )
