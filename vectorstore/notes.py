"""A question and what became of it, as it may be kept: within bounds, without numbers that name a person."""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from vectorstore.personal_numbers import masked

Verdict = Literal["unanswered", "down", "up"]
# The most bytes of UTF-8 that are kept of each part; a note has at most their sum.
QUESTION_BYTES, HISTORY_BYTES, ANSWER_BYTES, COMMENT_BYTES = 8_000, 12_000, 12_000, 8_000
QUOTES_BYTES, MOST_QUOTES, MOST_EARLIER = 24_000, 50, 20
NOTE_BYTES = QUESTION_BYTES + HISTORY_BYTES + ANSWER_BYTES + COMMENT_BYTES + QUOTES_BYTES
NAME_BYTES = 500  # of an id or a place in a document


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBounds:
    """How long notes are kept and how much room all of them may take."""

    days: int = 90
    log_bytes: int = 32 << 20
    most_notes: int = 10_000

    def oldest(self, now: datetime) -> datetime:
        """Notes of before are deleted."""
        return now - timedelta(days=self.days)


def keepable(note: Note) -> Note:
    """The note as it may be kept: numbers that name a person masked, each part cut to its bound."""
    return replace(
        note,
        noted_at=note.noted_at.astimezone(UTC).replace(microsecond=0),
        question=_kept(note.question, QUESTION_BYTES),
        history=_last_within(note.history),
        outcome=_kept(note.outcome, NAME_BYTES),
        answer=_kept(note.answer, ANSWER_BYTES),
        reason=None if note.reason is None else _kept(note.reason, NAME_BYTES),
        comment=None if note.comment is None else _kept(note.comment, COMMENT_BYTES),
        quotes=_first_within(note.quotes),
    )


def size_of(note: Note) -> int:
    """The bytes of all that the note says."""
    texts = [note.question, *note.history, note.outcome, note.answer, note.reason or "", note.comment or ""]
    return sum(map(byte_count, texts)) + sum(map(_size_of_quote, note.quotes))


def byte_count(text: str) -> int:
    """How many bytes the text has as UTF-8."""
    return len(text.encode("utf-8", "replace"))


def gist_of(question: str, history: tuple[str, ...]) -> str:
    """What questions share that differ in marks, blanks, case and width alone: a hash of the rest."""
    folded = (
        "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
        for text in (*history, question)
    )
    return hashlib.blake2b("\n".join(folded).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _kept(text: str, most_bytes: int) -> str:
    # Masked first: half a number that was cut would still name somebody.
    return masked(text).encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore")


def _last_within(history: tuple[str, ...]) -> tuple[str, ...]:
    """The last questions that fit: what was asked leans on those."""
    found: list[str] = []
    room = HISTORY_BYTES
    for text in reversed(history[-MOST_EARLIER:]):
        kept = _kept(text, QUESTION_BYTES)
        room -= byte_count(kept)
        if room < 0:
            break
        found.append(kept)
    return tuple(reversed(found))


def _first_within(quotes: tuple[Quoted, ...]) -> tuple[Quoted, ...]:
    """The first quotes that fit."""
    found: list[Quoted] = []
    room = QUOTES_BYTES
    for quote in quotes[:MOST_QUOTES]:
        kept = Quoted(
            policy_id=_kept(quote.policy_id, NAME_BYTES),
            clause_id=_kept(quote.clause_id, NAME_BYTES),
            locator=_kept(quote.locator, NAME_BYTES),
            quote=_kept(quote.quote, QUOTES_BYTES),
        )
        room -= _size_of_quote(kept)
        if room < 0:
            break
        found.append(kept)
    return tuple(found)


def _size_of_quote(quote: Quoted) -> int:
    return sum(map(byte_count, (quote.policy_id, quote.clause_id, quote.locator, quote.quote)))
