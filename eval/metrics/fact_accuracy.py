"""Share of answerable cases answered right: the expected outcome, every expected fact, no forbidden one."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "fact_accuracy"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """1 where it is right, of 1."""
    return (float(result.is_right()), 1) if result.case.answerable else None


def compute(results: Sequence[Result]) -> float | None:
    """The share; None without an answerable case."""
    return ratio(tally, results)
