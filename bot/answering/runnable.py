"""The assistant as a part of LangChain chains."""

from collections.abc import Callable
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from bot.answer import Answer, Question


class AnswerChain(Runnable[Question, Answer]):
    """From question to answer; asks no tracer, whatever the environment names one."""

    def __init__(self, ask: Callable[[Question], Answer]) -> None:
        """Takes what answers."""
        self._ask = ask

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The proven answer."""
        del config, kwargs
        return self._ask(input)
