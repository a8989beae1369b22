"""clausewise eval train-reader: trains the shipped reader further on a set of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import settings_for
from eval.commands.asking import cases_of, documents_of, usage_errors
from eval.commands.options import DocumentsOption, SetArgument

if TYPE_CHECKING:
    from bot.settings import Settings
    from eval.reading.own_set import Material
    from eval.reading.training import Schedule


def _new_folder(path: Path) -> Path:
    """A folder in which no reader lies yet, whose name is that of no other reader; its whole path."""
    from bot.reader.calibration import load_calibrations

    taken = {"trained", *(each.reader for each in load_calibrations().readers)}
    if path.name in taken or path.exists():
        raise typer.BadParameter(
            f"{path}: expected a new folder that is not called {' or '.join(sorted(taken))}"
        )
    return path.resolve()


_OutputArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        callback=_new_folder,
        help="The new folder where the reader is written; CLAUSEWISE_READER names it.",
    ),
]
_RehearseOption = Annotated[
    int, typer.Option(min=1, help="Documents of the project whose questions are trained on as well.")
]
_MinutesOption = Annotated[float, typer.Option(min=0.1, help="End training in so many minutes.")]
_EpochsOption = Annotated[int, typer.Option(min=1, help="Times that each question is seen.")]
_RateOption = Annotated[float, typer.Option(min=1e-7, max=1e-2, help="The highest rate of learning.")]


def train_reader(
    name: SetArgument,
    output: _OutputArgument,
    documents: DocumentsOption = None,
    rehearse: _RehearseOption = 40,
    minutes: _MinutesOption = 30.0,
    epochs: _EpochsOption = 2,
    rate: _RateOption = 6e-6,
) -> None:
    """Train the reader further on a set, beside questions that keep what it knows.

    Every fifth question measures, before and after. Needs what `pip install 'clausewise[train]'` brings.
    """
    from eval.reading.own_set import material_of
    from eval.reading.sources import Library
    from eval.reading.training import Schedule

    settings = settings_for(None)
    with usage_errors(), documents_of(name, documents, settings) as found:
        cases, _ = cases_of(name, found, (), None)
        material = material_of(cases, found, Library(settings.shared), rehearsed=rehearse)
        typer.echo(
            f"{len(material.own)} questions of {name} and {len(material.rehearsed)} of the project's own to "
            f"train on, {len(material.own_held_out)} and {len(material.rehearsed_held_out)} to measure with"
        )
        schedule = Schedule(epochs=epochs, minutes=minutes, rate=rate, head_rate=3 * rate)
        _train(material, settings, output, schedule)
    typer.echo(
        f"Fit its doubt next, to other questions: CLAUSEWISE_READER='{output}' clausewise eval calibrate "
        f"SET --documents DIR --write '{output / 'calibrations.json'}'"
    )


def _train(material: "Material", settings: "Settings", output: Path, schedule: "Schedule") -> None:
    from bot.reader.calibration import CALIBRATIONS_NAME
    from bot.reader.trained import TrainedReader, Words
    from eval.reading.command import described, write
    from eval.reading.figures import figures_of
    from eval.reading.network_judge import judge_of
    from eval.reading.own_set import calibrations_for
    from eval.reading.shipped import shipped_network
    from eval.reading.training import train
    from vectorstore.embedders.bundled import BundledEmbedder

    embedder = BundledEmbedder(settings.models_folder())
    embedder.warm_up()
    network = shipped_network(settings.models_folder())

    def report(when: str) -> None:
        judge = judge_of(network, embedder.encode)
        for what, groups in (("own", material.own_held_out), ("others", material.rehearsed_held_out)):
            typer.echo(f"{when}, {what}: {described(figures_of(groups, judge))}")

    report("before")
    shipped = TrainedReader(Words(encode=embedder.encode, table=embedder.word_table))
    train(network, embedder.encode, material.to_train_on(shipped), schedule, told=typer.echo)
    report("after")
    write(network, output, name=output.name)
    calibrations_for(output.name, output / CALIBRATIONS_NAME)
