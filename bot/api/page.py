"""GET / and /docs: the web client and the API browser, built from `bot/web` when the package is installed."""

from os import PathLike, stat_result
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.api.methods import KnownMethods
from bot.api.problems import problem, response_of

# The names of assets tell their content; the page that names them is asked for each time.
_ASSETS = "assets"
_DOCS, _DOCS_FILE = "/docs", "docs.html"
_FOREVER, _ALWAYS_ASKED = "public, max-age=31536000, immutable", "no-cache"


def add_page(app: FastAPI, folder: Path) -> None:
    """Serves the pages built in the folder; if they were not built, each says so."""
    if folder.is_dir():
        client = _Client(directory=folder, html=True)

        async def docs(request: Request) -> Response:
            return await client.get_response(_DOCS_FILE, request.scope)

        app.add_route(_DOCS, docs, include_in_schema=False)
        app.mount("/", KnownMethods(client, app.routes), name="page")
    else:
        for path in ("/", _DOCS):
            app.add_route(path, lambda _request: _not_built(), include_in_schema=False)
        app.mount("/", KnownMethods(None, app.routes), name="page")


class _Client(StaticFiles):
    """The files of the client, with how long a browser may keep them."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, or that the browser's is still the same."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        is_asset = Path(full_path).parent.name == _ASSETS
        response.headers["Cache-Control"] = _FOREVER if is_asset else _ALWAYS_ASKED
        return response


def _not_built() -> Response:
    how = "the web client is not built; install the package again: pip install --editable ."
    return response_of(problem(503, "page-not-built", how))
