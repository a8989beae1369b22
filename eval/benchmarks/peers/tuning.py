"""Which chunk size and which weight serve each framework best, on the development half."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean

import numpy

from bot.settings import Settings
from bot.wiring import open_embedder
from eval.benchmarks.peers.measurement import ask, chosen, read_set
from eval.benchmarks.peers.peer import ChineseTuning
from eval.benchmarks.peers.recall import LENGTHS
from eval.benchmarks.peers.systems import FRAMEWORKS, kind_of
from eval.runner import Progress
from vectorstore.search import Embedder, Vector, Vectors

_CHUNK_CHARACTERS = (150, 250, 500)
_KEYWORD_WEIGHTS = (0.3, 0.5, 0.7)
_OVERLAP = 0  # what was retrieved once costs nothing again, and is found no better for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A tuning of a framework and the recall within each of LENGTHS, the mean of the sets."""

    framework: str
    tuning: ChineseTuning
    recall: tuple[float, ...]


def grid() -> list[ChineseTuning]:
    """Every tuning that is tried."""
    return [
        ChineseTuning(chunk_characters=size, overlap_characters=_OVERLAP, keyword_weight=weight)
        for size, weight in product(_CHUNK_CHARACTERS, _KEYWORD_WEIGHTS)
    ]


def tried(sets: Sequence[str], settings: Settings, progress: Progress) -> Iterator[Tried]:
    """Every tuning of every framework, asked the development half of the sets."""
    embedder = RememberingEmbedder(open_embedder(settings))
    steps = [(name, tuning) for name in FRAMEWORKS for tuning in grid()]
    for done, (name, tuning) in enumerate(steps):
        progress(f"tuning {name}", done, len(steps))
        recalls = [_recall(name, tuning, each, settings, embedder) for each in sets]
        yield Tried(
            framework=name,
            tuning=tuning,
            recall=tuple(fmean(each[place] for each in recalls) for place in range(len(LENGTHS))),
        )
    progress("tuning", len(steps), len(steps))


def best_of(results: Sequence[Tried]) -> dict[str, Tried]:
    """For each framework what finds most within all lengths together; the first of equals."""
    best: dict[str, Tried] = {}
    for each in results:
        if each.framework not in best or sum(each.recall) > sum(best[each.framework].recall):
            best[each.framework] = each
    return best


def _recall(
    name: str, tuning: ChineseTuning, set_name: str, settings: Settings, embedder: Embedder
) -> tuple[float, ...]:
    cases, sources = read_set(set_name, settings)
    with tempfile.TemporaryDirectory(prefix="clausewise-peers-", ignore_cleanup_errors=True) as folder:
        system = kind_of(FRAMEWORKS[name])(embedder, Path(folder), tuning)
        system.index(sources)
        asked = ask(system, chosen(cases, "development"), sources, settings)
    return tuple(fmean(each.recall[place] for each in asked) for place in range(len(LENGTHS)))


class RememberingEmbedder:
    """Embeds every text once, however many tunings cut it out."""

    def __init__(self, embedder: Embedder) -> None:
        """In front of this embedder."""
        self._embedder = embedder
        self._passages: dict[str, Vector] = {}
        self._questions: dict[str, Vector] = {}

    @property
    def fingerprint(self) -> str:
        """Of the embedder behind."""
        return self._embedder.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        if new:
            self._passages.update(zip(new, self._embedder.embed_passages(new), strict=True))
        return numpy.stack([self._passages[text] for text in texts])

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question."""
        if text not in self._questions:
            self._questions[text] = self._embedder.embed_query(text)
        return self._questions[text]
