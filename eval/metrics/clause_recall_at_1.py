"""Share of a case's evidence spans that the first clause found overlaps, mean over answerable cases.

At most one span of a case is counted.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.ranking import recall_at
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "clause_recall@1"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """The share of its spans, of 1."""
    return recall_at(1, result)


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None without a case that has evidence."""
    return ratio(tally, results)
