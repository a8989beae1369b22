"""What a chat model reports of the tokens it used, told by LangChain whoever called the model."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, LLMResult
from langchain_core.tracers.context import register_configure_hook

from eval.results import Usage


class _Counter(BaseCallbackHandler):
    """Adds up what is reported, from whichever thread the model runs in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls = self.input_tokens = self.output_tokens = 0

    def on_llm_end(self, response: LLMResult, **_: Any) -> None:
        for generation in (each for row in response.generations for each in row):
            message = generation.message if isinstance(generation, ChatGeneration) else None
            used = message.usage_metadata if isinstance(message, AIMessage) else None
            with self._lock:
                self.calls += 1
                self.input_tokens += used["input_tokens"] if used else 0
                self.output_tokens += used["output_tokens"] if used else 0


_COUNTER: ContextVar[_Counter | None] = ContextVar("clausewise_usage", default=None)
register_configure_hook(_COUNTER, inheritable=True)


@contextmanager
def counted_usage() -> Iterator[Callable[[], Usage | None]]:
    """A function that tells what the block used of chat models so far; None without a call."""
    counter = _Counter()
    token = _COUNTER.set(counter)
    try:
        yield lambda: _usage(counter)
    finally:
        _COUNTER.reset(token)


def _usage(counter: _Counter) -> Usage | None:
    if not counter.calls:
        return None
    return Usage(calls=counter.calls, input_tokens=counter.input_tokens, output_tokens=counter.output_tokens)
