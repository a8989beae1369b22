"""/api/admin: the documents, for the administrator alone."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathPart
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from bot.api.admin_schemas import JobBody, SessionBody, UploadBody
from bot.api.administrator import require_administrator
from bot.api.problems import documented
from bot.api.state import assistant_of, day_of
from bot.documents.publishing import Publishing

router = APIRouter(
    prefix="/api/admin",
    tags=["admin"],
    dependencies=[Depends(require_administrator)],
    responses=documented(403, 429),
)
_ANY_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/session")
def session() -> SessionBody:
    """That the token is right; 403 where it is not."""
    return SessionBody(administrator=True)


@router.put("/uploads/{name}", openapi_extra=_ANY_FILE, responses=documented(422, 503))
async def upload(name: str, request: Request) -> UploadBody:
    """Takes a file of that name and tells what it holds; nothing is published."""
    staging = _publishing(request).staging
    placed = await run_in_threadpool(staging.place_for, name)
    try:
        # A disk may be slow, and others wait for the loop.
        file = await run_in_threadpool(placed.path.open, "wb")
        try:
            async for piece in request.stream():
                await run_in_threadpool(file.write, piece)
        finally:
            await run_in_threadpool(file.close)
        found = await run_in_threadpool(staging.read, placed)
        if await request.is_disconnected():
            raise ClientDisconnect
    except BaseException:
        # Nobody knows the id of what was broken off.
        await run_in_threadpool(staging.break_off, placed)
        raise
    return await run_in_threadpool(UploadBody.of, found, day_of(request))


@router.post("/uploads/{upload_id}/publish", status_code=202, responses=documented(404, 503))
def publish(
    upload_id: str,
    request: Request,
    replaces: Annotated[str | None, Query(description="The policy that goes when this one is in.")] = None,
) -> JobBody:
    """Publishes an uploaded file, in place of one of the same name; the job tells how far it is."""
    return JobBody.of(_publishing(request).publish(upload_id, replaces=replaces))


# One path has one name for its last part, whatever each method takes it for.
@router.delete("/uploads/{name}", status_code=204, responses=documented(404))
def discard(
    upload_id: Annotated[str, PathPart(alias="name", description="The id of the upload.")], request: Request
) -> None:
    """Deletes an upload that was not published."""
    _publishing(request).staging.discard(upload_id)


@router.delete("/policies/{policy_id}", status_code=202, responses=documented(404, 503))
def remove(policy_id: str, request: Request) -> JobBody:
    """Removes a policy; its file too where it was uploaded and held nothing else."""
    assistant_of(request).catalog.policy(policy_id)
    return JobBody.of(_publishing(request).remove(policy_id))


@router.post("/reindex", status_code=202, responses=documented(503))
def reindex(request: Request) -> JobBody:
    """Reads every indexed file again and embeds everything anew."""
    return JobBody.of(_publishing(request).rebuild())


@router.get("/jobs/{job_id}", responses=documented(404, 503))
def job(job_id: str, request: Request) -> JobBody:
    """How far a job is."""
    return JobBody.of(_publishing(request).job(job_id))


def _publishing(request: Request) -> Publishing:
    return cast(Publishing, request.app.state.publishing)
