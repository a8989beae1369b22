"""Headers on every response, and a limit on what a request may carry."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A question has at most a few thousand characters; the rest is room for the history.
MOST_BODY_BYTES = 1 << 20
# Components write their styles into the page. That harms little: a style can load nothing from elsewhere.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class SecureHeaders:
    """Adds the headers to every response and refuses bodies that no question needs."""

    def __init__(self, app: ASGIApp, *, larger: Mapping[str, int]) -> None:
        """`larger` gives limits in bytes by prefix of the path."""
        self._app = app
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
            await send(message)

        await self._app(scope, _limited(receive, self._most_bytes(scope["path"])), send_with_headers)

    def _most_bytes(self, path: str) -> int:
        limits = (limit for prefix, limit in self._larger.items() if path.startswith(prefix))
        return max(limits, default=MOST_BODY_BYTES)


def _limited(receive: Receive, most_bytes: int) -> Receive:
    received = 0

    async def receive_up_to_limit() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most_bytes:
            raise HTTPException(413, f"expected at most {most_bytes} bytes; send less at once")
        return message

    return receive_up_to_limit
