"""clausewise eval sweep: a set asked with several values of settings."""

from typing import Annotated

import typer

from bot.commands.options import settings_for
from eval.commands.asking import usage_errors
from eval.commands.options import DocumentsOption, HalfOption, RunsOption, SetArgument
from eval.commands.variants import ask_variants


def sweep(
    context: typer.Context,
    name: SetArgument,
    swept: Annotated[
        list[str],
        typer.Argument(
            metavar="SETTING=A,B,C…",
            help="A setting as in CLAUSEWISE_…, lower case with dots: retrieval.keyword=0.5,1,1.5.",
        ),
    ],
    documents: DocumentsOption = None,
    half: HalfOption = None,
    runs: RunsOption = None,
) -> None:
    """Ask a set with every combination of these values, and show the figures side by side."""
    from eval.sweep import combinations, read_axis
    from eval.variants import Variant

    settings = settings_for(None)
    with usage_errors():
        swept_settings = combinations([read_axis(each) for each in swept], settings)
    variants = {variant: Variant(varied) for variant, varied in swept_settings.items()}
    ask_variants(context, name, variants, documents=documents, half=half, runs=runs)
