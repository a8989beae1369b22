"""Options that several commands of `clausewise eval` take."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.paths import existing_folder

SetArgument = Annotated[
    str, typer.Argument(metavar="SET", help="A packaged set (see: eval list) or a .jsonl file of cases.")
]
DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        metavar="DIR",
        callback=existing_folder,
        help="Folder of the documents of the set.",
        show_default=False,
    ),
]
HalfOption = Annotated[
    str | None,
    typer.Option(
        "--half",
        metavar="HALF",
        help="Ask only the half drawn by the hash of the ids: development or held_out.",
        show_default=False,
    ),
]
RunsOption = Annotated[
    Path | None,
    typer.Option(
        "--runs",
        metavar="DIR",
        help="Folder of the kept runs; else eval-runs in the user's data folder (CLAUSEWISE_DATA).",
        show_default=False,
    ),
]
MinOption = Annotated[
    list[str] | None,
    typer.Option("--min", metavar="METRIC=VALUE", help="Fail below this figure.", show_default=False),
]
MaxOption = Annotated[
    list[str] | None,
    typer.Option("--max", metavar="METRIC=VALUE", help="Fail above this figure.", show_default=False),
]
