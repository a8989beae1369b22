"""clausewise eval bench: how fast the installed program is."""

import json
import tempfile
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.paths import existing


def bench(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH…",
            callback=existing,
            help="Documents to ingest; the packaged samples without any.",
        ),
    ] = None,
    name: Annotated[str, typer.Option("--set", metavar="SET", help="Whose questions are asked.")] = "samples",
) -> None:
    """Time ingestion, listing and 100 served questions, and take the server's peak memory."""
    from rich.table import Table

    from bot.commands.output import terminal
    from eval.benchmarks.speed.program import measure_program
    from eval.commands.asking import usage_errors
    from eval.sets import set_path

    with usage_errors():
        lines = set_path(name).read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()][:100]
    samples = Path(str(resources.files("ingest").joinpath("samples")))
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_program(paths or [samples], questions, Path(folder))
    table = Table("figure", "value", box=None, pad_edge=False)
    for figure in fields(figures):
        value = getattr(figures, figure.name)
        table.add_row(figure.name, "–" if value is None else f"{value:.2f}")
    terminal().print(table)
