"""clausewise eval ablate: what each part of retrieval is worth."""

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
    """Ask a set with one part of retrieval left out at a time, and show what each is worth."""
    from eval.ablate import VARIANTS

    settings = settings_for(None)
    variants = {
        variant: settings.model_copy(update={"retrieval": retrieval})
        for variant, retrieval in VARIANTS.items()
    }
    ask_variants(context, name, variants, documents=documents, half=half, runs=runs)
