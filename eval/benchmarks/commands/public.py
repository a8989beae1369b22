"""clausewise eval public: published question sets."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.commands.options import DataOption, settings_for
from bot.commands.parts import parts_of

if TYPE_CHECKING:
    from bot.answering.asking import Asking
    from bot.settings import Settings
    from eval.runner import Progress

PublicSet = Literal["ncp", "legal_dc"]


def public(
    context: typer.Context,
    name: Annotated[PublicSet, typer.Argument(metavar="SET", help="ncp or legal_dc.")],
    data: DataOption = None,
    least: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="FIGURE=VALUE", help="Fail below this figure.", show_default=False),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write every result there.", show_default=False),
    ] = None,
) -> None:
    """Ask a published set of questions of its own documents; exit code 1 when a bar is missed.

    Its documents are indexed in the data folder, which should be of their own: laws take half an hour.
    Without --data they are indexed in a temporary folder.
    """
    from bot.commands.output import aside
    from bot.commands.progress import progress_on
    from eval.bars import read_bar
    from eval.errors import EvalError
    from eval.structure.command import show_figures

    settings = settings_for(data)
    if not (settings.shared / "benchmarks" / name).is_dir():
        message = f"{settings.shared}: expected the folder that holds benchmarks/; set CLAUSEWISE_SHARED"
        typer.echo(f"clausewise eval: {message}", err=True)
        raise typer.Exit(2)
    measure = {"ncp": _ncp, "legal_dc": _legal_dc}[name]
    with tempfile.TemporaryDirectory(prefix="clausewise-eval-") as folder, progress_on(aside()) as progress:
        here = settings.model_copy(
            update={"data": data or Path(folder) / "data", "models": settings.models_folder()}
        )
        figures, lines = measure(context, here, Path(folder), progress)
    try:
        bars = [read_bar(each, "min", figures) for each in least or ()]
    except EvalError as error:
        typer.echo(f"clausewise eval: {error}", err=True)
        raise typer.Exit(2) from error
    if json_file is not None:
        json_file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    show_figures(name, figures, bars)


Measured = tuple[dict[str, float | None], list[Mapping[str, Any]]]


def _assistant(
    context: typer.Context, settings: "Settings", paths: Sequence[Path], progress: "Progress"
) -> "Asking":
    from eval.runner import index

    parts = parts_of(context)
    index(parts.indexer(settings, progress), paths, progress)
    assistant = parts.assistant(settings, progress)
    assistant.warm_up()
    return assistant


def _ncp(context: typer.Context, settings: "Settings", folder: Path, progress: "Progress") -> Measured:
    from eval.benchmarks.public.ncp import ask_ncp, ncp_cases, ncp_figures, write_ncp_documents

    # Kept beside the data, so that a second run finds the same files unchanged.
    documents = settings.data / "ncp"
    write_ncp_documents(settings.shared, documents)
    assistant = _assistant(context, settings, [documents], progress)
    results = ask_ncp(
        ncp_cases(settings.shared), assistant, today=settings.day_of_asking(), progress=progress
    )
    return ncp_figures(results), [
        {
            "id": each.case.id,
            "question": each.case.question,
            "expected": each.case.answer,
            "statements": [statement.text for statement in each.answer.statements],
            "quote": each.answer.citations[0].quote if each.answer.citations else "",
            "rouge_l": max(each.statement_rouge, each.quote_rouge),
            "right_document": each.right_document,
        }
        for each in results
    ]


def _legal_dc(context: typer.Context, settings: "Settings", folder: Path, progress: "Progress") -> Measured:
    from eval.benchmarks.public.legal_dc import FOLDER, legal_cases, legal_figures, search_legal

    documents = settings.shared / FOLDER / "documents"
    assistant = _assistant(context, settings, [documents], progress)
    results = search_legal(
        legal_cases(settings.shared), assistant, today=settings.day_of_asking(), progress=progress
    )
    return legal_figures(results), [
        {
            "id": each.case.id,
            "question": each.case.question,
            "title": each.case.title,
            "gold": each.case.gold,
            "shares": each.shares,
            "found": [f"{hit.clause.policy_id} {hit.clause.locator}" for hit in each.found[:10]],
        }
        for each in results
    ]
