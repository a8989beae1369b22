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

    Each lies between 0 and 1; `fact` is 1 if it states a fact of the kind that is asked for.
    """

    answers: float
    retrieved: float
    coverage: float
    fact: float

    def values(self) -> tuple[float, ...]:
        """What the blend is fitted over."""
        return logit(self.answers), self.retrieved, self.coverage, self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The blend fitted to one reader, and its bounds."""

    reader: str
    weights: tuple[float, ...]
    bias: float
    enough: float  # the probability below which nothing is said
    near: float  # the share of the best probability from which a further clause is said too

    def probability(self, signals: Signals) -> float:
        """That the clause answers."""
        total = self.bias + sum(
            weight * value for weight, value in zip(self.weights, signals.values(), strict=True)
        )
        return 1 / (1 + math.exp(-total))


def logit(share: float) -> float:
    """The logarithm of the odds, bounded."""
    bounded = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def load_calibrations(path: Path = CALIBRATIONS) -> Sequence[Calibration]:
    """The calibrations of the file, one for each reader."""
    return tuple(
        Calibration(**{**each, "weights": tuple(each["weights"])})
        for each in json.loads(path.read_text(encoding="utf-8"))
    )


def calibration_of(reader: str, calibrations: Sequence[Calibration]) -> Calibration:
    """The one fitted to this reader; KeyError names a reader without one."""
    for each in calibrations:
        if each.reader == reader:
            return each
    raise KeyError(reader)
