"""clausewise eval calibrate: fits the blend and the bounds of the reader in use to sets."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.options import DataOption, settings_for
from eval.commands.asking import (
    assistant_on,
    cases_of,
    documents_of,
    half_named,
    kept_or_temporary,
    usage_errors,
)
from eval.commands.options import DocumentsOption, HalfOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.answering.asking import Asking
    from eval.cases import Case

Seen = TypeVar("Seen")


def calibrate(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="SET...",
            help="Packaged sets (see: eval list) or .jsonl files of cases, each asked on its own documents.",
        ),
    ],
    documents: DocumentsOption = None,
    data: DataOption = None,
    half: HalfOption = None,
    refused: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Share of unanswerable questions that must be refused, if it can be."
        ),
    ] = 0.75,
    order: Annotated[
        bool,
        typer.Option("--order", help="Fit instead the order in which clauses are read."),
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Put what was fitted in this file.", show_default=False),
    ] = None,
) -> None:
    """Fit how sure a reading makes, on sets that the reader was not trained on."""
    from bot.reader.calibration import load_calibrations, write_calibrations
    from eval.reading.calibrating import fitted, fitted_order, outcome_of
    from eval.reading.signals import found_of, signals_of

    def asked(look: "Callable[[Asking, Sequence[Case]], Seen]") -> "Iterator[Seen]":
        for name in names:
            # Sets are asked apart: what else there is decides what is found.
            kept = data / Path(name).stem if data is not None and len(names) > 1 else data
            yield _looked(context, name, documents, kept, half, look)

    held = load_calibrations()
    with usage_errors():
        if order:
            held = replace(held, order=fitted_order([row for rows in asked(found_of) for row in rows]))
            typer.echo(json.dumps(asdict(held.order)))
        else:
            seen = list(asked(signals_of))
            signals, reader = [each for _, found in seen for each in found], seen[0][0]
            calibration = fitted(signals, reader=reader, least_refused=refused)
            others = tuple(each for each in held.readers if each.reader != reader)
            held = replace(held, readers=(*others, calibration))
            typer.echo(json.dumps(asdict(calibration), ensure_ascii=False))
            typer.echo(str(outcome_of(signals, calibration)))
    if write is not None:
        write_calibrations(held, write)


def _looked(
    context: typer.Context,
    name: str,
    documents: Path | None,
    data: Path | None,
    half: str | None,
    look: "Callable[[Asking, Sequence[Case]], Seen]",
) -> "Seen":
    """What is seen of the questions of a set, asked on its documents."""
    settings = settings_for(data)
    with (
        documents_of(name, documents, settings) as found,
        kept_or_temporary(settings, data) as kept,
    ):
        cases, asked = cases_of(name, found, (), half_named(half))
        with assistant_on(context, kept, found, cases) as (assistant, _progress):
            return look(assistant, asked)
