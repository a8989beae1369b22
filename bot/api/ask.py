"""POST /api/ask and /api/ask/stream: a question in, an answer with its citations out."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from itertools import chain

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from bot.answer import Answer, Question, Told
from bot.api.problems import documented, problem_of
from bot.api.schemas import AnswerBody, AskBody, ToldBody, UnderstandingBody
from bot.api.state import assistant_of, day_of
from bot.asked import Understanding
from bot.asking import Asking, check_policies

router = APIRouter(prefix="/api", tags=["ask"])
_PROBLEMS = documented(404, 413, 422, 503)
_PIECE = re.compile(r"[^。；\n]*[。；\n]*")
_EVENTS = (
    "Events in this order: `understanding` (how the question is read), with a chat model a `statement` for "
    "each as soon as it is proven, `citations` (a list), `text` "
    '(pieces of the answer\'s text, each {"text"}), `done` (the whole answer); `problem` where it breaks off.'
)


@router.post("/ask", responses=_PROBLEMS)
def ask(body: AskBody, request: Request) -> AnswerBody:
    """The answer to a question, every statement with the clauses it stands on."""
    assistant = assistant_of(request)
    return AnswerBody.of(assistant.ask(_checked(body, request, assistant)))


@router.post(
    "/ask/stream",
    responses={200: {"description": _EVENTS, "content": {"text/event-stream": {}}}, **_PROBLEMS},
    response_class=StreamingResponse,
)
def ask_stream(body: AskBody, request: Request) -> StreamingResponse:
    """The answer as server-sent events."""
    assistant = assistant_of(request)
    steps = assistant.steps(_checked(body, request, assistant))
    # The first step is taken before the response begins: what is wrong with the question has a status then.
    events = _events(chain([next(steps)], steps))
    return StreamingResponse(
        events,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _checked(body: AskBody, request: Request, assistant: Asking) -> Question:
    question = body.as_question(day_of(request))
    check_policies(question, assistant.catalog)
    return question


def _events(steps: Iterator[Understanding | Told | Answer]) -> Iterator[str]:
    try:
        for step in steps:
            if isinstance(step, Understanding):
                yield _event("understanding", UnderstandingBody.of(step))
            elif isinstance(step, Told):
                yield _event("statement", ToldBody.model_validate(step))
            else:
                yield from _answer_events(AnswerBody.of(step))
    except Exception as error:
        # The status has gone out already, so the problem goes as an event.
        found = problem_of(error)
        yield _event("problem", found)
        if found.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            raise


def _answer_events(answer: AnswerBody) -> Iterator[str]:
    quotes = ",".join(citation.model_dump_json() for citation in answer.citations)
    yield f"event: citations\ndata: [{quotes}]\n\n"
    for piece in pieces(answer.text):
        yield _event("text", _Piece(text=piece))
    yield _event("done", answer)


def pieces(text: str) -> list[str]:
    """The text cut after sentences and lines; joined they are the text again."""
    return [piece for piece in _PIECE.findall(text) if piece]


class _Piece(BaseModel):
    text: str


def _event(name: str, body: BaseModel) -> str:
    # JSON escapes line breaks, so the data is one line.
    return f"event: {name}\ndata: {body.model_dump_json()}\n\n"
