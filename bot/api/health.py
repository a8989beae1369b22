"""GET /healthz and /readyz: for whoever watches the server."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.responses import JSONResponse

from bot.api.problems import documented, problem, response_of
from bot.api.state import readiness_of

router = APIRouter(tags=["health"])


class Status(BaseModel):
    """How the server is."""

    status: str


# On the loop itself, since every thread of the pool may be at work.
@router.get("/healthz")
async def healthz() -> Status:
    """The process answers."""
    return Status(status="ok")


@router.get("/readyz", response_model=Status, responses=documented(503))
def readyz(request: Request) -> Response:
    """Catalog and model are there: questions are answered at once."""
    missing = readiness_of(request).check()
    if missing is not None:
        return response_of(problem(503, "loading", missing))
    return JSONResponse({"status": "ready"})
