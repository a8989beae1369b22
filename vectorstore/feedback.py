"""What users said of answers, and questions that none was found for; a part of the catalog.

The table is made when the first line is written, so that a catalog of before needs no rebuilding.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vectorstore.errors import UnknownNoteError

Verdict = Literal["unanswered", "down", "up"]
_Session = Callable[[], AbstractContextManager[sqlite3.Connection]]
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    note_id INTEGER PRIMARY KEY, verdict TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
    noted_at TEXT NOT NULL, times INTEGER NOT NULL, outcome TEXT NOT NULL, answer TEXT NOT NULL,
    reason TEXT, comment TEXT, quotes TEXT NOT NULL, handled INTEGER NOT NULL DEFAULT 0
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A clause that the answer quoted."""

    policy_id: str
    clause_id: str
    locator: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A question with what became of it; the same unanswered question is one note, counted."""

    verdict: Verdict
    question: str
    noted_at: datetime  # the last time
    history: tuple[str, ...] = ()
    outcome: str = ""
    answer: str = ""
    reason: str | None = None
    comment: str | None = None
    quotes: tuple[Quoted, ...] = ()
    times: int = 1
    note_id: int = 0  # given when it is kept


class FeedbackLog:
    """Notes of questions, newest first; keeping one does not count as a change of the documents."""

    # Anybody may ask; beyond this many notes the oldest go, so that asking cannot fill the disk.
    most_notes = 10_000

    def __init__(self, reading: _Session, noting: _Session) -> None:
        """Use `Catalog.feedback`."""
        self._reading = reading
        self._noting = noting

    def keep(self, note: Note) -> None:
        """Keeps the note; an unanswered question asked before is counted again and open again."""
        with self._noting() as connection:
            connection.execute(_TABLE)
            if note.verdict == "unanswered" and _counted(connection, note):
                return
            connection.execute(
                "INSERT INTO feedback (verdict, question, history, noted_at, times, outcome, answer, reason, "
                "comment, quotes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    note.verdict,
                    note.question,
                    _listed(note.history),
                    note.noted_at.isoformat(timespec="seconds"),
                    note.times,
                    note.outcome,
                    note.answer,
                    note.reason,
                    note.comment,
                    _quotes_written(note.quotes),
                ),
            )
            connection.execute(
                "DELETE FROM feedback WHERE note_id <= (SELECT max(note_id) FROM feedback) - ?",
                (self.most_notes,),
            )

    def open_notes(self) -> list[Note]:
        """The questions without an answer and those whose answer was no help, until they are handled."""
        with self._reading() as connection:
            if not _is_there(connection):
                return []
            rows = connection.execute(
                "SELECT verdict, question, noted_at, history, outcome, answer, reason, comment, quotes, "
                "times, note_id FROM feedback WHERE verdict <> 'up' AND NOT handled "
                "ORDER BY noted_at DESC, note_id DESC"
            )
            return [_note(*row) for row in rows]

    def handle(self, note_id: int) -> None:
        """Takes the note off the list; UnknownNoteError without one."""
        with self._noting() as connection:
            connection.execute(_TABLE)
            done = connection.execute("UPDATE feedback SET handled = 1 WHERE note_id = ?", (note_id,))
            if not done.rowcount:
                raise UnknownNoteError(note_id)


def _is_there(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'feedback'")
    return found.fetchone() is not None


def _counted(connection: sqlite3.Connection, note: Note) -> bool:
    done = connection.execute(
        "UPDATE feedback SET times = times + 1, noted_at = ?, handled = 0 "
        "WHERE verdict = 'unanswered' AND question = ? AND history = ?",
        (note.noted_at.isoformat(timespec="seconds"), note.question, _listed(note.history)),
    )
    return done.rowcount > 0


def _listed(history: tuple[str, ...]) -> str:
    return json.dumps(history, ensure_ascii=False)


def _quotes_written(quotes: tuple[Quoted, ...]) -> str:
    fields = [(each.policy_id, each.clause_id, each.locator, each.quote) for each in quotes]
    return json.dumps(fields, ensure_ascii=False)


def _note(
    verdict: Verdict,
    question: str,
    noted_at: str,
    history: str,
    outcome: str,
    answer: str,
    reason: str | None,
    comment: str | None,
    quotes: str,
    times: int,
    note_id: int,
) -> Note:
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
