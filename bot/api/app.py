"""The HTTP application: API, health and the chat page."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from bot.api import ask, health, policies
from bot.api.problems import add_problem_handlers
from bot.api.readiness import Readiness
from bot.api.security import SecureHeaders
from bot.asking import Asking
from bot.settings import Settings

_PAGE = Path(__file__).parent.parent / "web"
# The API browser of FastAPI takes its scripts from elsewhere and would not work under the policy of the page.
_DOCS, _OPENAPI = "/docs", "/openapi.json"


def create_app(open_assistant: Callable[[], Asking], settings: Settings) -> FastAPI:
    """The application; the assistant is opened in the background when serving begins.

    Where it cannot be opened yet, requests get 503 with the reason, and the next one tries again.
    """
    readiness = Readiness(open_assistant)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        readiness.prepare()
        yield

    app = FastAPI(
        title="Clausewise",
        summary="Answers about policy documents, every statement with the clause it stands on.",
        version=_version(),
        docs_url=_DOCS,
        redoc_url=None,
        openapi_url=_OPENAPI,
        lifespan=lifespan,
    )
    app.state.readiness = readiness
    app.state.settings = settings
    for module in (ask, policies, health):
        app.include_router(module.router)
    app.mount("/", StaticFiles(directory=_PAGE, html=True), name="page")
    app.add_middleware(SecureHeaders, except_paths=frozenset({_DOCS}))
    add_problem_handlers(app)
    return app


def _version() -> str:
    try:
        return version("clausewise")
    except PackageNotFoundError:
        return "0"
