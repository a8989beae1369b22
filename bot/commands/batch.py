"""Questions one a line, answers one a line: a bad line gives its error and the rest go on."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from bot.answer import Answer, Question
from bot.api.schemas import AnswerBody, AskBody, Body
from bot.commands.output import aside, write_json_line
from bot.errors import BotError, EmptyQuestionError, QuestionTooLongError, UnknownRegionError
from bot.settings import Settings
from vectorstore.errors import UnknownPolicyError

# These are the fault of one line; every other error would meet the next line too.
_OF_THE_LINE = (EmptyQuestionError, QuestionTooLongError, UnknownRegionError, UnknownPolicyError)
LineId = str | int | None


class BatchLine(AskBody):
    """One line of a batch."""

    id: LineId = None


class WithId(Body):
    """Carries the id of its line, which goes first."""

    id: LineId = None


class BatchAnswer(AnswerBody, WithId):
    """The answer to one line."""

    @classmethod
    def to(cls, line_id: LineId, answer: Answer) -> "BatchAnswer":
        """The answer with the id of its line."""
        return cls.model_validate(answer).model_copy(update={"id": line_id})


class BatchError(BaseModel):
    """Why one line has no answer."""

    id: LineId
    error: str


class BatchFileError(BotError):
    """The file of questions cannot be read."""


def run_batch(file: Path, settings: Settings, answer: Callable[[Question, LineId], BaseModel]) -> None:
    """Writes what `answer` gives for each line, in order, and says on stderr how many failed."""
    total = failed = 0
    for line in _lines(file):
        total += 1
        result = _result(line, settings, answer)
        failed += isinstance(result, BatchError)
        write_json_line(result)
    aside().print(f"{total} questions, {failed} of them with an error")


def _lines(file: Path) -> Iterator[bytes]:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise BatchFileError(
            f"{file}: expected a file of questions, one JSON object a line ({error.strerror})"
        ) from error
    yield from (line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip())


def _result(line: bytes, settings: Settings, answer: Callable[[Question, LineId], BaseModel]) -> BaseModel:
    try:
        asked = BatchLine.model_validate_json(line)
    except ValidationError as error:
        return BatchError(id=_id_of(line), error=_said(error))
    try:
        return answer(asked.as_question(settings.day_of_asking()), asked.id)
    except _OF_THE_LINE as error:
        return BatchError(id=asked.id, error=str(error))


def _id_of(line: bytes) -> LineId:
    class _Id(BaseModel):
        id: LineId = None

    try:
        return _Id.model_validate_json(line).id
    except ValidationError:
        return None


def _said(error: ValidationError) -> str:
    found = "; ".join(
        f"{'.'.join(str(part) for part in each['loc']) or 'line'}: {each['msg']}" for each in error.errors()
    )
    return f'{found}; expected a JSON object such as {{"id": "1", "question": "…"}}'
