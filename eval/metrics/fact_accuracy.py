"""Share of answerable cases answered right: the expected outcome, every expected fact, no forbidden one."""

from collections.abc import Sequence
from statistics import fmean

from eval.metrics import Unit
from eval.results import Result

NAME = "fact_accuracy"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def compute(results: Sequence[Result]) -> float | None:
    """The share; None without an answerable case."""
    right = [result.is_right() for result in results if result.case.answerable]
    return fmean(right) if right else None
