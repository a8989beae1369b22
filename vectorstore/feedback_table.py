"""The table of notes in the catalog: how it is made, brought up to date, and read.

It is made when the first note is written, so that a catalog of before needs no rebuilding.
"""

import json
import sqlite3
from datetime import datetime

from vectorstore.notes import Note, Quoted, Verdict, gist_of, keepable, size_of

# What a row takes beside its texts.
_ROW_BYTES = 300
_COLUMNS = (
    "verdict", "question", "history", "noted_at", "times", "outcome", "answer", "reason", "comment",
    "quotes", "client", "bytes", "gist",
)  # fmt: skip
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    note_id INTEGER PRIMARY KEY, verdict TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
    noted_at TEXT NOT NULL, times INTEGER NOT NULL, outcome TEXT NOT NULL, answer TEXT NOT NULL,
    reason TEXT, comment TEXT, quotes TEXT NOT NULL, handled INTEGER NOT NULL DEFAULT 0
)
"""
# Came later; `client` is a label that says which notes came from one client, and not who it was.
_LATER = {"client": "TEXT NOT NULL DEFAULT ''", "bytes": "INTEGER NOT NULL DEFAULT 0", "gist": "TEXT"}
# The room taken is summed at every note, which would else read every text.
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS feedback_by_client ON feedback (client, noted_at, bytes)",
    "CREATE INDEX IF NOT EXISTS feedback_by_gist ON feedback (gist)",
    "CREATE INDEX IF NOT EXISTS feedback_open ON feedback (noted_at, note_id) "
    "WHERE verdict <> 'up' AND NOT handled",
)
READ = "SELECT note_id, verdict, question, history, noted_at, times, outcome, answer, reason, comment, quotes"


def exists(connection: sqlite3.Connection) -> bool:
    """Whether any note was ever written."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'feedback'")
    return found.fetchone() is not None


def make_ready(connection: sqlite3.Connection) -> None:
    """Makes the table, or adds what it lacks; notes of before are masked and cut as new ones are."""
    connection.execute(_TABLE)
    there = {row[1] for row in connection.execute("PRAGMA table_info(feedback)")}
    missing = [name for name in _LATER if name not in there]
    for name in missing:
        connection.execute(f"ALTER TABLE feedback ADD COLUMN {name} {_LATER[name]}")
    for index in _INDEXES:
        connection.execute(index)
    if missing:
        for (note_id,) in connection.execute("SELECT note_id FROM feedback").fetchall():
            row = connection.execute(f"{READ} FROM feedback WHERE note_id = ?", (note_id,)).fetchone()
            _write_again(connection, note_of(*row))


def add(connection: sqlite3.Connection, note: Note, *, gist: str, client: str) -> None:
    """Writes a new row."""
    places = ", ".join("?" * len(_COLUMNS))
    connection.execute(
        f"INSERT INTO feedback ({', '.join(_COLUMNS)}) VALUES ({places})", _values(note, gist, client)
    )


def _write_again(connection: sqlite3.Connection, note: Note) -> None:
    # Nobody knows whom notes of before came from, so each counts as from a client of its own.
    kept = keepable(note)
    values = _values(kept, gist_of(kept.question, kept.history), f"before-{note.note_id}")
    changes = ", ".join(f"{name} = ?" for name in _COLUMNS)
    connection.execute(f"UPDATE feedback SET {changes} WHERE note_id = ?", (*values, note.note_id))


def _values(note: Note, gist: str, client: str) -> tuple[str | int | None, ...]:
    quotes = [(each.policy_id, each.clause_id, each.locator, each.quote) for each in note.quotes]
    return (
        note.verdict,
        note.question,
        json.dumps(note.history, ensure_ascii=False),
        note.noted_at.isoformat(timespec="seconds"),
        note.times,
        note.outcome,
        note.answer,
        note.reason,
        note.comment,
        json.dumps(quotes, ensure_ascii=False),
        client,
        size_of(note) + _ROW_BYTES,
        gist,
    )


def note_of(
    note_id: int,
    verdict: Verdict,
    question: str,
    history: str,
    noted_at: str,
    times: int,
    outcome: str,
    answer: str,
    reason: str | None,
    comment: str | None,
    quotes: str,
) -> Note:
    """A row of `READ` as a note."""
    return Note(
        verdict=verdict,
        question=question,
        noted_at=datetime.fromisoformat(noted_at),
        history=tuple(json.loads(history)),
        outcome=outcome,
        answer=answer,
        reason=reason,
        comment=comment,
        quotes=tuple(
            Quoted(policy_id=policy_id, clause_id=clause_id, locator=locator, quote=quote)
            for policy_id, clause_id, locator, quote in json.loads(quotes)
        ),
        times=times,
        note_id=note_id,
    )
