"""clausewise eval import: sets of others as cases."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from eval.commands.asking import usage_errors

_FormatArgument = Annotated[
    str, typer.Argument(metavar="FORMAT", help="ncp, legal_dc, squad (also CMRC), csv or feedback.")
]
_FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file to import.")]
_OutputOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Where the complete cases go.")
]
_DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Folder of the documents, where evidence is looked up.", show_default=False
    ),
]


def import_cases(
    form: _FormatArgument,
    file: _FileArgument,
    output: _OutputOption = Path("cases.jsonl"),
    documents: _DocumentsOption = None,
) -> None:
    """Turn the questions of another format into cases; drafts to be completed go into OUTPUT.drafts.jsonl.

    Documents that the format brings along are written into the folder of --documents, or one beside OUTPUT.
    """
    from eval.cases import case_json
    from eval.errors import ImportFileError
    from eval.evidence import EvidenceFinder
    from eval.importing import formats
    from eval.importing.conversion import converted

    with usage_errors():
        if form not in formats():
            raise ImportFileError(f"{form}: no such format; expected one of {', '.join(formats())}")
        imported = formats()[form].read(file)
        _check_names(imported.documents, file)
    folder = documents
    if imported.documents:
        folder = documents or output.with_name(f"{output.stem}_documents")
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in imported.documents.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    cases = converted(imported.questions, EvidenceFinder(folder))
    drafts = output.with_name(f"{output.stem}.drafts.jsonl")
    for path, chosen in (
        (output, [case for case in cases if not case.todo]),
        (drafts, [case for case in cases if case.todo]),
    ):
        if chosen:
            path.write_text("".join(f"{case_json(case)}\n" for case in chosen), encoding="utf-8")
        typer.echo(f"{path}: {len(chosen)} {'cases' if path == output else 'drafts'}", err=True)
    if folder is not None:
        typer.echo(f"score them with: clausewise eval run {output} --documents {folder}", err=True)


def _check_names(names: Iterable[str], file: Path) -> None:
    from eval.errors import ImportFileError

    for name in names:
        # A name out of somebody's file decides nothing about where is written.
        if Path(name).name != name or name.startswith("."):
            raise ImportFileError(f"{file}: expected a plain name of a document, found {name!r}")
