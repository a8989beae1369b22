"""Share of a case's evidence spans that the first 10 clauses found overlap, mean over answerable cases.

At most 10 spans of a case are counted.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.ranking import recall_at
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "clause_recall@10"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """The share of its spans, of 1."""
    return recall_at(10, result)


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None without a case that has evidence."""
    return ratio(tally, results)
