"""clausewise eval ablate: what each part of the way to an answer is worth."""

import typer

from bot.commands.options import settings_for
from eval.commands.options import DocumentsOption, HalfOption, RunsOption, SetArgument
from eval.commands.variants import ask_variants


def ablate(
    context: typer.Context,
    name: SetArgument,
    documents: DocumentsOption = None,
    half: HalfOption = None,
    runs: RunsOption = None,
) -> None:
    """Ask a set with one part left out at a time, and show what each is worth."""
    from eval.ablate import variants_of

    ask_variants(context, name, variants_of(settings_for(None)), documents=documents, half=half, runs=runs)
