"""clausewise eval: sets of questions asked and scored."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.options import DataOption, settings_for
from bot.commands.parts import parts_of
from eval.bench.command import speed
from eval.peers.command import peers
from eval.public.command import public
from eval.structure.command import structure

if TYPE_CHECKING:
    from bot.settings import Settings
    from eval.bars import Bar
    from eval.cases import Case
    from eval.documents import Documents
    from eval.results import Result

app = typer.Typer(help="Ask sets of questions and score the answers.", no_args_is_help=True)
_USAGE_ERROR = 2
Half = Literal["development", "held_out"]
app.command()(structure)
app.command()(public)
app.command()(peers)
app.command()(speed)


@app.command(name="list")
def list_sets() -> None:
    """Show the packaged sets and the metrics."""
    from rich.table import Table
    from rich.text import Text

    from bot.commands.output import terminal
    from eval.metrics import metrics
    from eval.sets import packaged_sets

    sets = Table("set", "cases", box=None, pad_edge=False)
    for name, path in packaged_sets().items():
        sets.add_row(Text(name), str(sum(1 for line in path.read_bytes().split(b"\n") if line.strip())))
    table = Table("metric", "better", "what it is", box=None, pad_edge=False)
    for metric in metrics().values():
        better = "higher" if metric.HIGHER_IS_BETTER else "lower"
        definition = (metric.__doc__ or "").partition("\n")[0]
        table.add_row(Text(metric.NAME), better, Text(definition))
    terminal().print(sets, Text(), table, sep="\n")


@app.command()
def run(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="SET", help="samples, seeds, policies or a .jsonl file of cases.")
    ],
    documents: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the documents of the set.", show_default=False),
    ] = None,
    data: DataOption = None,
    least: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="METRIC=VALUE", help="Fail below this figure.", show_default=False),
    ] = None,
    most: Annotated[
        list[str] | None,
        typer.Option("--max", metavar="METRIC=VALUE", help="Fail above this figure.", show_default=False),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write the complete results there.", show_default=False),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Ask only this case.", show_default=False)
    ] = None,
    half: Annotated[
        Half | None,
        typer.Option(
            metavar="HALF",
            help="Ask only the half drawn by the hash of the ids: development or held_out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask every question of a set and score the answers; exit code 1 when a bar is missed.

    Without --data the documents are indexed in a temporary folder, with it in one that is kept for re-use.
    """
    from bot.commands.output import aside, terminal
    from eval.bars import misses
    from eval.metrics import figures
    from eval.report import shown
    from eval.schemas import scored_set

    settings = settings_for(None)
    if json_file is not None and not json_file.absolute().parent.is_dir():
        raise typer.BadParameter(f"{json_file}: expected a file in a folder that exists", param_hint="--json")
    with _usage_errors():
        bars = _bars(least or (), most or ())
    with _usage_errors(), _documents(name, documents, settings) as where:
        cases, chosen = _cases(name, where, only or (), half)
        results = _results(context, settings, data, where, cases, chosen)
    terminal().print(shown(name, results, bars))
    if json_file is not None:
        body = scored_set(name, settings.day_of_asking(), results, bars)
        json_file.write_text(body.model_dump_json(indent=2) + "\n", encoding="utf-8")
    missed = misses(bars, figures(results))
    for miss in missed:
        aside().print(miss, markup=False, soft_wrap=True, style="bold red")
    if missed:
        raise typer.Exit(1)


@app.command()
def ablate(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SET", help="samples, seeds, policies or a .jsonl file.")],
    documents: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the documents of the set.", show_default=False),
    ] = None,
    half: Annotated[
        Half | None, typer.Option(metavar="HALF", help="development or held_out.", show_default=False)
    ] = None,
) -> None:
    """Ask a set with one part of retrieval left out at a time, and show what each is worth."""
    from bot.commands.output import terminal
    from eval.ablate import VARIANTS, ablation_table

    settings = settings_for(None)
    runs: dict[str, tuple[Result, ...]] = {}
    with (
        _usage_errors(),
        _documents(name, documents, settings) as where,
        tempfile.TemporaryDirectory(prefix="clausewise-eval-", ignore_cleanup_errors=True) as folder,
    ):
        cases, chosen = _cases(name, where, (), half)
        for variant, retrieval in VARIANTS.items():
            # What is embedded differs without context, so that it has an index of its own.
            data = Path(folder) / ("context" if retrieval.context else "bare")
            varied = settings.model_copy(update={"retrieval": retrieval})
            runs[variant] = _results(context, varied, data, where, cases, chosen)
    terminal().print(ablation_table(f"{name}: {len(chosen)} cases", runs))


@contextmanager
def _usage_errors() -> Iterator[None]:
    """What cannot be scored as asked ends with its message and exit code 2; 1 is for a missed bar."""
    from eval.errors import EvalError

    try:
        yield
    except EvalError as error:
        typer.echo(f"clausewise eval: {error}", err=True)
        raise typer.Exit(_USAGE_ERROR) from error


def _bars(least: Sequence[str], most: Sequence[str]) -> "list[Bar]":
    from eval.bars import read_bar
    from eval.metrics import metrics

    names = metrics().keys()
    return [read_bar(each, "min", names) for each in least] + [read_bar(each, "max", names) for each in most]


@contextmanager
def _documents(name: str, folder: Path | None, settings: "Settings") -> "Iterator[Documents]":
    from eval.documents import Documents

    with resources.as_file(resources.files("ingest") / "samples") as samples:
        yield Documents(samples=samples, shared=settings.shared, beside=Path(name).parent, folder=folder)


def _cases(
    name: str, documents: "Documents", only: Sequence[str], half: Half | None
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


def _results(
    context: typer.Context,
    settings: "Settings",
    data: Path | None,
    documents: "Documents",
    cases: "Sequence[Case]",
    chosen: "Sequence[Case]",
) -> "tuple[Result, ...]":
    """Indexes the documents of all cases, whichever are asked: what else there is decides what is found."""
    from bot.commands.output import aside
    from bot.commands.progress import progress_on
    from eval.runner import CatalogSources, ask_all, further_files, index

    parts = parts_of(context)
    paths = documents.to_index(sorted({evidence.file for case in cases for evidence in case.evidence}))
    with _settings(settings, data) as here, progress_on(aside()) as progress:
        index(parts.indexer(here, progress), paths, progress)
        assistant = parts.assistant(here, progress)
        if further := further_files(assistant.catalog, paths):
            note = f"{here.data}: answers may also come from {len(further)} documents outside the set"
            aside().print(note, markup=False, soft_wrap=True, style="yellow")
        progress("loading the embedding model", 0, 1)
        assistant.warm_up()
        sources = CatalogSources(assistant.catalog)
        return ask_all(chosen, assistant, sources, today=settings.day_of_asking(), progress=progress)


@contextmanager
def _settings(settings: "Settings", data: Path | None) -> "Iterator[Settings]":
    from bot.settings import StoreSettings

    # The model is the same wherever the documents are, and need not be built for each folder.
    models = settings.models_folder()
    if data is not None:
        yield settings.model_copy(update={"data": data, "models": models})
        return
    with tempfile.TemporaryDirectory(prefix="clausewise-eval-", ignore_cleanup_errors=True) as folder:
        # Vectors that are thrown away have no place on a server that others use.
        yield settings.model_copy(update={"data": Path(folder), "models": models, "store": StoreSettings()})


@app.command()
def bench(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH…", help="Documents to ingest; the packaged samples without any."),
    ] = None,
    name: Annotated[str, typer.Option("--set", metavar="SET", help="Whose questions are asked.")] = "samples",
) -> None:
    """Time ingestion, listing and 100 served questions, and take the server's peak memory."""
    from rich.table import Table

    from bot.commands.output import terminal
    from eval.bench.program import measure_program
    from eval.sets import packaged_sets

    lines = packaged_sets()[name].read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()][:100]
    samples = Path(str(resources.files("ingest").joinpath("samples")))
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_program(paths or [samples], questions, Path(folder))
    table = Table("figure", "value", box=None, pad_edge=False)
    for figure in fields(figures):
        value = getattr(figures, figure.name)
        table.add_row(figure.name, "–" if value is None else f"{value:.2f}")
    terminal().print(table)


@app.command()
def memory(
    documents: Annotated[int, typer.Option(min=1, help="How many documents are ingested.")] = 2000,
    every: Annotated[int, typer.Option(min=1, help="Documents between two figures.")] = 200,
) -> None:
    """Ingest synthetic documents and print the resident memory as their number grows."""
    from rich.table import Table

    from bot.commands.output import terminal
    from bot.wiring import open_indexer
    from eval.bench.memory import measure_memory

    settings = settings_for(None)
    table = Table("documents", "resident MB", box=None, pad_edge=False)
    with tempfile.TemporaryDirectory() as folder, _settings(settings, None) as here:
        for point in measure_memory(
            lambda: open_indexer(here), Path(folder) / "documents", documents, every=every
        ):
            table.add_row(str(point.documents), f"{point.megabytes:.0f}")
    terminal().print(table)
