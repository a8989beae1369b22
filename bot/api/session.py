"""GET /api/session: whether whoever asks is the administrator, so that the page need not try."""

from fastapi import APIRouter, Request

from bot.api.admin_schemas import SessionBody
from bot.api.state import administrators_of

router = APIRouter(prefix="/api", tags=["admin"])


@router.get("/session")
def session(request: Request) -> SessionBody:
    """Whether the token, or this machine, is the administrator's; a wrong token counts as a try."""
    return SessionBody(administrator=administrators_of(request).allows(request))
