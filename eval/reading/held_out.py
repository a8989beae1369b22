"""Writes the written questions of held-out documents as a set with its documents: `reader_cases`.

`clausewise eval calibrate` and `eval run` ask them as any set; the reader saw none of the documents.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.question.measures import is_of_a_date
from bot.settings import Settings
from eval.cases import EDGE, Case, Evidence, case_json
from eval.folding import find_folded, fold, holds
from eval.reading.examples import Example, Marked
from eval.reading.groups import part_of
from eval.reading.sources import Library, written_examples
from ingest.errors import IngestError
from ingest.input_files import read_file
from ingest.numerals import find_quantities, same_quantity
from ingest.source import SourceDocument

app = typer.Typer(add_completion=False)

_DOCUMENTS = "documents"  # the folder beside the cases, as they name it


@app.command()
def reader_cases(
    output: Annotated[Path, typer.Argument(help="The folder for the documents and cases.jsonl.")],
    part: Annotated[Literal["validation", "sealed"], typer.Option(help="Which documents.")] = "validation",
    most: Annotated[
        int, typer.Option(help="As many questions at most, drawn by the hash of their ids.")
    ] = 400,
) -> None:
    """Write written questions on documents that the reader was not trained on as cases."""
    library = Library(Settings().shared)
    documents = output / _DOCUMENTS
    if documents.exists():
        # What stands there from another time would be counted in.
        raise typer.BadParameter(f"{documents}: expected no such folder yet; name another or delete it")
    documents.mkdir(parents=True)
    examples = [each for each in written_examples(library) if part_of(each.document) == part]
    cases = cases_of(examples, library, documents)
    drawn = sorted(cases, key=lambda case: sha256(case.id.encode()).digest())[:most]
    lines = [case_json(case) for case in sorted(drawn, key=lambda case: case.id)]
    (output / "cases.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    typer.echo(
        f"{len(drawn)} of {len(cases)} questions in {output}, on {len(list(documents.iterdir()))} documents"
    )


def cases_of(examples: Iterable[Example], library: Library, folder: Path) -> list[Case]:
    """The examples as cases on copies of their documents, which are put in the folder.

    Left out are those whose words do not stand in the document as they are marked.
    """
    copied = lru_cache(maxsize=None)(lambda name: _copied(library, name, folder))
    return [case for example in examples for case in _cases(example, copied(example.document))]


def _copied(library: Library, name: str, folder: Path) -> SourceDocument | None:
    """The document as read from a copy in the folder, or None if it cannot be read as it stands."""
    source = library.file(name)
    kind = source.suffix if source is not None else ".txt"
    target = folder / f"{name.replace('/', '_').removesuffix(kind)}{kind}"
    if source is not None:
        shutil.copyfile(source, target)
    else:
        target.write_text(library.text(name), encoding="utf-8")
    try:
        return read_file(target)
    except IngestError:
        target.unlink()
        return None


def _cases(example: Example, document: SourceDocument | None) -> Iterator[Case]:
    """The example as a case; nothing if its words do not stand in the document as they are marked."""
    if document is None:
        return
    if not example.right:
        yield Case(
            id=example.id,
            question=example.question,
            kind="unanswerable",
            outcome="no_evidence",
            tags=(example.why_not,) if example.why_not else (),
        )
        return
    evidence = tuple(_evidence(example.right, document))
    if len(evidence) < len(example.right):
        return
    expected = tuple((words,) for marked in example.right for words in _answers(marked))
    if evidence and expected:
        yield Case(
            id=example.id,
            question=example.question,
            kind="content",
            outcome="answered",
            expected=tuple(dict.fromkeys(expected)),
            forbidden=_figures_that_tempt(example),
            evidence=evidence,
            tags=("several_clauses",) if len(evidence) > 1 else (),
        )


def _answers(marked: Marked) -> list[str]:
    return [marked.passage.text[start:end] for start, end in marked.spans]


def _figures_that_tempt(example: Example) -> tuple[str, ...]:
    """As printed, the figures of tempting clauses that are of a unit asked for and stand in no right one.

    Parts of dates are none. Units are compared as printed: 天 is not asked for by 日.
    """
    answers = [words for marked in example.right for words in _answers(marked)]
    units = {quantity.unit for words in answers for quantity in find_quantities(words)} - {""}
    right = " ".join(marked.passage.text for marked in example.right)
    stated = find_quantities(right)
    return tuple(
        dict.fromkeys(
            quantity.printed
            for marked in example.tempting
            for quantity in find_quantities(marked.passage.text)
            if quantity.unit in units
            # 2024-2026年: the end of a range tells no length of time.
            and not is_of_a_date(replace(quantity, upper=None), marked.passage.text)
            and not any(same_quantity(quantity, each) for each in stated)
            and not holds(fold(right), quantity.printed)
        )
    )


def _evidence(right: Iterable[Marked], document: SourceDocument) -> Iterator[Evidence]:
    for marked in right:
        span = find_folded(document.text, marked.passage.text)
        if span is not None:
            text = document.text[span[0] : span[1]]
            yield Evidence(
                file=f"{_DOCUMENTS}/{document.name}",
                sha256=document.sha256,
                start=span[0],
                end=span[1],
                first=text[:EDGE],
                last=text[-EDGE:],
            )


if __name__ == "__main__":
    app()
