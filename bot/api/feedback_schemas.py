"""What users say of answers, on the wire.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from bot.answer import Outcome
from bot.api.schemas import Body
from vectorstore.feedback import Note, Quoted, Verdict

_Short = Annotated[str, StringConstraints(max_length=2_000)]
_Long = Annotated[str, StringConstraints(max_length=50_000)]
_EXAMPLE: JsonDict = {
    "rating": "down",
    "reason": "incomplete",
    "comment": "还有一项补助没有列出",
    "question": "企业支付的租金有多少补助？",
    "outcome": "answered",
    "answer": "最高补助5万元。[1]",
}


class QuotedBody(Body):
    """A clause that the answer quoted."""

    policy_id: _Short
    clause_id: _Short
    locator: _Short
    quote: _Long


class FeedbackBody(Body):
    """Whether an answer was a help, and what was wrong with it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    rating: Literal["up", "down"]
    question: _Long
    history: Annotated[list[_Long], Field(max_length=50, default_factory=list)]
    outcome: Outcome
    answer: _Long
    reason: Literal["wrong", "incomplete", "outdated", "unclear", "other"] | None = None
    comment: _Short | None = None
    citations: Annotated[list[QuotedBody], Field(max_length=200, default_factory=list)]

    def as_note(self, now: datetime) -> Note:
        """The feedback as it is kept."""
        return Note(
            verdict=self.rating,
            question=self.question,
            history=tuple(self.history),
            noted_at=now,
            outcome=self.outcome,
            answer=self.answer,
            reason=self.reason,
            comment=self.comment,
            quotes=tuple(Quoted(**each.model_dump()) for each in self.citations),
        )


class KeptBody(Body):
    """That the feedback was kept."""

    kept: bool


class NoteBody(Body):
    """A question without an answer, or one whose answer was no help."""

    note_id: int
    verdict: Verdict
    question: str
    history: list[str]
    noted_at: datetime = Field(description="When it was asked or judged, the last time.")
    times: int = Field(description="How often the unanswered question was asked.")
    outcome: str
    answer: str
    reason: str | None
    comment: str | None
    quotes: list[QuotedBody]


class NoteLine(NoteBody):
    """A line of the export, as `clausewise eval import` reads it.

    `id` (`note-12`) names the line. `verdict` is `unanswered` or `down`; `question` was asked after the
    earlier questions of `history`, oldest first, and got the `answer` of that `outcome` (`no_evidence` where
    nothing answered). `reason` is what the user chose: `wrong`, `incomplete`, `outdated`, `unclear`, `other`,
    or null, always null where the verdict is `unanswered`; `comment` is in his own words. `quotes` are the
    clauses that the answer stood on. Lines may get more fields; these stay.
    """

    id: str

    @classmethod
    def of(cls, note: Note) -> "NoteLine":
        """The note with its name."""
        return cls(id=f"note-{note.note_id}", **NoteBody.model_validate(note).model_dump())


class NoteList(Body):
    """Open questions, newest first."""

    questions: list[NoteBody]

    @classmethod
    def of(cls, notes: Sequence[Note]) -> "NoteList":
        """The notes as they go over the wire."""
        return cls(questions=[NoteBody.model_validate(note) for note in notes])
