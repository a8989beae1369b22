"""Open questions of the web chat, as the page of the administrator exports them: drafts for a person.

Why an answer was no help, and what would have been right, only a person can tell.
"""

from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from eval.importing.json_values import json_lines
from eval.importing.questions import ImportedQuestion, ImportedSet, Passage
from vectorstore.notes import Verdict


class _Quoted(BaseModel):
    quote: str


class _Note(BaseModel):
    note_id: int
    verdict: Verdict
    question: str
    history: list[str] = []
    answer: str = ""
    reason: str | None = None
    comment: str | None = None
    quotes: list[_Quoted] = []


_NOTE = TypeAdapter(_Note)


def read(path: Path) -> ImportedSet:
    """A draft a note; what the answer quoted is taken for its evidence until a person says otherwise."""
    return ImportedSet(questions=tuple(_draft(note) for note in json_lines(path, _NOTE)))


def _draft(note: _Note) -> ImportedQuestion:
    said = " ".join(filter(None, (note.reason, note.comment)))
    unanswered = note.verdict == "unanswered"
    why = "outcome: nothing was found" if unanswered else f"expected: the answer was no help {said}".rstrip()
    return ImportedQuestion(
        id=f"note-{note.note_id}",
        question=note.question,
        history=tuple(note.history),
        passages=tuple(Passage(text=quoted.quote) for quoted in note.quotes),
        todo=("kind", why),
    )
