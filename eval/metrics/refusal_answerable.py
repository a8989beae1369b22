"""Share of answerable cases that are wrongly refused with `no_evidence`."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "refusal_answerable"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """1 where it is refused, of 1."""
    return (float(result.answer.outcome == "no_evidence"), 1) if result.case.answerable else None


def compute(results: Sequence[Result]) -> float | None:
    """The share; None without an answerable case."""
    return ratio(tally, results)
