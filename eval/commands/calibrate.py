"""clausewise eval calibrate: fits the blend and the bounds of the reader in use to a set."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

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
from eval.commands.options import DocumentsOption, HalfOption, SetArgument


def calibrate(
    context: typer.Context,
    name: SetArgument,
    documents: DocumentsOption = None,
    data: DataOption = None,
    half: HalfOption = None,
    refused: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Share of unanswerable questions that must be refused, if it can be."
        ),
    ] = 0.8,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Put the calibration in this file.", show_default=False),
    ] = None,
) -> None:
    """Fit how sure a reading makes, on a set that the reader was not trained on."""
    from bot.reader.calibration import load_calibrations
    from eval.reading.calibrating import fitted, outcome_of
    from eval.reading.signals import signals_of

    settings = settings_for(data)
    with usage_errors(), documents_of(name, documents, settings) as found:
        cases, asked = cases_of(name, found, (), half_named(half))
        with (
            kept_or_temporary(settings, data) as kept,
            assistant_on(context, kept, found, cases) as (assistant, _progress),
        ):
            reader, signals = signals_of(assistant, asked)
    calibration = fitted(signals, reader=reader, least_refused=refused)
    typer.echo(json.dumps(asdict(calibration), ensure_ascii=False))
    typer.echo(str(outcome_of(signals, calibration)))
    if write is not None:
        others = (
            [each for each in load_calibrations(write) if each.reader != reader] if write.is_file() else []
        )
        lines = [asdict(each) for each in (*others, calibration)]
        write.write_text(json.dumps(lines, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
