"""POST /api/feedback: whether an answer was a help."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request

from bot.api.feedback_schemas import FeedbackBody, KeptBody
from bot.api.problems import documented
from bot.api.state import assistant_of

router = APIRouter(prefix="/api", tags=["feedback"])


@router.post("/feedback", status_code=201, responses=documented(422, 503))
def feedback(body: FeedbackBody, request: Request) -> KeptBody:
    """Keeps what a user says of an answer, for the administrator to read."""
    assistant_of(request).catalog.feedback.keep(body.as_note(datetime.now(UTC)))
    return KeptBody(kept=True)
