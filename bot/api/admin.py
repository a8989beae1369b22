"""/api/admin: the documents and the questions left open, for the administrator alone."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from bot.api.admin_schemas import JobBody, SessionBody, UploadBody
from bot.api.administrator import require_administrator
from bot.api.feedback_schemas import NoteLine, NoteList
from bot.api.problems import documented
from bot.api.state import assistant_of, day_of
from bot.publishing import Publishing

router = APIRouter(
    prefix="/api/admin",
    tags=["admin"],
    dependencies=[Depends(require_administrator)],
    responses=documented(403),
)
_ANY_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_JSON_LINES = "application/jsonl"


@router.get("/session")
def session() -> SessionBody:
    """That the token is right; 403 where it is not."""
    return SessionBody(administrator=True)


@router.put("/uploads/{name}", openapi_extra=_ANY_FILE, responses=documented(413, 422))
async def upload(name: str, request: Request) -> UploadBody:
    """Takes a file of that name and tells what it holds; nothing is published."""
    staging = _publishing(request).staging
    placed = await run_in_threadpool(staging.place_for, name)
    try:
        with placed.path.open("wb") as file:
            async for piece in request.stream():
                # A disk may be slow, and others wait for the loop.
                await run_in_threadpool(file.write, piece)
        found = await run_in_threadpool(staging.read, placed)
    except BaseException:
        staging.discard(placed.upload_id)
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


@router.delete("/uploads/{upload_id}", status_code=204, responses=documented(404))
def discard(upload_id: str, request: Request) -> None:
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


@router.get("/jobs/{job_id}", responses=documented(404))
def job(job_id: str, request: Request) -> JobBody:
    """How far a job is."""
    return JobBody.of(_publishing(request).job(job_id))


@router.get("/questions", responses=documented(503))
def questions(request: Request) -> NoteList:
    """The questions without an answer and those whose answer was no help, newest first."""
    return NoteList.of(assistant_of(request).catalog.feedback.open_notes())


@router.get(
    "/questions.jsonl",
    response_class=Response,
    responses={200: {"content": {_JSON_LINES: {}}}, **documented(503)},
)
def exported_questions(request: Request) -> Response:
    """The same, one JSON object a line, as `clausewise eval import` reads them: see NoteLine."""
    notes = assistant_of(request).catalog.feedback.open_notes()
    lines = [NoteLine.of(note).model_dump_json() + "\n" for note in notes]
    name = 'attachment; filename="questions.jsonl"'
    return Response("".join(lines), media_type=_JSON_LINES, headers={"Content-Disposition": name})


@router.post("/questions/{note_id}/handled", status_code=204, responses=documented(404, 503))
def handled(note_id: int, request: Request) -> None:
    """Takes a question off the list."""
    assistant_of(request).catalog.feedback.handle(note_id)


def _publishing(request: Request) -> Publishing:
    return cast(Publishing, request.app.state.publishing)
