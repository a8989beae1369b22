"""clausewise eval calibrate: fits the blend and the bounds of the reader in use to sets."""

import json
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    from collections.abc import Iterator, Sequence

    from bot.answering.assistant import Assistant
    from bot.reader.calibration import Calibration
    from eval.cases import Case
    from eval.reading.calibrating import Outcome


_SetsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SET...",
        help="Packaged sets (see: eval list) or .jsonl files of cases, each asked on its own documents.",
    ),
]
_RefusedOption = Annotated[
    float,
    typer.Option(min=0, max=1, help="Share of unanswerable questions that must be refused, if it can be."),
]
_OrderFlag = Annotated[
    bool,
    typer.Option("--order", help="Fit instead the order in which clauses are read."),
]
_WriteOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Put what was fitted in this file.", show_default=False),
]


def calibrate(
    context: typer.Context,
    names: _SetsArgument,
    documents: DocumentsOption = None,
    data: DataOption = None,
    half: HalfOption = None,
    refused: _RefusedOption = 0.75,
    order: _OrderFlag = False,
    write: _WriteOption = None,
) -> None:
    """Fit how sure a reading makes, on sets that the reader was not trained on."""
    from bot.reader.calibration import load_calibrations, write_calibrations
    from bot.wiring import calibrations_of
    from eval.reading.calibrating import fitted_order
    from eval.reading.signals import found_of

    held = load_calibrations(calibrations_of(settings_for(data)))
    with usage_errors(), ExitStack() as open_sets:
        # Sets are asked apart: what else there is decides what is found.
        asked = [
            open_sets.enter_context(
                _assistant_for(context, name, documents, _data_of(name, data, among=len(names)), half)
            )
            for name in names
        ]
        if order:
            rows = [row for assistant, cases in asked for row in found_of(assistant, cases)]
            held = replace(held, order=fitted_order(rows))
            typer.echo(json.dumps(asdict(held.order)))
        else:
            calibration, outcome = _fitted(asked, least_refused=refused)
            others = tuple(each for each in held.readers if each.reader != calibration.reader)
            held = replace(held, readers=(*others, calibration))
            typer.echo(json.dumps(asdict(calibration), ensure_ascii=False))
            typer.echo(str(outcome))
    if write is not None:
        write_calibrations(held, write)


def _fitted(
    asked: "Sequence[tuple[Assistant, Sequence[Case]]]", *, least_refused: float
) -> "tuple[Calibration, Outcome]":
    """The calibration of the reader in use, and what the sets come to with it."""
    from eval.reading.calibrating import fitted_blend, outcome_of, with_bounds
    from eval.reading.signals import question_of, signals_of
    from eval.reading.trials import Trial

    trials = [Trial(assistant, [(case, question_of(case)) for case in cases]) for assistant, cases in asked]

    def tried(calibration: "Calibration") -> "Outcome":
        return outcome_of(each for trial in trials for each in trial.verdicts(calibration))

    signals = [each for trial in trials for each in signals_of(trial)]
    blend = fitted_blend(signals, reader=trials[0].reader)
    calibration = with_bounds(blend, signals, tried, least_refused=least_refused)
    return calibration, tried(calibration)


def _data_of(name: str, data: Path | None, *, among: int) -> Path | None:
    return data / Path(name).stem if data is not None and among > 1 else data


@contextmanager
def _assistant_for(
    context: typer.Context, name: str, documents: Path | None, data: Path | None, half: str | None
) -> "Iterator[tuple[Assistant, Sequence[Case]]]":
    """An assistant on the documents of a set, and the cases to ask."""
    from bot.answering.assistant import Assistant
    from eval.errors import CalibrationError

    # What a risk allows is what is being fitted.
    settings = settings_for(data).model_copy(update={"risk": None})
    with (
        documents_of(name, documents, settings) as found,
        kept_or_temporary(settings, data) as kept,
    ):
        cases, asked = cases_of(name, found, (), half_named(half))
        with assistant_on(context, kept, found, cases) as (assistant, _progress):
            if not isinstance(assistant, Assistant):
                raise CalibrationError(f"expected an assistant whose judge can be changed, found {assistant}")
            yield assistant, asked
