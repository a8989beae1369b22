"""What users say of answers, on the wire.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from bot.answer import Outcome
from bot.api.schemas import Body
from vectorstore.feedback import NotePage, NotePlace
from vectorstore.notes import (
    ANSWER_BYTES,
    COMMENT_BYTES,
    MOST_EARLIER,
    MOST_QUOTES,
    NAME_BYTES,
    NOTE_BYTES,
    QUESTION_BYTES,
    Note,
    Quoted,
    Verdict,
    byte_count,
    size_of,
)


def _within(most_bytes: int) -> AfterValidator:
    def checked(text: str) -> str:
        if (found := byte_count(text)) > most_bytes:
            raise ValueError(f"expected at most {most_bytes} bytes of UTF-8, found {found}")
        return text

    return AfterValidator(checked)


# A character has a byte at least, so the description can tell the bound in characters.
_Name = Annotated[str, StringConstraints(max_length=NAME_BYTES), _within(NAME_BYTES)]
_Quote = Annotated[str, StringConstraints(max_length=QUESTION_BYTES), _within(QUESTION_BYTES)]
_Question = Annotated[str, StringConstraints(max_length=QUESTION_BYTES), _within(QUESTION_BYTES)]
_AnswerText = Annotated[str, StringConstraints(max_length=ANSWER_BYTES), _within(ANSWER_BYTES)]
_Comment = Annotated[str, StringConstraints(max_length=2_000), _within(COMMENT_BYTES)]
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

    policy_id: _Name
    clause_id: _Name
    locator: _Name
    quote: _Quote


class FeedbackBody(Body):
    """Whether an answer was a help, and what was wrong with it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    rating: Literal["up", "down"]
    question: _Question
    history: Annotated[list[_Question], Field(max_length=MOST_EARLIER, default_factory=list)]
    outcome: Outcome
    answer: _AnswerText
    reason: Literal["wrong", "incomplete", "outdated", "unclear", "other"] | None = None
    comment: _Comment | None = None
    citations: Annotated[list[QuotedBody], Field(max_length=MOST_QUOTES, default_factory=list)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (found := size_of(self.as_note(datetime.now(UTC)))) > NOTE_BYTES:
            raise ValueError(f"expected at most {NOTE_BYTES} bytes of UTF-8 in all fields, found {found}")
        return self

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
    """Whether the feedback was kept; false if the settings keep nothing."""

    kept: bool


class KeepingBody(Body):
    """What is kept of questions, for the administrator of this server alone."""

    questions: bool = Field(
        description="Whether questions without an answer and what users say of answers are kept at all, "
        "with the questions before them and the answer; 身份证号 and 手机号 are masked before."
    )
    days: int = Field(description="When they are deleted.")


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
    """Open questions, newest first, a page of them."""

    questions: list[NoteBody]
    total: int = Field(description="How many open questions there are on all pages.")
    next: str | None = Field(description="What to send as `before` for the next page; null on the last one.")

    @classmethod
    def of(cls, page: NotePage, total: int) -> "NoteList":
        """The notes as they go over the wire."""
        place = page.next
        return cls(
            questions=[NoteBody.model_validate(note) for note in page.notes],
            total=total,
            next=None if place is None else f"{int(place.noted_at.timestamp())}-{place.note_id}",
        )


def place_of(text: str) -> NotePlace:
    """The place that `NoteList.next` told."""
    moment, _, note_id = text.partition("-")
    return NotePlace(noted_at=datetime.fromtimestamp(int(moment), UTC), note_id=int(note_id))
