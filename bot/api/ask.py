"""POST /api/ask and /api/ask/stream: a question in, an answer with its citations out."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from itertools import chain

from fastapi import APIRouter, BackgroundTasks, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from bot.answer import Answer, Question, Told
from bot.answering.asking import Asking, check_policies
from bot.api.places import place_for_answer
from bot.api.problems import documented, problem_for
from bot.api.schemas import AnswerBody, AskBody, PieceBody, StreamEvents, ToldBody, UnderstandingBody
from bot.api.state import assistant_of, client_of, day_of, keeping_of
from bot.question.asked import Understanding

router = APIRouter(prefix="/api", tags=["ask"], dependencies=[Depends(place_for_answer)])
_PROBLEMS = documented(404, 413, 422, 503)
_PIECE = re.compile(r"[^。；\n]*[。；\n]*")
_EVENTS = (
    "Events in this order: `understanding` (how the question is read), with a chat model a `statement` for "
    "each as soon as it is proven, `citations` (a list), `text` "
    '(pieces of the answer\'s text, each {"text"}), `done` (the whole answer); `problem` where it breaks off.'
)


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


@router.post("/ask", responses=_PROBLEMS)
def ask(body: AskBody, request: Request, afterwards: BackgroundTasks) -> AnswerBody:
    """The answer to a question, every statement with the clauses it stands on."""
    assistant = assistant_of(request)
    question = _checked(body, request, assistant)
    answer = assistant.ask(question)
    _note(question, answer, request, afterwards)
    return AnswerBody.of(answer)


@router.post(
    "/ask/stream",
    responses={200: {"description": _EVENTS, "model": StreamEvents}, **_PROBLEMS},
    response_class=EventStream,
)
def ask_stream(body: AskBody, request: Request, afterwards: BackgroundTasks) -> StreamingResponse:
    """The answer as server-sent events."""
    assistant = assistant_of(request)
    question = _checked(body, request, assistant)
    steps = _noted(question, request, assistant, afterwards)
    # The first step is taken before the response begins: what is wrong with the question has a status then.
    events = _events(chain([next(steps)], steps), request)
    return EventStream(events, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _checked(body: AskBody, request: Request, assistant: Asking) -> Question:
    question = body.as_question(day_of(request))
    check_policies(question, assistant.catalog)
    return question


def _noted(
    question: Question, request: Request, assistant: Asking, afterwards: BackgroundTasks
) -> Iterator[Understanding | Told | Answer]:
    for step in assistant.stream(question):
        if isinstance(step, Answer):
            _note(question, step, request, afterwards)
        yield step


def _note(question: Question, answer: Answer, request: Request, afterwards: BackgroundTasks) -> None:
    keeping, catalog = keeping_of(request), assistant_of(request).catalog
    afterwards.add_task(keeping.keep_unanswered, question, answer, client_of(request), catalog)


def _events(steps: Iterator[Understanding | Told | Answer], request: Request) -> Iterator[str]:
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
        found = problem_for(request, error)
        yield _event("problem", found)
        if found.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            raise


def _answer_events(answer: AnswerBody) -> Iterator[str]:
    quotes = ",".join(citation.model_dump_json() for citation in answer.citations)
    yield f"event: citations\ndata: [{quotes}]\n\n"
    for piece in pieces(answer.text):
        yield _event("text", PieceBody(text=piece))
    yield _event("done", answer)


def pieces(text: str) -> list[str]:
    """The text cut after sentences and lines; joined they are the text again."""
    return [piece for piece in _PIECE.findall(text) if piece]


def _event(name: str, body: BaseModel) -> str:
    # JSON escapes line breaks, so the data is one line.
    return f"event: {name}\ndata: {body.model_dump_json()}\n\n"
