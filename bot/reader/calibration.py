"""How sure a reading makes: the fitted blend of reader, search and shared words, and the bounds set with it.

The numbers are a result of `clausewise eval calibrate`, which writes the file; none is typed in by hand.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CALIBRATIONS = Path(__file__).parent / "calibrations.json"
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What speaks for a clause: the reader, the search beside the best found, the words it shares, its facts.

    Each lies between 0 and 1; `fact` is 1 if it states a fact of the kind that is asked for, `shown` if it
    shows the measure that is asked for.
    """

    answers: float
    retrieved: float
    coverage: float
    fact: float
    shown: float

    def values(self) -> tuple[float, ...]:
        """What the blend is fitted over."""
        return logit(self.answers), self.retrieved, self.coverage, self.fact, self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSignals:
    """What tells whether anything answers a question, each between 0 and 1.

    `surest` is what the reader says of the clause that it is surest of, among those that may speak;
    `unshown` the share of the clauses that were read that show none of the measure that is asked for;
    `figure` 1 if a single figure is asked for: fewer clauses answer that than anything else. `coverage` and
    `fact` are those of the likeliest clause.
    """

    surest: float
    unshown: float
    figure: float
    coverage: float
    fact: float

    def values(self) -> tuple[float, ...]:
        """What the doubt is fitted over."""
        return logit(self.surest), self.unshown, self.figure, self.coverage, self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was fitted to one reader: a blend for clauses, another for questions, and their bounds."""

    reader: str
    weights: tuple[float, ...]  # over `Signals`
    bias: float
    question_weights: tuple[float, ...]  # over `QuestionSignals`
    question_bias: float
    enough: float  # the surety below which nothing is said
    near: float  # the share of the best probability from which a further clause is said too

    def probability(self, signals: Signals) -> float:
        """That the clause answers."""
        return _logistic(self.weights, signals.values(), self.bias)

    def surety(self, signals: QuestionSignals) -> float:
        """The probability that anything answers the question."""
        return _logistic(self.question_weights, signals.values(), self.question_bias)


def _logistic(weights: Sequence[float], values: Sequence[float], bias: float) -> float:
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


def logit(share: float) -> float:
    """The logarithm of the odds, bounded."""
    bounded = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def load_calibrations(path: Path = CALIBRATIONS) -> Sequence[Calibration]:
    """The calibrations of the file, one for each reader."""
    return tuple(
        Calibration(
            **{
                **each,
                "weights": tuple(each["weights"]),
                "question_weights": tuple(each["question_weights"]),
            }
        )
        for each in json.loads(path.read_text(encoding="utf-8"))
    )


def calibration_of(reader: str, calibrations: Sequence[Calibration]) -> Calibration:
    """The one fitted to this reader; KeyError names a reader without one."""
    for each in calibrations:
        if each.reader == reader:
            return each
    raise KeyError(reader)
