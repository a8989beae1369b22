"""Prepares the data, trains the reader, exports it and says how well it reads: `make reader`."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import torch
import typer

from bot.reader.trained import FACTS_NAME, GRAPH_NAME, MODEL, TrainedReader, Words
from bot.settings import Settings
from eval.reading.averaging import mean_of
from eval.reading.examples import Example
from eval.reading.export import export
from eval.reading.figures import Figures, figures_of
from eval.reading.groups import ENCYCLOPEDIC, Group, Grouping, part_of, read_before
from eval.reading.network import ReaderNetwork
from eval.reading.network_judge import judge_of
from eval.reading.shipped import FROZEN_LAYERS, load_shipped
from eval.reading.sources import Library, all_examples
from eval.reading.training import Schedule, train
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.bundled_model import built_model

_MOST_ENCYCLOPEDIC = 1200  # of the questions on encyclopedia articles: they teach spans, not policy

_EarlierOption = Annotated[
    Path,
    typer.Option(
        exists=True, file_okay=False, help="Reads all pairs first: what it gets wrong is trained on more."
    ),
]
_SittingsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--mean-with",
        exists=True,
        dir_okay=False,
        help="Weights that earlier sittings kept: what is written is their mean with those of this one.",
    ),
]

app = typer.Typer(add_completion=False)


@app.command()
def reader(
    minutes: Annotated[float, typer.Option(help="End training in so many minutes.")] = 180.0,
    epochs: Annotated[int, typer.Option(help="Times that each question is seen.")] = 3,
    output: Annotated[Path, typer.Option(help="Where the model is written.")] = MODEL,
    name: Annotated[str, typer.Option(help="What answers and calibrations call it.")] = "reader-9",
    weights: Annotated[
        Path, typer.Option(help="Where the weights are kept; training goes on from them if they are there.")
    ] = Path("reader.pt"),
    anew: Annotated[
        bool, typer.Option("--anew", help="Begin from the embedder, not from the shipped reader.")
    ] = False,
    earlier: _EarlierOption = MODEL,
    sittings: _SittingsOption = None,
    rate: Annotated[float, typer.Option(help="The highest rate; lower if training goes on.")] = 1.5e-4,
    bfloat16: Annotated[bool, typer.Option(help="Train in 16 bits, faster if the processor can.")] = True,
) -> None:
    """Trains on the training documents and prints figures on the sealed ones.

    What an earlier reader takes for an answer in another document is left out of the training; what it gets
    wrong is trained on more.
    """
    if weights in (sittings or ()):
        raise typer.BadParameter(f"{weights}: expected another file than --weights, which is written over")
    settings = Settings()
    folder = built_model(settings.models_folder())
    groups = grouped(Library(settings.shared))
    network = _network(folder, weights, anew=anew)
    embedder = BundledEmbedder(settings.models_folder())
    embedder.warm_up()
    schedule = Schedule(epochs=epochs, minutes=minutes, rate=rate, head_rate=3 * rate, bfloat16=bfloat16)

    def keep() -> None:
        state = network.state_dict()
        torch.save({name: each for name, each in state.items() if "word_embeddings" not in name}, weights)

    reader_before = TrainedReader(Words(encode=embedder.encode, table=embedder.word_table), folder=earlier)
    read = [read_before(group, reader_before) for group in for_training(groups)]
    train(network, embedder.encode, read, schedule, told=typer.echo, keep=keep)
    keep()
    network.load_state_dict(mean_of([weights, *(sittings or ())]), strict=False)
    written = write(network, output, name=name)
    sealed = [each for each in groups if part_of(each.document) == "sealed" and each.source == "written"]
    typer.echo(f"{output}: {written / 1e6:.1f} MB")
    typer.echo(described(figures_of(sealed, judge_of(network, embedder.encode))))


def _network(folder: Path, weights: Path, *, anew: bool) -> ReaderNetwork:
    """Begins with the weights if they are there, else with the shipped reader, or with the embedder."""
    network = ReaderNetwork(folder)
    network.freeze(FROZEN_LAYERS)
    if weights.is_file() and not anew:
        # The word table is frozen and not kept.
        network.load_state_dict(torch.load(weights), strict=False)
    elif not anew:
        load_shipped(network, MODEL / GRAPH_NAME)
    return network


def grouped(library: Library) -> list[Group]:
    """The groups of all sources, with what sounds like an answer mined from all their documents."""
    examples: Sequence[Example] = list(all_examples(library))
    grouping = Grouping(library.passages(), examples)
    return [grouping.group(example) for example in examples]


def for_training(groups: Sequence[Group]) -> list[Group]:
    """The groups of training documents, few of them encyclopedic."""
    own = [each for each in groups if part_of(each.document) == "training" and len(each.pairs) > 1]
    encyclopedic = [each for each in own if each.source in ENCYCLOPEDIC]
    drawn = sorted(encyclopedic, key=lambda each: sha256(each.id.encode()).digest())[:_MOST_ENCYCLOPEDIC]
    return [*(each for each in own if each.source not in ENCYCLOPEDIC), *drawn]


def write(network: ReaderNetwork, folder: Path, *, name: str) -> int:
    """Writes the graph and what describes it; gives the size of the graph in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    graph = folder / GRAPH_NAME
    export(network, graph)
    facts = {
        "name": name,
        "made_on": date.today().isoformat(),
        "sha256": sha256(graph.read_bytes()).hexdigest(),
    }
    (folder / FACTS_NAME).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return graph.stat().st_size


def described(figures: Figures) -> str:
    """The figures in a line."""
    return (
        f"{figures.questions} questions: first right {figures.first:.3f}, present {figures.present:.3f}, "
        f"answerable told from unanswerable {figures.told_apart:.3f}, twins {figures.twins:.3f}, "
        f"pairs {figures.pairs:.3f}, words {figures.words:.3f}"
    )


if __name__ == "__main__":
    app()
