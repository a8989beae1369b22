"""Share of answered answers that cite documents of several regions without naming each of these regions."""

from collections.abc import Sequence

from eval.attribution import unnamed_regions
from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "region_mix_rate"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """1 where it does, of 1."""
    if result.answer.outcome != "answered":
        return None
    return float(bool(unnamed_regions(result.answer))), 1


def compute(results: Sequence[Result]) -> float | None:
    """The share; None where nothing was answered."""
    return ratio(tally, results)
