"""405 with the methods that there are: the pages stand at / and would take what no route of the API takes."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


class KnownMethods:
    """Stands before what takes all other paths, and refuses paths of the routes with a method they lack."""

    def __init__(self, app: ASGIApp | None, routes: Sequence[BaseRoute]) -> None:
        """`app` takes what belongs to none of the routes; without one that is 404."""
        self._app = app
        self._routes = tuple(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if allowed := [method for method in _METHODS if self._take(scope, method)]:
            raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
        if self._app is None:
            raise HTTPException(404)
        await self._app(scope, receive, send)

    def _take(self, scope: Scope, method: str) -> bool:
        asked = {**scope, "method": method}
        return any(route.matches(asked)[0] is Match.FULL for route in self._routes)
