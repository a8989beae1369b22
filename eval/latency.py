"""Percentiles of the time that answers take."""

from collections.abc import Sequence
from math import ceil

from eval.results import Result


def nearest_rank(share: float, results: Sequence[Result]) -> float | None:
    """The milliseconds that this share of the questions keeps to, by nearest rank; None without results."""
    times = sorted(result.milliseconds for result in results)
    return times[ceil(share * len(times)) - 1] if times else None
