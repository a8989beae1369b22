"""How the commands get at the parts they need; `bot.wiring` is imported when one is needed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.answering.asking import Asking
    from bot.settings import Settings
    from vectorstore.agreement import Agreement
    from vectorstore.catalog import Catalog
    from vectorstore.indexer import Indexer

# What is being done, steps done, steps in all.
Progress = Callable[[str, int, int], None]


def _catalog(settings: "Settings") -> "Catalog":
    from bot.wiring import open_catalog

    return open_catalog(settings)


def _agreement(settings: "Settings") -> "AbstractContextManager[Agreement]":
    from bot.wiring import open_agreement

    return open_agreement(settings)


def _indexer(settings: "Settings", progress: Progress | None) -> "Indexer":
    from bot.wiring import open_indexer

    return open_indexer(settings, progress=progress)


def _assistant(settings: "Settings", progress: Progress | None) -> "Asking":
    from bot.wiring import open_assistant

    return open_assistant(settings, progress=progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Opens the catalog, the vectors, the indexer and the assistant of a data folder; tests bring theirs."""

    catalog: "Callable[[Settings], Catalog]" = _catalog
    agreement: "Callable[[Settings], AbstractContextManager[Agreement]]" = _agreement
    indexer: "Callable[[Settings, Progress | None], Indexer]" = _indexer
    assistant: "Callable[[Settings, Progress | None], Asking]" = _assistant


def parts_of(context: typer.Context) -> Parts:
    """The parts the program was started with."""
    return context.obj if isinstance(context.obj, Parts) else Parts()


@contextmanager
def loading_assistant(context: typer.Context, settings: "Settings") -> "Iterator[Asking]":
    """The assistant for one question, which loads what it needs; says on stderr what takes long."""
    from bot.commands.output import aside
    from bot.commands.progress import progress_on

    with progress_on(aside()) as progress:
        assistant = parts_of(context).assistant(settings, progress)
        if assistant.catalog.policies():
            progress("loading the embedding model", 0, 1)
        yield assistant


def warm_assistant(context: typer.Context, settings: "Settings") -> "Asking":
    """The assistant with its model loaded; says on stderr what takes long."""
    from bot.commands.output import aside
    from bot.commands.progress import progress_on

    with progress_on(aside()) as progress:
        assistant = parts_of(context).assistant(settings, progress)
        if assistant.catalog.policies():
            progress("loading the embedding model", 0, 1)
            assistant.warm_up()
    return assistant
