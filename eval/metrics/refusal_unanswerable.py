"""Share of unanswerable cases that are refused with `no_evidence`."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "refusal_unanswerable"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """1 where it is refused, of 1."""
    return None if result.case.answerable else (float(result.answer.outcome == "no_evidence"), 1)


def compute(results: Sequence[Result]) -> float | None:
    """The share; None without an unanswerable case."""
    return ratio(tally, results)
