"""What a set is answered with under one calibration after another; what is found and read is kept."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.answering.steps import Read, Write
from bot.composers.extractive.composer import ExtractiveComposer
from bot.evidence.evidence import Evidence
from bot.reader.calibration import Calibration
from bot.reader.reading import Passage, Reader, Reading
from eval.cases import Case
from eval.results import Result
from vectorstore.catalog import Catalog

# What the contract on the wire calls short: an answer of up to so many facts, in so many characters.
_FEW_FACTS, _SHORT, _LONG = 3, 450, 1500

_Given = TypeVar("_Given")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Of a question: whether it has an answer, was answered, and whether that was right and whole."""

    answerable: bool
    answered: bool
    right: bool


class RememberingReader:
    """A reader that reads a passage for a question once."""

    def __init__(self, open_reader: Callable[[], Reader]) -> None:
        """Opens the reader at once."""
        self._reader = open_reader()
        self._read: dict[tuple[str, Passage], Reading] = {}

    @property
    def name(self) -> str:
        """The name of the reader that reads."""
        return self._reader.name

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What the reader says, in the order of the passages."""
        unread = [each for each in passages if (question, each) not in self._read]
        if unread:
            found = self._reader.read(question, unread)
            self._read |= {(question, each): said for each, said in zip(unread, found, strict=True)}
        return [self._read[question, each] for each in passages]


class Trial:
    """A set and the assistant that is asked it."""

    def __init__(self, assistant: Assistant, questions: Iterable[tuple[Case, Question]]) -> None:
        """Takes the assistant on the documents of the set, and its cases as questions."""
        steps = assistant.steps
        understand = _remembered(steps.understand, lambda attempt: attempt)
        retrieve = _remembered(steps.retrieve, lambda asked: (asked.attempt, asked.understanding))
        self._steps = replace(steps, understand=understand, retrieve=retrieve)
        self._assistant, self._questions = assistant, tuple(questions)
        self._reader = RememberingReader(assistant.judge.open_reader)

    @property
    def reader(self) -> str:
        """The name of the reader."""
        return self._reader.name

    @property
    def catalog(self) -> Catalog:
        """What the documents of the set are kept in."""
        return self._assistant.catalog

    def evidence(self) -> list[tuple[Case, Evidence]]:
        """What is found and judged for each question as it is asked."""
        assistant = self._with(None)
        return [(case, assistant.evidence(question)) for case, question in self._questions]

    def verdicts(self, calibration: Calibration) -> list[Verdict]:
        """What each question comes to."""
        assistant = self._with(calibration)
        return [_verdict(case, assistant, question) for case, question in self._questions]

    def _with(self, calibration: Calibration | None) -> Assistant:
        judge = self._assistant.judge.reading_with(lambda: self._reader, calibration)
        read = Read(judge, ExtractiveComposer.reads)
        # What a chat model makes of it says nothing of the reader.
        steps = replace(self._steps, read=read, write=Write(None))
        return replace(self._assistant, judge=judge, steps=steps)


def _verdict(case: Case, assistant: Assistant, question: Question) -> Verdict:
    answer = assistant.ask(question)
    result = Result(case=case, answer=answer, milliseconds=0.0, cited=(), retrieved=())
    longest = _SHORT if len(case.expected) <= _FEW_FACTS else _LONG
    return Verdict(
        answerable=case.answerable,
        answered=answer.outcome == "answered",
        right=result.is_right() and len(result.wording()) <= longest,
    )


def _remembered(step: Callable[[_Key], _Given], key: Callable[[_Key], Hashable]) -> Callable[[_Key], _Given]:
    kept: dict[Hashable, _Given] = {}

    def given(taken: _Key) -> _Given:
        known = key(taken)
        if known not in kept:
            kept[known] = step(taken)
        return kept[known]

    return given
