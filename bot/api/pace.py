"""Clients that send or take too slowly are cut, so that they hold no connection, place or thread."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

# What comes at least this fast has all the time it needs: a large upload over a slow line.
_LEAST_BYTES_A_SECOND = 16_384


class Pace:
    """Bounds how long the body of a request may take to come, and a piece of the answer to be taken."""

    def __init__(self, app: ASGIApp, *, seconds: float) -> None:
        """`seconds` for a body, and more for what comes at a fair speed."""
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_in_time(message: Message) -> None:
            try:
                await asyncio.wait_for(send(message), self._seconds)
            except TimeoutError as error:
                # What the server raises itself when a client has gone.
                raise OSError("the client takes no more of the answer") from error

        await self._app(scope, self._in_time(receive), send_in_time)

    def _in_time(self, receive: Receive) -> Receive:
        clock = asyncio.get_running_loop().time
        began, received, whole = clock(), 0, False

        async def receive_in_time() -> Message:
            nonlocal received, whole
            if whole:
                return await receive()
            ends = began + self._seconds + received / _LEAST_BYTES_A_SECOND
            try:
                message = await asyncio.wait_for(receive(), max(0.0, ends - clock()))
            except TimeoutError as error:
                raise _too_slow(self._seconds) from error
            received += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            return message

        return receive_in_time


def _too_slow(seconds: float) -> HTTPException:
    detail = f"expected the body within {seconds:g} seconds; send it faster"
    return HTTPException(408, detail, headers={"Connection": "close"})


def protocol_with_header_limit(seconds: float) -> type[asyncio.Protocol]:
    """The protocol of the server, which cuts a connection whose next header takes longer than this."""

    class HeaderLimit(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        """Counts from the opening of the connection, later from the first byte after an answer."""

        _cut: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._cut = self.loop.call_later(seconds, transport.close)

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            if self._cut is None and (before is None or before.response_complete):
                self._cut = self.loop.call_later(seconds, self.transport.close)
            super().data_received(data)
            if self.cycle is not before:
                self._unset_cut()

        def connection_lost(self, exc: Exception | None) -> None:
            self._unset_cut()
            super().connection_lost(exc)

        def _unset_cut(self) -> None:
            if self._cut is not None:
                self._cut.cancel()
                self._cut = None

    return HeaderLimit
