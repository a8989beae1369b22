"""POST /api/admin/explain: why an answer is what it is, for the administrator alone."""

from fastapi import APIRouter, Depends, Request

from bot.answering.asking import check_policies
from bot.api.administrator import require_administrator
from bot.api.explanation_schemas import ExplanationBody
from bot.api.places import place_for_answer
from bot.api.problems import documented
from bot.api.schemas import AskBody
from bot.api.state import assistant_of, day_of

router = APIRouter(
    prefix="/api/admin",
    tags=["admin"],
    # Whoever is refused takes no place of those who ask.
    dependencies=[Depends(require_administrator), Depends(place_for_answer)],
    responses=documented(403, 429),
)


@router.post("/explain", responses=documented(404, 413, 422, 503))
def explain(body: AskBody, request: Request) -> ExplanationBody:
    """Each attempt at the question: what was found, read and dropped, and why. Nothing of it is kept."""
    assistant = assistant_of(request)
    question = body.as_question(day_of(request))
    check_policies(question, assistant.catalog)
    return ExplanationBody.of(assistant.explained(question))
