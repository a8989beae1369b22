"""clausewise docs check: what parsing would give, without storing anything."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import DataOption, JsonOption, OnOption, settings_for
from bot.commands.paths import existing

if TYPE_CHECKING:
    from ingest.policy import Policy


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", callback=existing, help="Files, folders and zip archives."),
    ],
    data: DataOption = None,
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what files would give, without storing anything."""
    from bot.api.policy_schemas import CheckBody
    from bot.commands.documents import policy_tree
    from bot.commands.output import aside, terminal, write_json
    from ingest.errors import IngestError
    from ingest.input_files import listed
    from ingest.parse import parse

    settings = settings_for(data, on)
    day = settings.day_of_asking()
    policies: list[Policy] = []
    errors: list[str] = []
    for file in listed(paths, settings.limits):
        if not file.known:
            continue
        try:
            policies += parse(file.read(settings.limits))
        except IngestError as error:
            errors.append(str(error))
    found = CheckBody.of(policies, day, errors)
    if as_json:
        write_json(found)
    else:
        for policy in policies:
            terminal().print(policy_tree(policy, day))
        for warning in found.warnings:
            aside().print(warning, markup=False, style="yellow")
    for message in errors:
        aside().print(message, markup=False, style="red")
    if errors:
        raise typer.Exit(1)
