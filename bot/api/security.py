"""Headers on every response, and a limit on what a request may carry."""

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A question has at most a few thousand characters; the rest is room for the history.
MOST_BODY_BYTES = 1 << 20
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class SecureHeaders:
    """Adds the headers to every response and refuses bodies that no question needs."""

    def __init__(self, app: ASGIApp, *, except_paths: frozenset[str]) -> None:
        """The excepted paths get no content security policy."""
        self._app = app
        self._except_paths = except_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    if name != "Content-Security-Policy" or scope["path"] not in self._except_paths:
                        headers[name] = value
            await send(message)

        await self._app(scope, _limited(receive), send_with_headers)


def _limited(receive: Receive) -> Receive:
    received = 0

    async def receive_up_to_limit() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MOST_BODY_BYTES:
            raise HTTPException(
                413, f"expected at most {MOST_BODY_BYTES} bytes; shorten the question or its history"
            )
        return message

    return receive_up_to_limit
