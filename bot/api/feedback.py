"""POST /api/feedback: whether an answer was a help; GET /api/keeping: what is kept of questions."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request

from bot.api.feedback_schemas import FeedbackBody, KeepingBody, KeptBody
from bot.api.problems import documented
from bot.api.state import assistant_of, client_of, keeping_of

router = APIRouter(prefix="/api", tags=["feedback"])


@router.post("/feedback", status_code=201, responses=documented(422, 429, 503))
def feedback(body: FeedbackBody, request: Request) -> KeptBody:
    """Keeps what a user says of an answer, for the administrator to read, if the settings keep questions."""
    note = body.as_note(datetime.now(UTC))
    catalog = assistant_of(request).catalog
    return KeptBody(kept=keeping_of(request).keep_said(note, client_of(request), catalog))


@router.get("/keeping")
def keeping(request: Request) -> KeepingBody:
    """What is kept of questions and for how long, to be told to whoever asks them."""
    settings = keeping_of(request).settings
    return KeepingBody(questions=settings.keep, days=settings.days)
