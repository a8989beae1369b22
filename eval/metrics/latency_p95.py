"""Time from question to answer that 95 of 100 questions keep to (nearest rank), model loaded."""

from collections.abc import Sequence
from math import ceil

from eval.metrics import Unit
from eval.results import Result

NAME = "latency_p95"
UNIT: Unit = "ms"
HIGHER_IS_BETTER = False


def compute(results: Sequence[Result]) -> float | None:
    """The 95th percentile in milliseconds; None without results."""
    times = sorted(result.milliseconds for result in results)
    return times[ceil(0.95 * len(times)) - 1] if times else None
