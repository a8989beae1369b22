"""A chat model's words as they come, with one deadline for whatever it does."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from bot.errors import ChatModelError, ChatModelTrouble

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessage

# A model that cannot be cancelled is left alone this long after the deadline.
_GRACE_SECONDS = 0.5
_TOO_MANY_REQUESTS = 429


class ChatModelStream:
    """Streams from a LangChain chat model in an event loop of its own, where a deadline can cancel it.

    Safe to share between threads; the model is opened at the first question.
    """

    def __init__(self, open_model: Callable[[], "BaseChatModel"]) -> None:
        """Takes what opens the model."""
        self._open_model = open_model
        self._model: BaseChatModel | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def pieces(self, messages: Sequence["BaseMessage"], *, deadline: float) -> Iterator[str]:
        """The words as they come; `deadline` is of `time.monotonic`. ChatModelError says what went wrong."""
        told: SimpleQueue[str | ChatModelError | None] = SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(self._tell(messages, deadline, told), self._running())
        try:
            while (piece := _next(told, deadline)) is not None:
                yield piece
        finally:
            task.cancel()

    def close(self) -> None:
        """Ends the event loop; a later question starts a new one."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    async def _tell(
        self,
        messages: Sequence["BaseMessage"],
        deadline: float,
        told: SimpleQueue[str | ChatModelError | None],
    ) -> None:
        from langsmith import tracing_context

        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                # What is asked goes to the model of the settings, and nowhere else.
                with tracing_context(enabled=False):
                    async for chunk in self._opened().astream(list(messages)):
                        if words := str(chunk.text):
                            told.put(words)
            told.put(None)
        except TimeoutError:
            told.put(ChatModelError("slow"))
        # LangChain's own error for a stream without a single chunk.
        except ValueError as error:
            told.put(ChatModelError("empty", str(error)))
        # Each provider raises exceptions of its own; whatever it was, the extractive answer stands.
        except Exception as error:
            told.put(ChatModelError(_trouble(error), str(error)))

    def _opened(self) -> "BaseChatModel":
        if self._model is None:
            self._model = self._open_model()
        return self._model

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="chat-model", daemon=True)
                self._thread.start()
            return self._loop


def _next(told: SimpleQueue[str | ChatModelError | None], deadline: float) -> str | None:
    try:
        piece = told.get(timeout=max(0.0, deadline - time.monotonic()) + _GRACE_SECONDS)
    except Empty:
        raise ChatModelError("slow") from None
    if isinstance(piece, ChatModelError):
        raise piece
    return piece


def _trouble(error: BaseException) -> ChatModelTrouble:
    """Which trouble an exception of any provider means, by the HTTP status or the names along its causes."""
    status = getattr(error, "status_code", None)
    if status == _TOO_MANY_REQUESTS:
        return "busy"
    if status is not None:
        return "failed"
    names = []
    cause: BaseException | None = error
    while cause is not None:
        names.append(type(cause).__name__)
        cause = cause.__cause__
    if any("Timeout" in name for name in names):
        return "slow"
    return "unreachable" if any("Connect" in name for name in names) else "failed"
