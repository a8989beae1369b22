"""The program `clausewise`."""

import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points

import typer

from bot.commands.ask import ask
from bot.commands.docs import docs
from bot.commands.doctor import doctor
from bot.commands.ingest import ingest
from bot.commands.parts import Parts
from bot.commands.search import search
from bot.commands.serve import serve

_FURTHER_COMMANDS = "clausewise.commands"


def build_app(further: Iterable[EntryPoint] = ()) -> typer.Typer:
    """All commands, those of other packages included."""
    app = typer.Typer(
        name="clausewise",
        help="Answers about policy documents, every statement with the clause it stands on.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in (ingest, search, ask, serve):
        app.command()(command)
    app.add_typer(docs, name="docs")
    for point in further:
        app.add_typer(point.load(), name=point.name)
    app.command()(doctor)
    return app


def main(arguments: Sequence[str] | None = None, *, parts: Parts | None = None) -> None:
    """Runs a command; a known error becomes one message on stderr and exit code 1."""
    from bot.commands.environment import keep_only_the_known
    from bot.errors import BotError
    from ingest.errors import IngestError
    from vectorstore.errors import StoreError

    if parts is None:
        # Before any library is loaded that would read it; the process of whoever brings parts is theirs.
        keep_only_the_known()
    try:
        build_app(entry_points(group=_FURTHER_COMMANDS))(arguments, prog_name="clausewise", obj=parts)
    except (IngestError, StoreError, BotError) as error:
        sys.stderr.write(f"clausewise: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
