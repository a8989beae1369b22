"""Options that several commands take, and the settings they make."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.paths import existing_questions

if TYPE_CHECKING:
    from bot.settings import Settings

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder of catalog, vectors and model; else CLAUSEWISE_DATA, else the user's data folder.",
        show_default=False,
    ),
]
OnOption = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d"],
        help="The day of asking; else CLAUSEWISE_TODAY, else today.",
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Write JSON to stdout and everything else to stderr.")
]
BatchOption = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        allow_dash=True,
        help='Read {"id", "question", "history"?} a line (- is stdin) and write one JSON answer a line.',
        show_default=False,
    ),
]
HistoryOption = Annotated[
    list[str] | None,
    typer.Option("--history", help="An earlier question; may be repeated, oldest first.", show_default=False),
]
RegionOption = Annotated[
    str | None, typer.Option("--region", help="Only documents of this region.", show_default=False)
]
PolicyOption = Annotated[
    list[str] | None,
    typer.Option("--policy", metavar="ID", help="Only this document; may be repeated.", show_default=False),
]


def check_usage(question: str | None, batch: Path | None, *, beside: Iterable[object]) -> None:
    """Refuses a question together with a batch, neither, and a batch with options that its lines name.

    PathError if the batch is no file of questions.
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a QUESTION or --batch FILE")
    if batch is not None and any(beside):
        raise typer.BadParameter("a batch names region, policy_ids and history in its lines, not as options")
    existing_questions(batch)


def settings_for(data: Path | None, on: datetime | None = None) -> "Settings":
    """The settings of the environment below those of the command line; SettingsError names a bad one.

    PathError if the data folder is a file.
    """
    from pydantic import ValidationError

    from bot.errors import PathError, SettingsError
    from bot.settings import Settings
    from ingest.opening import is_file

    given: dict[str, Path | date] = {}
    if data is not None:
        given["data"] = data
    if on is not None:
        given["today"] = on.date()
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        found = error.errors()[0]
        name = "CLAUSEWISE_" + "__".join(str(part).upper() for part in found["loc"])
        raise SettingsError(
            f"{name}: {found['msg']}, found {found['input']!r}; correct or unset it"
        ) from error
    if is_file(settings.data):
        raise PathError(f"{settings.data}: expected the folder of the data, found a file; name a folder")
    return settings
