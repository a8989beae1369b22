"""Judges what a question asks for and whether it leans on the one before it.

Each judgement is a logistic regression on the vector of the bundled embedder and on the runs of up to
three characters of the question. The weights stand in bot/data/judgements.json, written by
`make judgements` from the marked questions in eval/reading.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from types import MappingProxyType

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Embed = Callable[[str], Floats]  # a question to its unit vector, shape (384,)

LIKELY = 0.5  # more likely than not
_LONGEST_RUN = 3
_REMEMBERED = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one thing is told by: a weight for each dimension of the vector and for each known run."""

    vector: Floats  # shape (384,)
    runs: Mapping[str, float]
    bias: float
    bound: float = LIKELY  # the least probability at which it holds

    def probability(self, vector: Floats, runs: frozenset[str]) -> float:
        """Of a question with this vector and these runs, from 0 to 1."""
        known = [self.runs[run] for run in runs if run in self.runs]
        # A long question has more runs: they weigh as much together as those of a short one.
        score = float(self.vector @ vector) + sum(known) / math.sqrt(max(len(known), 1)) + self.bias
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, kw_only=True)
class QuestionJudge:
    """Tells what holds for a question; safe to share between threads."""

    judgements: Mapping[str, Judgement]
    embed: Embed

    def judged(self, text: str) -> Mapping[str, float]:
        """The probability of each judgement that holds for a text `in_one_form`, the likeliest first."""
        return self._remembering(text)

    @cached_property
    def _remembering(self) -> Callable[[str], Mapping[str, float]]:
        return lru_cache(maxsize=_REMEMBERED)(self._judged)

    def _judged(self, text: str) -> Mapping[str, float]:
        vector, runs = self.embed(text), runs_of(text)
        found = {name: each.probability(vector, runs) for name, each in self.judgements.items()}
        holds = [(name, value) for name, value in found.items() if value >= self.judgements[name].bound]
        return MappingProxyType(dict(sorted(holds, key=lambda each: -each[1])))


def runs_of(text: str) -> frozenset[str]:
    """The runs of one to three characters of a question, its beginning and its end being one each."""
    marked = f"^{text.strip(' ?？。').lower()}$"
    return frozenset(
        marked[start : start + length]
        for length in range(1, _LONGEST_RUN + 1)
        for start in range(len(marked) - length + 1)
    )


def load_judgements() -> dict[str, Judgement]:
    """The packaged ones by name."""
    table = json.loads(resources.files("bot").joinpath("data/judgements.json").read_text("utf-8"))
    return {
        name: Judgement(
            vector=numpy.array(each["vector"], dtype=numpy.float32),
            runs=each["runs"],
            bias=each["bias"],
            bound=each["bound"],
        )
        for name, each in table["judgements"].items()
    }
