"""The HTTP application: API, health and the web client."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from bot.answering.asking import Asking
from bot.api import admin, admin_explain, admin_questions, ask, facts, feedback, health, policies, session
from bot.api.administrator import Administrators
from bot.api.clients import Clients
from bot.api.described import DescribedApp
from bot.api.keeping import Keeping
from bot.api.pace import Pace
from bot.api.page import add_page
from bot.api.places import Places
from bot.api.problems import add_problem_handlers
from bot.api.readiness import Readiness
from bot.api.security import SecureHeaders
from bot.api.throttle import Throttle
from bot.documents.publishing import Publishing
from bot.settings import Settings

_PAGE = Path(__file__).parent.parent / "web" / "dist"
_OPENAPI = "/openapi.json"
_UPLOADS = "/api/admin/uploads/"
_WORTH_PACKING_BYTES = 1000
_LOGGED_EVERY_SECONDS = 60


def create_app(
    open_assistant: Callable[[], Asking],
    settings: Settings,
    publishing: Publishing,
    *,
    local_admin: bool = False,
) -> FastAPI:
    """The application; the assistant is opened in the background when serving begins.

    Where it cannot be opened yet, requests get 503 with the reason, and the next one tries again.
    `local_admin` lets this machine manage the documents without a token.
    """
    clients, keeping = Clients(settings.trusted_proxies), Keeping(settings.feedback)

    def open_tidy() -> Asking:
        assistant = open_assistant()
        keeping.tidy(assistant.catalog)
        return assistant

    readiness = Readiness(open_tidy)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        readiness.prepare()
        await run_in_threadpool(publishing.resume)
        yield
        await run_in_threadpool(publishing.close)

    app = _described(lifespan)
    app.state.readiness, app.state.settings, app.state.publishing = readiness, settings, publishing
    app.state.places = Places(settings.server.answers_at_once, settings.server.answers_waiting)
    app.state.clients, app.state.keeping = clients, keeping
    secret = settings.admin_token.get_secret_value()
    app.state.administrators = Administrators(secret, clients, local=local_admin)
    app.state.logged = Throttle(1, _LOGGED_EVERY_SECONDS, time.monotonic)
    for module in (ask, policies, facts, feedback, session, admin, admin_explain, admin_questions, health):
        app.include_router(module.router)
    add_page(app, _PAGE)
    # A stream of events is left as it is, so that each goes out at once.
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING_BYTES)
    app.add_middleware(SecureHeaders, larger={_UPLOADS: settings.limits.file_bytes})
    app.add_middleware(Pace, seconds=settings.server.body_seconds)
    add_problem_handlers(app)
    return app


def _described(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> DescribedApp:
    return DescribedApp(
        title="Clausewise",
        summary="Answers about policy documents, every statement with the clause it stands on.",
        version=_version(),
        # The one of FastAPI takes its scripts from elsewhere; the pages hold one of their own.
        docs_url=None,
        redoc_url=None,
        openapi_url=_OPENAPI,
        lifespan=lifespan,
    )


def _version() -> str:
    try:
        return version("clausewise")
    except PackageNotFoundError:
        return "0"
