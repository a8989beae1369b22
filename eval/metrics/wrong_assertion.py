"""Share of answered questions whose answer says a forbidden string: a wrong unit, amount, date or region."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "wrong_assertion"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """1 where it says one, of 1."""
    return (float(bool(result.asserted())), 1) if result.answer.outcome == "answered" else None


def compute(results: Sequence[Result]) -> float | None:
    """The share; None where nothing was answered."""
    return ratio(tally, results)
