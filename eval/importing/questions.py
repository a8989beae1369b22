"""A question as other people wrote it down, before its evidence is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.answer import Outcome
from eval.cases import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that answer the question, and the document they stand in where that is known."""

    text: str
    document: str | None = None
    start: int | None = None  # where the words begin in that document


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedQuestion:
    """A question with what its source tells; `todo` names what a person has to decide."""

    id: str
    question: str
    history: tuple[str, ...] = ()
    kind: Kind = "content"
    outcome: Outcome = "answered"
    reference: str | None = None
    expected: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    todo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSet:
    """The questions of a file, and the documents that came with them by their names."""

    questions: tuple[ImportedQuestion, ...]
    documents: Mapping[str, str] = field(default_factory=dict)
