"""clausewise eval speed: where the time goes, and how it grows with the catalog."""

import tempfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import settings_for

if TYPE_CHECKING:
    from rich.table import Table

    from bot.commands.parts import Progress
    from bot.settings import Settings
    from eval.benchmarks.speed.growth import Point
    from vectorstore.search import Embedder

_SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
_REAL_CLAUSES = 500
_QUESTIONS = 40
_RANDOM = (
    "Vectors are random, drawn by the hash of each text, because the embedder is not what is measured "
    "here: no two are near one another, so an index of neighbours has its hardest work."
)
_DOCUMENTS = (
    "Documents have the structure of the packaged samples, each with a place, number, figures and nouns of "
    "its own; the questions are those on the samples, asked of these places."
)


def speed(
    clauses: Annotated[
        int, typer.Option(min=_SIZES[0], help="How far the catalog grows; 1000000 takes hours.")
    ] = 100_000,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the growth there, as a page of HTML; anew at each size.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Time each step of ingesting and asking, first with the embedding model, then as the catalog grows."""
    from bot.commands.output import aside, terminal
    from bot.commands.progress import progress_on
    from bot.wiring import open_embedder
    from eval.benchmarks.speed.growth import orders
    from eval.benchmarks.speed.plot import growth_page
    from eval.benchmarks.speed.random_embedder import RandomEmbedder

    settings = settings_for(None)
    sizes = [size for size in _SIZES if size <= clauses]
    with progress_on(aside()) as progress:
        # First, so that no model is in the memory that is measured.
        grown: list[Point] = []
        for point in _measured(sizes, RandomEmbedder(), settings, progress):
            grown.append(point)
            if plot is not None:
                page = growth_page(grown, orders(grown), [_DOCUMENTS, _RANDOM])
                plot.write_text(page, encoding="utf-8")
        embedder = open_embedder(settings, progress=progress)
        embedder.warm_up()
        real = list(_measured([_REAL_CLAUSES], embedder, settings, progress))
    powers = orders(grown)
    terminal().print(f"With the embedding model {embedder.fingerprint}; {_DOCUMENTS}", soft_wrap=True)
    terminal().print(_steps(real))
    terminal().print(_RANDOM, soft_wrap=True)
    terminal().print(_steps(grown), _powers(powers), sep="\n")


def _measured(
    sizes: Sequence[int], embedder: "Embedder", settings: "Settings", progress: "Progress"
) -> "Iterator[Point]":
    from eval.benchmarks.speed.growth import GrowingLibrary
    from eval.benchmarks.speed.synthetic import SyntheticDocuments

    folder = resources.files("ingest") / "samples"
    samples = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".txt")), key=lambda each: each.name
    )
    texts = [each.read_text("utf-8") for each in samples]
    with tempfile.TemporaryDirectory(prefix="clausewise-speed-", ignore_cleanup_errors=True) as where:
        library = GrowingLibrary(SyntheticDocuments(texts), embedder, settings, Path(where))
        yield from library.points(sizes, _questions(), progress)


def _questions() -> list[str]:
    """So many questions on the samples, from all of the set."""
    import json

    from eval.sets import packaged_sets

    lines = [line for line in packaged_sets()["samples"].read_text("utf-8").split("\n") if line.strip()]
    questions = [str(json.loads(line)["question"]) for line in lines]
    return questions[:: max(1, len(questions) // _QUESTIONS)]


def _steps(points: "Sequence[Point]") -> "Table":
    from rich.table import Table

    from eval.benchmarks.speed.growth import INGEST_STEPS, QUERY_STEPS

    sizes = [f"{point.clauses:,}" for point in points]
    table = Table("clauses", *sizes, box=None, pad_edge=False)
    for step in INGEST_STEPS:
        values = [f"{point.ingest_ms_per_clause[step]:.3f}" for point in points]
        table.add_row(f"ingest {step}, ms a clause", *values)
    rates = [f"{1000 / sum(point.ingest_ms_per_clause.values()):.0f}" for point in points]
    table.add_row("ingested clauses a second", *rates)
    for step in QUERY_STEPS:
        table.add_row(f"question {step}, ms", *(f"{point.query_ms[step]:.1f}" for point in points))
    table.add_row("question p50, ms", *(f"{point.query_p50_ms:.1f}" for point in points))
    table.add_row("question p95, ms", *(f"{point.query_p95_ms:.1f}" for point in points))
    table.add_row("first after a change, ms", *(f"{point.first_question_ms:.1f}" for point in points))
    table.add_row("memory, MB", *(f"{point.resident_mb:.0f}" for point in points))
    table.add_row("disk, MB", *(f"{point.disk_mb:.0f}" for point in points))
    return table


def _powers(powers: "dict[str, float]") -> "Table":
    from rich.table import Table

    title = "grows with the power (linear ingestion 1, a question at the same cost 0)"
    table = Table("", title, box=None, pad_edge=False)
    for name, power in powers.items():
        table.add_row(name, f"{power:.2f}")
    return table
