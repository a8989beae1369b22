"""The way from question to answer as LangChain knows one: every step a Runnable, the retriever as well."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Generic, TypeVar

from langchain_core.runnables import Runnable, RunnableConfig

from bot.answer import Answer, Question
from bot.answering.assistant import Assistant
from bot.answering.attempt import Composed
from bot.answering.steps import Steps
from vectorstore.clause_retriever import ClauseRetriever

_Taken = TypeVar("_Taken")
_Given = TypeVar("_Given")


class Step(Runnable[_Taken, _Given], Generic[_Taken, _Given]):
    """One step; asks no tracer, whatever the environment names one."""

    def __init__(self, name: str, work: Callable[[_Taken], _Given]) -> None:
        """Takes what the step does."""
        self.name = name
        self._work = work

    def invoke(self, input: _Taken, config: RunnableConfig | None = None, **kwargs: Any) -> _Given:
        """What the step gives."""
        del config, kwargs
        return self._work(input)


class WriteStep(Step[Composed, Composed]):
    """The step that can be watched: its stream is the draft as it grows."""

    def __init__(self, steps: Steps) -> None:
        """Takes the steps that it is one of."""
        super().__init__("write", steps.written)
        self._write = steps.write

    def stream(
        self, input: Composed, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> Iterator[Composed]:
        """The draft as it grows, last the whole of it."""
        del config, kwargs
        return self._write(input)


class AnswerChain(Runnable[Question, Answer]):
    """All that `Assistant.ask` does, walked over Runnables.

    `understand | retrieve | read | compose | write | prove` takes one attempt from end to end.
    """

    def __init__(self, assistant: Assistant) -> None:
        """Walks the steps of the assistant."""
        steps = assistant.steps
        self.understand = Step("understand", steps.understand)
        self.retrieve = Step("retrieve", steps.retrieve)
        self.read = Step("read", steps.read)
        self.compose = Step("compose", steps.compose)
        self.write = WriteStep(steps)
        self.prove = Step("prove", steps.prove)
        self.retriever = ClauseRetriever(retriever=assistant.retriever, catalog=assistant.catalog)
        walked = Steps(
            understand=self.understand.invoke,
            retrieve=self.retrieve.invoke,
            read=self.read.invoke,
            compose=self.compose.invoke,
            write=self.write.stream,
            prove=self.prove.invoke,
        )
        self._assistant = replace(assistant, steps=walked)

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The proven answer."""
        del config, kwargs
        return self._assistant.ask(input)
