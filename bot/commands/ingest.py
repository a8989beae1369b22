"""clausewise ingest: documents in, citable clauses out."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import DataOption, JsonOption, settings_for
from bot.commands.parts import parts_of
from bot.commands.paths import existing

if TYPE_CHECKING:
    from vectorstore.ingest_report import IngestReport


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH…",
            show_default=False,
            callback=existing,
            help="Files, folders and zip archives.",
        ),
    ] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
    samples: Annotated[bool, typer.Option("--samples", help="Add the fictional sample documents.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read and embed every document anew.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove documents whose files are no longer there.")
    ] = False,
    prune_most: Annotated[
        bool, typer.Option("--prune-most", help="Prune even if more than half of the files are gone.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes that read and parse.")] = 1,
) -> None:
    """Add documents to the index; what has not changed is left as it is."""
    from bot.commands.output import aside
    from bot.commands.progress import progress_on

    prune = prune or prune_most
    if not (paths or samples or rebuild or prune):
        raise typer.BadParameter("give a PATH, --samples, --rebuild or --prune")
    reports: list[IngestReport] = []
    with progress_on(aside()) as progress, _sample_folder(samples) as folder:
        indexer = parts_of(context).indexer(settings_for(data), progress)
        if rebuild:
            reports += indexer.rebuild(jobs=jobs, progress=progress)
        if prune:
            reports += indexer.prune(most=prune_most, progress=progress)
        if wanted := [*(paths or ()), *folder]:
            done = {os.path.realpath(report.path) for report in reports}
            added = indexer.index(wanted, jobs=jobs, progress=progress)
            reports += [report for report in added if os.path.realpath(report.path) not in done]
    _report(reports, as_json=as_json)
    if any(report.status == "failed" for report in reports):
        raise typer.Exit(1)


@contextmanager
def _sample_folder(samples: bool) -> Iterator[Sequence[Path]]:
    if not samples:
        yield ()
        return
    with resources.as_file(resources.files("ingest") / "samples") as folder:
        yield (folder,)


def _report(reports: Sequence["IngestReport"], *, as_json: bool) -> None:
    from bot.api.ingest_schemas import IngestBody
    from bot.commands.output import terminal, write_json

    if as_json:
        write_json(IngestBody.of(reports))
        return
    console = terminal()
    if not reports:
        console.print("no file found that could be read")
        return
    _print_table([report for report in reports if report.status != "skipped"])
    for report in reports:
        for warning in report.warnings:
            console.print(f"{report.path.name}: {warning}", markup=False, style="yellow")
        if report.error:
            console.print(report.error, markup=False, style="red")
    skipped = [report.path for report in reports if report.status == "skipped"]
    if skipped:
        console.print(f"skipped, no reader for their suffix: {', '.join(map(str, skipped))}", markup=False)
    counts = Counter(report.status for report in reports)
    console.print(", ".join(f"{count} {status}" for status, count in counts.items()))


def _print_table(reports: Sequence["IngestReport"]) -> None:
    from rich.table import Table
    from rich.text import Text

    from bot.commands.output import terminal

    if not reports:
        return
    colours = {
        "added": "green",
        "replaced": "green",
        "superseded": "yellow",
        "removed": "yellow",
        "failed": "red",
    }
    table = Table("file", "status", box=None, pad_edge=False)
    for heading in ("policies", "clauses", "facts", "pages", "warnings", "seconds"):
        table.add_column(heading, justify="right")
    for report in reports:
        table.add_row(
            Text(report.path.name),
            Text(report.status, style=colours.get(report.status, "bright_black")),
            *(str(count) for count in (report.policies, report.clauses, report.facts)),
            str(report.pages or ""),
            str(len(report.warnings) or ""),
            f"{report.seconds:.1f}",
        )
    terminal().print(table)
