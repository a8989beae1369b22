"""clausewise eval peers: Clausewise beside what one would build with a framework."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.options import settings_for

if TYPE_CHECKING:
    from bot.commands.parts import Progress
    from bot.settings import Settings
    from eval.benchmarks.peers.measurement import Measurement
    from eval.benchmarks.peers.tuning import Tried

Half = Literal["development", "held_out"]
_SETS = ("seeds", "policies")
_USAGE_ERROR = 2
# The frameworks and their stores would otherwise report their use.
_SILENT = {"HAYSTACK_TELEMETRY_ENABLED": "false", "ANONYMIZED_TELEMETRY": "false"}


_SetsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="SET…", help="Whose questions are asked.", show_default="seeds policies"),
]
_SystemOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this one, such as 'haystack tuned'.", show_default=False),
]
_HalfOption = Annotated[
    Half | None,
    typer.Option(metavar="HALF", help="Ask only development or held_out.", show_default=False),
]
_WriteOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the page there, in Markdown.", show_default=False),
]
_JsonOption = Annotated[
    Path | None,
    typer.Option("--json", metavar="FILE", help="Write every result there.", show_default=False),
]
_FromOption = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE", help="Show what --json wrote; ask nothing.", show_default=False),
]
_TuneFlag = Annotated[
    bool, typer.Option("--tune", help="Try the tunings of the frameworks on the development half.")
]


def peers(
    sets: _SetsArgument = None,
    system: _SystemOption = None,
    half: _HalfOption = None,
    write: _WriteOption = None,
    json_file: _JsonOption = None,
    earlier: _FromOption = None,
    tune: _TuneFlag = False,
) -> None:
    """Ask the same questions of Clausewise and of frameworks with the same embedder (extra `peers`).

    Each system runs in a process of its own, one after another. Exit code 1 when a framework finds more.
    """
    from bot.commands.output import aside
    from bot.commands.progress import progress_on
    from eval.errors import EvalError

    settings = settings_for(None)
    names = tuple(sets or _SETS)
    try:
        with progress_on(aside()) as progress:
            if tune:
                _show_tunings(names, settings, progress)
                return
            measurements = (
                _read(earlier)
                if earlier is not None
                else _measured(names, _systems(system or ()), half, settings, json_file, progress)
            )
    except EvalError as error:
        typer.echo(f"clausewise eval: {error}", err=True)
        raise typer.Exit(_USAGE_ERROR) from error
    _show(measurements)
    if write is not None:
        _write(write, measurements)
    if _is_beaten(measurements):
        raise typer.Exit(1)


def _systems(chosen: Sequence[str]) -> Sequence[str]:
    from eval.benchmarks.peers.systems import FRAMEWORKS, SYSTEMS, kind_of

    unknown = sorted(set(chosen) - set(SYSTEMS))
    if unknown:
        raise typer.BadParameter(f"{unknown[0]}: expected one of {', '.join(SYSTEMS)}", param_hint="--system")
    systems = chosen or SYSTEMS
    # What is missing is said before an hour is spent on the rest.
    for name, framework in FRAMEWORKS.items():
        if any(system.startswith(name) for system in systems):
            kind_of(framework)
    return systems


def _measured(
    sets: Sequence[str],
    systems: Sequence[str],
    half: str | None,
    settings: "Settings",
    json_file: Path | None,
    progress: "Progress",
) -> "list[Measurement]":
    from eval.benchmarks.peers.measurement import Measurement, Order, read_set

    for name in sets:
        read_set(name, settings)  # raises here what would fail in every process
    steps = [(system, name) for system in systems for name in sets]
    measurements = []
    with tempfile.TemporaryDirectory(prefix="clausewise-peers-") as folder:
        for done, (system, name) in enumerate(steps):
            progress(f"measuring {system} on {name}", done, len(steps))
            order = Order(system=system, set=name, half=half, output=Path(folder) / f"{done}.json")
            subprocess.run(
                [sys.executable, "-m", "eval.benchmarks.peers.measurement", order.model_dump_json()],
                check=True,
                env={**os.environ, **_SILENT, "CLAUSEWISE_MODELS": str(settings.models_folder())},
                stdout=subprocess.DEVNULL,
            )
            measurements.append(Measurement.model_validate_json(order.output.read_text("utf-8")))
            if json_file is not None:
                # After each: what took an hour survives a failure of the next.
                lines = [each.model_dump_json() + "\n" for each in measurements]
                json_file.write_text("".join(lines), encoding="utf-8")
    return measurements


def _read(path: Path) -> "list[Measurement]":
    from pydantic import ValidationError

    from eval.benchmarks.peers.measurement import Measurement
    from eval.errors import CaseError

    try:
        lines = path.read_text("utf-8").split("\n")
        return [Measurement.model_validate_json(line) for line in lines if line]
    except (OSError, ValidationError) as error:
        raise CaseError(f"{path}: expected what `eval peers --json` writes ({error})") from error


def _show(measurements: "Sequence[Measurement]") -> None:
    from rich.table import Table
    from rich.text import Text

    from bot.commands.output import terminal
    from eval.benchmarks.peers.comparison import rows, systems_of
    from eval.benchmarks.peers.page import shown

    table = Table("", *systems_of(measurements), box=None, pad_edge=False)
    for row in rows(measurements):
        cells = [Text(shown(row, value), justify="right") for value in row.values]
        table.add_row(Text(row.name), *cells)
    terminal().print(table)


def _write(path: Path, measurements: "Sequence[Measurement]") -> None:
    from eval.benchmarks.peers.page import page
    from eval.benchmarks.peers.systems import FRAMEWORKS, tuning_of

    tunings = {name: tuning_of(framework) for name, framework in FRAMEWORKS.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(measurements, tunings), encoding="utf-8")


def _is_beaten(measurements: "Sequence[Measurement]") -> bool:
    from eval.benchmarks.peers.comparison import rows
    from eval.benchmarks.peers.systems import CLAUSEWISE

    if not measurements or measurements[0].system != CLAUSEWISE:
        return False
    leads = [row.lead() for row in rows(measurements) if row.is_quality]
    return any(lead is not None and lead < 0 for lead in leads)


def _show_tunings(sets: Sequence[str], settings: "Settings", progress: "Progress") -> None:
    from rich.table import Table

    from bot.commands.output import terminal
    from eval.benchmarks.peers.recall import LENGTHS
    from eval.benchmarks.peers.tuning import best_of, tried

    results: list[Tried] = list(tried(sets, settings, progress))
    best = best_of(results).values()
    lengths = [f"within {length:,}" for length in LENGTHS]
    table = Table("framework", "characters", "weight of BM25", *lengths, "", box=None, pad_edge=False)
    for each in results:
        tuning, recall = each.tuning, [f"{value:.3f}" for value in each.recall]
        figures = (str(tuning.chunk_characters), str(tuning.keyword_weight), *recall)
        table.add_row(each.framework, *figures, "best" if each in best else "")
    terminal().print(table)
