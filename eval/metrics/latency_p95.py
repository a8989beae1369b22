"""Time from question to answer that 95 of 100 questions keep to (nearest rank), model loaded."""

from collections.abc import Sequence

from eval.latency import nearest_rank
from eval.metrics import Unit
from eval.results import Result

NAME = "latency_p95"
UNIT: Unit = "ms"
HIGHER_IS_BETTER = False


def compute(results: Sequence[Result]) -> float | None:
    """The 95th percentile in milliseconds; None without results."""
    return nearest_rank(0.95, results)
