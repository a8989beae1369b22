"""The commands of `eval/benchmarks/`, and what stands in for them in a wheel, which lacks that folder."""

import typer

from eval.commands.asking import usage_errors

NAMES = ("public", "bench", "memory", "speed", "peers")
_FOLDER = ("eval.benchmarks", "eval.benchmarks.commands")
# Without the commands nobody knows which arguments they take.
_ANY_ARGUMENTS = {"ignore_unknown_options": True, "allow_extra_args": True}


def add_benchmarks(app: typer.Typer) -> None:
    """Adds the commands; without the folder, one of each name that says that it needs a checkout."""
    try:
        from eval.benchmarks.commands import COMMANDS
    except ModuleNotFoundError as error:
        if error.name not in _FOLDER:
            raise
        for name in NAMES:
            app.command(name=name, context_settings=_ANY_ARGUMENTS)(_needs_checkout)
        return
    for command in COMMANDS:
        app.command()(command)


def _needs_checkout(context: typer.Context) -> None:
    """Needs a checkout of the source; an installed wheel leaves the benchmarks out."""
    from eval.errors import CheckoutNeededError

    with usage_errors():
        raise CheckoutNeededError(
            f"{context.info_name}: expected the folder eval/benchmarks, found an installation without it; "
            "run the command in a checkout of the source, installed by: pip install --editable ."
        )
