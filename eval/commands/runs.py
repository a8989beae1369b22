"""clausewise eval runs: the kept runs."""

from typing import Annotated

import typer

from bot.commands.options import settings_for
from eval.commands.asking import runs_of, usage_errors
from eval.commands.options import RunsOption


def runs(
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show so many, newest first.")] = 20,
    folder: RunsOption = None,
) -> None:
    """List the kept runs, newest first."""
    from rich.table import Table
    from rich.text import Text

    from bot.commands.output import terminal
    from eval.tables import figure_text

    table = Table("run", "began", "cases", box=None, pad_edge=False)
    for heading in ("fact accuracy", "wrong", "p50"):
        table.add_column(heading, justify="right")
    table.add_column("what was particular")
    with usage_errors():
        kept = runs_of(settings_for(None), folder)
        found = kept.all()
    for run in found[:limit]:
        info = run.info
        shown = [("fact_accuracy", "share"), ("wrong_assertion", "share"), ("latency_p50", "ms")]
        figures = [
            figure_text(info.figures[name].value if name in info.figures else None, unit)  # type: ignore[arg-type]
            for name, unit in shown
        ]
        particular = [info.note, info.half or "", *info.options]
        if info.finished_at is None:
            particular.append(f"ended after {len(run.kept())} questions")
        table.add_row(
            Text(info.run_id),
            f"{info.began_at.astimezone():%Y-%m-%d %H:%M}",
            str(info.cases),
            *figures,
            Text(", ".join(filter(None, particular))),
        )
    if found:
        terminal().print(table)
    else:
        typer.echo(f"clausewise eval: {kept.how_to_begin()}", err=True)
