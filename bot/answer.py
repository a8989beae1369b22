"""Question and answer as values; `bot.api.schemas` puts them on the wire."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.policy import ValidityState

Outcome = Literal["answered", "no_evidence", "clarify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, when, and within which limits the asker set."""

    text: str
    on: date
    history: tuple[str, ...] = ()  # earlier questions of the same user, oldest first
    region: str | None = None
    policy_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quote with its document, number and place: `policy.text[start:end] == quote`.

    `answer_start` and `answer_end` are the words of the quote that answer, as offsets in the policy
    text too; None if they are not known.
    """

    marker: int
    policy_id: str
    policy_title: str
    document_number: str | None
    region: str | None
    source: str
    clause_id: str
    locator: str
    quote: str
    start: int
    end: int
    validity: ValidityState
    expires_on: date | None
    answer_start: int | None = None
    answer_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of the answer and the markers of the citations it stands on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A proven statement of an answer that is still being written, with the citations it stands on."""

    statement: Statement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A clause that is near the question and asserts nothing in the answer."""

    clause_id: str
    locator: str
    snippet: str
    policy_title: str
    validity: ValidityState
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A document or a region that a question which could mean several may be narrowed to."""

    label: str
    policy_id: str | None = None  # of a document
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the asker; leaves only through `bot.proof.prove`."""

    question: str
    outcome: Outcome
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    related: tuple[Related, ...]
    choices: tuple[Choice, ...]  # of `clarify`
    composer: str
    milliseconds: int
    surety: float | None = None  # the probability that anything answers; None if that did not decide
    asks_nothing: bool = False  # a greeting, the weather: that nothing answers it is no gap in the documents
