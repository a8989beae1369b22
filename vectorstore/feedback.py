"""What users said of answers, and questions that none was found for; a part of the catalog."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from vectorstore.catalog_session import CatalogSession
from vectorstore.errors import UnknownNoteError
from vectorstore.feedback_table import READ, add, exists, make_ready, note_of
from vectorstore.notes import Note, NoteBounds, gist_of, keepable, size_of
from vectorstore.personal_numbers import masked

# A page has at least one note, however long it is.
_PAGE_NOTES, _PAGE_BYTES = 50, 512 << 10
_BOUNDS = NoteBounds()
_OPEN = "verdict <> 'up' AND NOT handled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """Where a note stands among the others."""

    noted_at: datetime
    note_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """Open notes, newest first; the next ones stand behind `next`, or None."""

    notes: tuple[Note, ...] = ()
    next: NotePlace | None = None


class FeedbackLog:
    """Notes of questions, newest first; keeping one does not count as a change of the documents."""

    def __init__(self, session: CatalogSession) -> None:
        """Use `Catalog.feedback`."""
        self._session = session

    def keep(
        self,
        note: Note,
        *,
        gist: str = "",
        client: str = "",
        bounds: NoteBounds = _BOUNDS,
        may_add: bool = True,
    ) -> bool:
        """Keeps the note, masked and cut; an unanswered question asked before is counted and open again.

        Questions are the same if their `gist` is, without one the question itself. Returns whether a note
        was added, which `may_add` can forbid. `client` labels those of one client: when there is no room,
        the client that takes most of it loses its oldest note.
        """
        kept = keepable(note)
        same = gist_of(masked(gist) or kept.question, kept.history)
        with self._session.noting() as connection:
            make_ready(connection)
            _delete_expired(connection, bounds.oldest(kept.noted_at))
            if (kept.verdict == "unanswered" and _counted(connection, kept, same)) or not may_add:
                return False
            add(connection, kept, gist=same, client=client)
            _make_room(connection, bounds)
            return True

    def tidy(self, now: datetime, bounds: NoteBounds) -> None:
        """Deletes what has expired or has no room."""
        with self._session.noting() as connection:
            if exists(connection):
                make_ready(connection)
                _delete_expired(connection, bounds.oldest(now))
                _make_room(connection, bounds)

    def page(
        self, *, limit: int = _PAGE_NOTES, before: NotePlace | None = None, since: datetime | None = None
    ) -> NotePage:
        """The questions without an answer and those whose answer was no help, until they are handled.

        At most `limit` and half a MiB of them, those behind the place `before`, none older than `since`.
        """
        with self._session.reading() as connection:
            if not exists(connection):
                return NotePage()
            rows = connection.execute(
                f"{READ} FROM feedback WHERE {_OPEN} AND noted_at >= ? AND (noted_at, note_id) < (?, ?) "
                "ORDER BY noted_at DESC, note_id DESC",
                (_written(since) if since else "", *_before(before)),
            )
            return _page_of((note_of(*row) for row in rows), limit)

    def pages(self, *, since: datetime | None = None) -> Iterator[tuple[Note, ...]]:
        """All of them, page after page, so that they never stand in memory together."""
        page = self.page(since=since)
        while page.notes:
            yield page.notes
            if page.next is None:
                return
            page = self.page(before=page.next, since=since)

    def open_notes(self) -> list[Note]:
        """All of them at once."""
        return [note for notes in self.pages() for note in notes]

    def open_count(self, *, since: datetime | None = None) -> int:
        """How many there are."""
        with self._session.reading() as connection:
            if not exists(connection):
                return 0
            row = connection.execute(
                f"SELECT count(*) FROM feedback WHERE {_OPEN} AND noted_at >= ?",
                (_written(since) if since else "",),
            )
            return int(row.fetchone()[0])

    def handle(self, note_id: int) -> None:
        """Takes the note off the list; UnknownNoteError without one."""
        with self._session.noting() as connection:
            make_ready(connection)
            done = connection.execute("UPDATE feedback SET handled = 1 WHERE note_id = ?", (note_id,))
            if not done.rowcount:
                raise UnknownNoteError(note_id)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _before(place: NotePlace | None) -> tuple[str, int]:
    # ":" stands behind every digit.
    return (":", 0) if place is None else (_written(place.noted_at), place.note_id)


def _page_of(found: Iterator[Note], limit: int) -> NotePage:
    notes: list[Note] = []
    taken = 0
    for note in found:
        taken += size_of(note)
        if notes and (len(notes) == limit or taken > _PAGE_BYTES):
            last = notes[-1]
            return NotePage(notes=tuple(notes), next=NotePlace(noted_at=last.noted_at, note_id=last.note_id))
        notes.append(note)
    return NotePage(notes=tuple(notes))


def _counted(connection: sqlite3.Connection, note: Note, gist: str) -> bool:
    done = connection.execute(
        "UPDATE feedback SET times = times + 1, noted_at = ?, handled = 0 "
        "WHERE verdict = 'unanswered' AND gist = ?",
        (_written(note.noted_at), gist),
    )
    return done.rowcount > 0


def _delete_expired(connection: sqlite3.Connection, oldest: datetime) -> None:
    # What is deleted is overwritten with zeros in the file.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("DELETE FROM feedback WHERE noted_at < ?", (_written(oldest),))


def _make_room(connection: sqlite3.Connection, bounds: NoteBounds) -> None:
    while True:
        count, taken = connection.execute("SELECT count(*), coalesce(sum(bytes), 0) FROM feedback").fetchone()
        if count <= bounds.most_notes and taken <= bounds.log_bytes:
            return
        connection.execute(
            "DELETE FROM feedback WHERE note_id = (SELECT note_id FROM feedback WHERE client = ("
            "SELECT client FROM feedback GROUP BY client ORDER BY sum(bytes) DESC, min(noted_at) LIMIT 1"
            ") ORDER BY noted_at, note_id LIMIT 1)"
        )
