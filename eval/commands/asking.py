"""What the commands that ask a set have in common: its documents, its cases, an assistant over an index."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.commands.parts import parts_of

if TYPE_CHECKING:
    from bot.answering.asking import Asking
    from bot.settings import Settings
    from eval.bars import Bar
    from eval.cases import Case
    from eval.documents import Documents
    from eval.gates import Half
    from eval.runner import Progress
    from eval.runs import Runs

USAGE_ERROR = 2
_HALVES = ("development", "held_out")


@contextmanager
def usage_errors() -> Iterator[None]:
    """What cannot be done as asked ends with its message and exit code 2; 1 is for a missed bar."""
    from eval.errors import EvalError

    try:
        yield
    except EvalError as error:
        typer.echo(f"clausewise eval: {error}", err=True)
        raise typer.Exit(USAGE_ERROR) from error


def bars_of(least: Sequence[str], most: Sequence[str]) -> "list[Bar]":
    """The bars of the command line."""
    from eval.bars import read_bar
    from eval.metrics import metrics

    names = metrics().keys()
    return [read_bar(each, "min", names) for each in least] + [read_bar(each, "max", names) for each in most]


def half_named(name: str | None) -> "Half | None":
    """The half of this name."""
    if name is None:
        return None
    if name == "development":
        return "development"
    if name == "held_out":
        return "held_out"
    raise typer.BadParameter(f"expected one of {', '.join(_HALVES)}, found {name!r}", param_hint="--half")


@contextmanager
def documents_of(name: str, folder: Path | None, settings: "Settings") -> "Iterator[Documents]":
    """Where the documents of a set stand: beside it, in the samples, in the corpus, or in the folder."""
    from eval.documents import Documents
    from eval.sets import set_path

    with resources.as_file(resources.files("ingest") / "samples") as samples:
        beside = set_path(name).parent
        yield Documents(samples=samples, shared=settings.shared, beside=beside, folder=folder)


def cases_of(
    name: str, documents: "Documents", only: Sequence[str], half: "Half | None"
) -> "tuple[tuple[Case, ...], tuple[Case, ...]]":
    """All cases of the set, and those to ask."""
    from eval.cases import half_of, load_cases
    from eval.errors import UnknownCaseError
    from eval.sets import set_path

    cases = load_cases(set_path(name), documents)
    unknown = set(only) - {case.id for case in cases}
    if unknown:
        raise UnknownCaseError(f"--only {min(unknown)}: the set {name} has no case of this id")
    return cases, tuple(
        case for case in cases if (not only or case.id in only) and (half is None or half_of(case.id) == half)
    )


@contextmanager
def assistant_on(
    context: typer.Context, settings: "Settings", documents: "Documents", cases: "Sequence[Case]"
) -> "Iterator[tuple[Asking, Progress]]":
    """An assistant, its model loaded, on an index of the documents of all cases, whichever are asked.

    What else there is decides what is found, so that the index holds the documents of every case.
    """
    from bot.commands.output import aside
    from bot.commands.progress import progress_on
    from eval.runner import further_files, index

    parts = parts_of(context)
    named = {each.file for case in cases for each in (*case.evidence, *case.alternatives)}
    paths = documents.to_index(sorted(named))
    with progress_on(aside()) as progress:
        index(parts.indexer(settings, progress), paths, progress)
        assistant = parts.assistant(settings, progress)
        if further := further_files(assistant.catalog, paths):
            note = f"{settings.data}: answers may also come from {len(further)} documents outside the set"
            aside().print(note, markup=False, soft_wrap=True, style="yellow")
        progress("loading the embedding model", 0, 1)
        assistant.warm_up()
        yield assistant, progress


@contextmanager
def kept_or_temporary(settings: "Settings", data: Path | None) -> "Iterator[Settings]":
    """The settings with this data folder, or with one that is thrown away."""
    from bot.settings import StoreSettings

    # The model is the same wherever the documents are, and need not be built for each folder.
    models = settings.models_folder()
    if data is not None:
        yield settings.model_copy(update={"data": data, "models": models})
        return
    with tempfile.TemporaryDirectory(prefix="clausewise-eval-", ignore_cleanup_errors=True) as folder:
        # Vectors that are thrown away have no place on a server that others use.
        yield settings.model_copy(update={"data": Path(folder), "models": models, "store": StoreSettings()})


def runs_of(settings: "Settings", folder: Path | None) -> "Runs":
    """The kept runs: those of the folder, else those in the user's data folder."""
    from eval.runs import Runs

    return Runs(folder or settings.data / "eval-runs")
