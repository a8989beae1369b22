"""What a metric is, and the metrics that are one sum over another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from eval.results import Result

Unit = Literal["share", "ms", "characters", "tokens", "money"]
# What a result adds above and below the line; None if the result is not counted.
Tally = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure of results; its definition is one sentence.

    `compute` gives None if no result can be counted. A ratio of sums has a `tally`, by which its
    confidence interval is found in milliseconds instead of a second. Another metric that takes long to look
    at a result is `joint`: what it sees of each result, and the figure of what it saw.
    """

    name: str
    definition: str
    unit: Unit = "share"
    higher_is_better: bool
    compute: Callable[[Sequence[Result]], float | None]
    tally: Callable[[Result], Tally | None] | None = None
    joint: "Joint | None" = None


@dataclass(frozen=True, slots=True)
class Joint:
    """What is seen of a result, and the figure of all that was seen."""

    seen: Callable[[Result], Tally]
    figure: Callable[[Sequence[Tally]], float | None]

    def compute(self, results: Sequence[Result]) -> float | None:
        """The figure of the results."""
        return self.figure([self.seen(result) for result in results])


def ratio(
    *,
    name: str,
    definition: str,
    tally: Callable[[Result], Tally | None],
    higher_is_better: bool,
    unit: Unit = "share",
) -> Metric:
    """The metric that is the sum above the line over the sum below it."""
    return Metric(
        name=name,
        definition=definition,
        unit=unit,
        higher_is_better=higher_is_better,
        compute=partial(_quotient, tally),
        tally=tally,
    )


def _quotient(tally: Callable[[Result], Tally | None], results: Sequence[Result]) -> float | None:
    """The sum above the line over the sum below it; None if nothing is counted."""
    counted = [found for result in results if (found := tally(result)) is not None]
    below = sum(each[1] for each in counted)
    return sum(each[0] for each in counted) / below if below else None
