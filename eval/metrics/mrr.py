"""Mean over answerable cases of 1 / rank of the first of 10 clauses found that overlaps an evidence span."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.ranking import ranked_by
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "mrr"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """Its reciprocal rank, of 1."""
    return ranked_by("RR@10", result)


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None without a case that has evidence."""
    return ratio(tally, results)
