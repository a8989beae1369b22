"""Which clauses are read first and how sure a reading makes: fitted blends, and the bounds set with them.

The numbers are a result of `clausewise eval calibrate`, which writes the file; none is typed in by hand.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

CALIBRATIONS_NAME = "calibrations.json"
CALIBRATIONS = Path(__file__).parent / CALIBRATIONS_NAME
_LEAST = 1e-6
_UNSURE = 0.05  # of the bounds of risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What speaks for a clause before it is read.

    `retrieved` is how well the search found it beside the best, `coverage` the share of the question's words
    that its best sentence holds, `fact` 1 if it states a fact of the kind that is asked for, `shown` 1 if it
    shows the measure that is asked for: each between 0 and 1. `nearness` is how far its sentence nearest in
    meaning stands out among all that were found, in standard deviations.
    """

    retrieved: float
    coverage: float
    nearness: float
    fact: float
    shown: float

    def values(self) -> tuple[float, ...]:
        """What the order is fitted over."""
        return self.retrieved, self.coverage, self.nearness, self.fact, self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What speaks for a clause: what the reader says of it, 0 to 1, and how it was found."""

    answers: float
    found: Found

    def values(self) -> tuple[float, ...]:
        """What the blend is fitted over."""
        return logit(self.answers), *self.found.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSignals:
    """What tells whether anything answers a question.

    `surest` is what the reader says of the clause that it is surest of, among those that may speak, 0 to 1;
    `figure` 1 if a single figure is asked for: fewer clauses answer that than anything else. `missing` is
    the weight of the question's words that the likeliest clause lacks, by inverse document frequency.
    """

    surest: float
    figure: float
    missing: float

    def values(self) -> tuple[float, ...]:
        """What the doubt is fitted over; a figure beside which words are missing is doubted by itself."""
        missing = math.log1p(self.missing)
        return logit(self.surest), self.figure, missing, self.figure * missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The blend by which clauses that were found are read, the likeliest first."""

    weights: tuple[float, ...]  # over `Found`
    bias: float

    def probability(self, found: Found) -> float:
        """That the clause answers, by how it was found alone."""
        return _logistic(self.weights, found.values(), self.bias)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What a bound of surety came to on the questions it was fitted to.

    `answers` were given, extractive ones. `risk` is the upper 95 % bound (Clopper and Pearson, 1934) of the
    share of them that are wrong, not whole or too long, `coverage` the share of the questions they are of.
    """

    enough: float
    answers: int
    risk: float
    coverage: float

    def could_keep(self, most: float) -> bool:
        """Whether its answers, were all of them right, are enough to show that the risk is no higher."""
        least_risk: float = 1 - _UNSURE ** (1 / max(self.answers, 1))
        return least_risk <= most


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
    risks: tuple[Risk, ...] = ()  # what other values of `enough` came to

    def at_risk(self, most: float) -> "Calibration":
        """The one that answers most with no more than this risk; SettingsError if none is known to.

        Bounds are tested from the surest down to the first that fails, so that none passes by luck alone
        (fixed-sequence testing; Angelopoulos and others: Learn then test, 2021).
        """
        from_the_surest = sorted(self.risks, key=lambda each: -each.enough)
        tested = [each for each in from_the_surest if each.could_keep(most)]
        bounds = [each.enough for each in takewhile(lambda each: each.risk <= most, tested)]
        if not bounds:
            least = min((each.risk for each in self.risks), default=None)
            known = "none is known" if least is None else f"the least that is known is {least}"
            raise SettingsError(
                f"CLAUSEWISE_RISK: expected a risk that the reader {self.reader!r} can keep, found {most:g} "
                f"({known}); set a higher one, or unset it for the bound that gives most right answers"
            )
        return replace(self, enough=min(bounds))

    def probability(self, signals: Signals) -> float:
        """That the clause answers."""
        return _logistic(self.weights, signals.values(), self.bias)

    def surety(self, signals: QuestionSignals) -> float:
        """The probability that anything answers the question."""
        return _logistic(self.question_weights, signals.values(), self.question_bias)


def at_its_word(reader: str) -> Calibration:
    """The calibration of a reader that nothing was fitted to: what it says is the probability."""
    return Calibration(
        reader=reader,
        weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        bias=0.0,
        question_weights=(1.0, 0.0, 0.0, 0.0),
        question_bias=0.0,
        enough=0.5,
        near=0.5,
    )


def _logistic(weights: Sequence[float], values: Sequence[float], bias: float) -> float:
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


def logit(share: float) -> float:
    """The logarithm of the odds, bounded."""
    bounded = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrations:
    """What the file holds: the order of reading, and a calibration for each reader."""

    order: Order
    readers: tuple[Calibration, ...]

    def of(self, reader: str) -> Calibration:
        """The one fitted to this reader; a reader without one is taken at its word."""
        fitted = (each for each in self.readers if each.reader == reader)
        return next(fitted, None) or at_its_word(reader)


def load_calibrations(path: Path = CALIBRATIONS) -> Calibrations:
    """What stands in the file."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Calibrations(
        order=Order(**_with_tuples(stored["order"])),
        readers=tuple(_calibration(each) for each in stored["readers"]),
    )


def write_calibrations(calibrations: Calibrations, path: Path) -> None:
    """Puts them in the file."""
    path.write_text(json.dumps(asdict(calibrations), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _calibration(stored: Mapping[str, Any]) -> Calibration:
    risks = tuple(Risk(**each) for each in stored.get("risks", ()))
    return Calibration(**_with_tuples(stored) | {"risks": risks})


def _with_tuples(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
