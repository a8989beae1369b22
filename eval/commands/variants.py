"""Asks a set once for each variant of the assistant; each run is kept."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.commands.options import settings_for
from eval.commands.asking import assistant_on, cases_of, documents_of, half_named, runs_of, usage_errors

if TYPE_CHECKING:
    from eval.variants import Variant


def ask_variants(
    context: typer.Context,
    name: str,
    variants: "Mapping[str, Variant]",
    *,
    documents: Path | None,
    half: str | None,
    runs: Path | None,
) -> None:
    """Shows the figures of each variant; those that differ in what is embedded get an index of their own."""
    from bot.commands.output import terminal
    from eval.program import ingestion_key
    from eval.scoring import Work, score
    from eval.variants import table_of_variants

    settings = settings_for(None)
    figures = {}
    with (
        usage_errors(),
        documents_of(name, documents, settings) as where,
        tempfile.TemporaryDirectory(prefix="clausewise-eval-", ignore_cleanup_errors=True) as folder,
    ):
        cases, chosen = cases_of(name, where, (), half_named(half))
        for variant, varied in variants.items():
            data = Path(folder) / ingestion_key(varied.settings)
            here = varied.settings.model_copy(update={"data": data, "models": settings.models_folder()})
            work = Work(
                set=name,
                cases=chosen,
                today=settings.day_of_asking(),
                half=half_named(half),
                note=variant,
                changed=variant if varied.change else "",
            )
            with assistant_on(context, here, where, cases) as (assistant, progress):
                scored = score(work, varied.of(assistant), here, runs_of(settings, runs), progress=progress)
            figures[variant] = scored.figures
    terminal().print(table_of_variants(f"{name}: {len(chosen)} cases", figures))
