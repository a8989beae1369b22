"""clausewise doctor: what is missing on this machine, and what to do."""

from typing import Annotated

import typer

from bot.commands.options import DataOption, JsonOption, settings_for
from bot.commands.parts import parts_of


def doctor(
    context: typer.Context,
    data: DataOption = None,
    as_json: JsonOption = False,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="First embed again what lacks vectors, and remove foreign ones."),
    ] = False,
) -> None:
    """Check the installation and the data folder; exit code 1 when something has to be done."""
    from rich.text import Text

    from bot.commands.checklist import CheckList
    from bot.commands.checks import run_checks
    from bot.commands.output import aside, terminal, write_json
    from bot.commands.progress import progress_on
    from bot.commands.vector_checks import repaired

    settings, parts = settings_for(data), parts_of(context)
    with progress_on(aside()) as progress:
        checks = [repaired(settings, parts, progress)] if repair else []
        checks += run_checks(settings, parts, progress)
    if as_json:
        write_json(CheckList(checks=checks))
    else:
        signs = {"ok": ("ok  ", "green"), "note": ("note", "yellow"), "bad": ("BAD ", "bold red")}
        for check in checks:
            line = Text.assemble(signs[check.state], f" {check.name}: {check.found}")
            if check.advice:
                line.append(f"\n     → {check.advice}", style="yellow")
            terminal().print(line, soft_wrap=True)
    if any(check.state == "bad" for check in checks):
        raise typer.Exit(1)
