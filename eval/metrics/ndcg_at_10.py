"""nDCG@10 of the clauses found, mean over answerable cases: early evidence counts more than late evidence.

The n spans of evidence are n things to find, each once, all of the same worth (`eval.ranking`).
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.ranking import ranked_by
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "ndcg@10"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """Its nDCG@10, of 1."""
    return ranked_by("nDCG@10", result)


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None without a case that has evidence."""
    return ratio(tally, results)
