"""Share of answered answers that cite an expired or repealed document without saying that it is."""

from collections.abc import Sequence

from eval.attribution import unsaid_stale
from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "stale_document_rate"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """1 where it does, of 1."""
    if result.answer.outcome != "answered":
        return None
    return float(bool(unsaid_stale(result.answer))), 1


def compute(results: Sequence[Result]) -> float | None:
    """The share; None where nothing was answered."""
    return ratio(tally, results)
