"""One file a metric, found by its file name: a name, its definition as docstring and a figure of results."""

import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Literal, Protocol, cast

from eval.results import Result

Unit = Literal["share", "ms", "characters", "tokens", "money"]


class Metric(Protocol):
    """What every module of this folder offers.

    One that is a ratio of sums also offers `tally(result)`, what a result adds to both (`eval.tallies`):
    its confidence interval is then found in milliseconds instead of a second.
    """

    NAME: str
    UNIT: Unit
    HIGHER_IS_BETTER: bool
    __doc__: str | None

    def compute(self, results: Sequence[Result]) -> float | None:
        """The figure; None where no result can be counted."""


@cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by its name, in the order of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [cast(Metric, import_module(f"{__name__}.{name}")) for name in names]
    return {metric.NAME: metric for metric in found}


def figures(results: Sequence[Result]) -> dict[str, float | None]:
    """The figure of every metric by its name."""
    return {name: metric.compute(results) for name, metric in metrics().items()}
