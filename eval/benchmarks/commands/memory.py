"""clausewise eval memory: what ingesting many documents needs."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import settings_for


def memory(
    documents: Annotated[int, typer.Option(min=1, help="How many documents are ingested.")] = 2000,
    every: Annotated[int, typer.Option(min=1, help="Documents between two figures.")] = 200,
) -> None:
    """Ingest synthetic documents and print the resident memory as their number grows."""
    from rich.table import Table

    from bot.commands.output import terminal
    from bot.wiring import open_indexer
    from eval.benchmarks.speed.memory import measure_memory
    from eval.commands.asking import kept_or_temporary

    settings = settings_for(None)
    table = Table("documents", "resident MB", box=None, pad_edge=False)
    with tempfile.TemporaryDirectory() as folder, kept_or_temporary(settings, None) as here:
        for point in measure_memory(
            lambda: open_indexer(here), Path(folder) / "documents", documents, every=every
        ):
            table.add_row(str(point.documents), f"{point.megabytes:.0f}")
    terminal().print(table)
