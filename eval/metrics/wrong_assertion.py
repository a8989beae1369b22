"""Share of answered questions whose answer says a forbidden string: a wrong unit, amount, date or region."""

from collections.abc import Sequence
from statistics import fmean

from eval.metrics import Unit
from eval.results import Result

NAME = "wrong_assertion"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def compute(results: Sequence[Result]) -> float | None:
    """The share; None where nothing was answered."""
    wrong = [bool(result.asserted()) for result in results if result.answer.outcome == "answered"]
    return fmean(wrong) if wrong else None
