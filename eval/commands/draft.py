"""clausewise eval new: cases drafted from documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.asking import usage_errors

if TYPE_CHECKING:
    from eval.cases import Case
    from eval.documents import Documents
    from eval.drafting.review import Decisions


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", exists=True, file_okay=False, help="Folder of documents.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The set; what is accepted is added to it.")
    ] = Path("cases.jsonl"),
    drafts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Complete these drafts, as `eval import` wrote them.", show_default=False
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="Draft at most so many, spread over documents and kinds.")
    ] = 50,
    yes: Annotated[bool, typer.Option("--yes", help="Write every complete draft without asking.")] = False,
) -> None:
    """Draft cases from the facts and clauses of documents, to be accepted, edited or rejected one by one.

    Called again it goes on where it was: nothing is asked twice.
    """
    from bot.commands.output import aside
    from eval.documents import Documents
    from eval.drafting.review import Decisions, review
    from eval.evidence import EvidenceFinder

    if not output.absolute().parent.is_dir():
        raise typer.BadParameter(f"{output}: expected a file in a folder that exists", param_hint="--output")
    with usage_errors():
        proposed = _proposed(folder, drafts, limit)
        documents = Documents(samples=folder, shared=folder, folder=folder)
        decisions = Decisions(output=output)
        if yes:
            accepted = _accept_all(proposed, decisions, documents)
        else:
            finder = EvidenceFinder(folder)
            accepted = review(proposed, decisions, documents=documents, finder=finder, console=aside())
    typer.echo(f"{output}: {accepted} cases added", err=True)
    if output.exists():
        typer.echo(f"score them with: clausewise eval run {output} --documents {folder}", err=True)


def _proposed(folder: Path, drafts: Path | None, limit: int) -> "list[Case]":
    from eval.cases import load_drafts
    from eval.drafting.drafts import drafts_of, spread

    return list(load_drafts(drafts)) if drafts is not None else spread(list(drafts_of(folder)), limit)


def _accept_all(proposed: "list[Case]", decisions: "Decisions", documents: "Documents") -> int:
    from eval.cases import check_case
    from eval.errors import CaseError

    decided = decisions.decided()
    accepted = 0
    for case in proposed:
        if case.id in decided:
            continue
        try:
            check_case(case.id, case, documents)
        except CaseError as error:
            typer.echo(f"left out: {error}", err=True)
            continue
        decisions.accept(case)
        accepted += 1
    return accepted
