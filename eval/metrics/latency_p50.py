"""Median time from question to answer, one at a time, model loaded."""

from collections.abc import Sequence
from statistics import median

from eval.metrics import Unit
from eval.results import Result

NAME = "latency_p50"
UNIT: Unit = "ms"
HIGHER_IS_BETTER = False


def compute(results: Sequence[Result]) -> float | None:
    """The median in milliseconds; None without results."""
    return median(result.milliseconds for result in results) if results else None
