"""clausewise eval report: a kept run as one HTML file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import settings_for
from eval.commands.asking import runs_of, usage_errors
from eval.commands.options import RunsOption


def report(
    name: Annotated[
        str, typer.Argument(metavar="RUN", help="Id of a run, or an end of it that is its own, or `latest`.")
    ] = "latest",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Else report.html in the folder of the run.",
            show_default=False,
        ),
    ] = None,
    runs: RunsOption = None,
) -> None:
    """Write a kept run as one HTML file that opens without a network; its path goes to stdout."""
    from eval.intervals import figures_with_intervals
    from eval.report.page import report_page

    with usage_errors():
        run = runs_of(settings_for(None), runs).run(name)
    results = run.results()
    figures = run.info.figures or figures_with_intervals(results)
    file = output or run.folder / "report.html"
    if not file.absolute().parent.is_dir():
        raise typer.BadParameter(f"{file}: expected a file in a folder that exists", param_hint="--output")
    file.write_text(report_page(run.info, results, figures), encoding="utf-8")
    typer.echo(str(file))
