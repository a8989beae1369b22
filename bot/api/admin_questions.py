"""/api/admin/questions: what had no answer or a bad one, for the administrator alone."""

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from bot.api.administrator import require_administrator
from bot.api.feedback_schemas import NoteLine, NoteList, place_of
from bot.api.problems import documented
from bot.api.state import assistant_of, keeping_of

router = APIRouter(
    prefix="/api/admin/questions",
    tags=["admin"],
    dependencies=[Depends(require_administrator)],
    responses=documented(403, 429),
)
_JSON_LINES = "application/jsonl"
# Seconds and the number of a note; the digits keep both within what they can be.
_LARGEST_ID = (1 << 63) - 1
_PLACE = r"^\d{1,11}-\d{1,18}$"


@router.get("", responses=documented(422, 503))
def questions(
    request: Request,
    limit: Annotated[int, Query(description="The most questions to give.", ge=1, le=200)] = 50,
    before: Annotated[
        str | None, Query(description="`next` of the page before.", pattern=_PLACE, max_length=30)
    ] = None,
) -> NoteList:
    """The questions without an answer and those whose answer was no help, newest first.

    A page has at most about half a MiB of them, however many it may have.
    """
    log, since = assistant_of(request).catalog.feedback, keeping_of(request).oldest()
    place = None if before is None else place_of(before)
    return NoteList.of(log.page(limit=limit, before=place, since=since), log.open_count(since=since))


@router.get(
    ".jsonl", response_class=Response, responses={200: {"content": {_JSON_LINES: {}}}, **documented(503)}
)
def exported_questions(request: Request) -> StreamingResponse:
    """All of them, one JSON object a line, as `clausewise eval import` reads them: see NoteLine."""
    log, since = assistant_of(request).catalog.feedback, keeping_of(request).oldest()

    pages = log.pages(since=since)
    # The first page is read before the response begins: what is wrong with the catalog has a status then.
    first = next(pages, ())

    def lines() -> Iterator[str]:
        for notes in chain([first], pages):
            yield "".join(NoteLine.of(note).model_dump_json() + "\n" for note in notes)

    name = 'attachment; filename="questions.jsonl"'
    return StreamingResponse(lines(), media_type=_JSON_LINES, headers={"Content-Disposition": name})


@router.post("/{note_id}/handled", status_code=204, responses=documented(404, 422, 503))
def handled(note_id: Annotated[int, Path(ge=0, le=_LARGEST_ID)], request: Request) -> None:
    """Takes a question off the list."""
    assistant_of(request).catalog.feedback.handle(note_id)
