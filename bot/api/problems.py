"""One table: error → HTTP status and problem body (RFC 9457)."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from bot import errors as bot
from bot.api.public_details import public_detail, without_paths
from bot.api.state import administrators_of
from bot.api.throttle import Throttle
from ingest.errors import IngestError
from vectorstore import errors as store

_TABLE: Mapping[type[Exception], tuple[int, str]] = {
    bot.EmptyQuestionError: (422, "empty-question"),
    bot.UnreadableQuestionError: (422, "unreadable-question"),
    bot.QuestionTooLongError: (413, "question-too-long"),
    bot.UnknownRegionError: (422, "unknown-region"),
    bot.NoDocumentsError: (503, "no-documents"),
    bot.TooManyRequestsError: (429, "too-many-requests"),
    bot.NotAdministratorError: (403, "not-administrator"),
    bot.TooManyWaitingError: (503, "too-many-waiting"),
    bot.UploadNameError: (422, "upload-name"),
    bot.UnknownUploadError: (404, "unknown-upload"),
    bot.UnknownJobError: (404, "unknown-job"),
    store.UnknownNoteError: (404, "unknown-note"),
    store.UnknownPolicyError: (404, "unknown-policy"),
    store.UnknownClauseError: (404, "unknown-clause"),
    store.CatalogMissingError: (503, "no-documents"),
    store.CatalogVersionError: (503, "catalog-version"),
    store.CorruptCatalogError: (503, "catalog-corrupt"),
    store.CatalogBusyError: (503, "catalog-busy"),
    store.DiskFullError: (503, "disk-full"),
    store.ReadOnlyFolderError: (503, "folder-read-only"),
    store.VectorsDifferError: (503, "vectors-differ"),
    store.EmbedderMismatchError: (503, "embedder-mismatch"),
    store.EmbedderUnavailableError: (503, "embedder-unavailable"),
    store.StoreError: (503, "store-unavailable"),
    bot.BotError: (500, "misconfigured"),
    IngestError: (500, "unreadable-document"),
}
_RETRY_SECONDS = 5
_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong and what to do, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


def problem(status: int, name: str, detail: str) -> Problem:
    """The problem of that name."""
    return Problem(
        type=f"urn:clausewise:problem:{name}", title=HTTPStatus(status).phrase, status=status, detail=detail
    )


def problem_of(error: Exception) -> Problem:
    """The problem the table gives for the error; its message is the detail, for the administrator."""
    for kind in type(error).__mro__:
        if kind in _TABLE:
            status, name = _TABLE[kind]
            return problem(status, name, str(error))
    return problem(500, "internal", "something went wrong inside Clausewise; its log says what")


def public_problem_of(error: Exception) -> Problem:
    """The same for a stranger: it names no path of this machine."""
    found = problem_of(error)
    if found.type.endswith(":internal"):
        return found
    return found.model_copy(update={"detail": public_detail(error)})


def problem_for(request: Request, error: Exception) -> Problem:
    """The problem for whoever asks; what a stranger is not told goes into the log."""
    told, public = problem_of(error), public_problem_of(error)
    if told == public or administrators_of(request).allows(request):
        return told
    said = f"{told.type}: {told.detail}"
    # Strangers may ask as often as they like; the log tells it once a minute.
    if not cast(Throttle, request.app.state.logged).take(said):
        _log.warning("%s", said)
    return public


def response_of(found: Problem, *, retry_after: int = _RETRY_SECONDS) -> JSONResponse:
    """The problem as a response."""
    waits = found.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)
    headers = {"Retry-After": str(retry_after)} if waits else None
    return JSONResponse(found.model_dump(), found.status, headers=headers, media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The problem responses of a route, for the OpenAPI document."""
    content: dict[str, object] = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def add_problem_handlers(app: FastAPI) -> None:
    """Makes every error of the application a problem body."""
    for kind in (*_TABLE, Exception):
        app.add_exception_handler(kind, _typed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)


def _typed(request: Request, error: Exception) -> JSONResponse:
    wait = error.wait_seconds if isinstance(error, bot.TooManyRequestsError) else _RETRY_SECONDS
    return response_of(problem_for(request, error), retry_after=wait)


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = "; ".join(
        f"{'.'.join(str(part) for part in each['loc'][1:]) or 'body'}: {each['msg']}"
        for each in error.errors()
    )
    return response_of(problem(422, "invalid-request", f"{found}; /openapi.json describes what is expected"))


def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    refused = response_of(problem(error.status_code, "refused", without_paths(str(error.detail))))
    refused.headers.update(error.headers or {})
    return refused
