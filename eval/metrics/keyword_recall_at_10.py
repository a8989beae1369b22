"""Share of a case's evidence spans that the keyword index alone finds, mean over answerable cases.

Counted in its first 10 clauses for the words of the question. The vectors make up for an index that lost
its words, so that `clause_recall@10` hardly tells.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "keyword_recall@10"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True
_LIMIT = 10


def tally(result: Result) -> Tally | None:
    """The share of its spans, at most 10 counted, of 1."""
    if result.by_words is None or not result.case.answerable:
        return None
    return min(1.0, result.by_words / min(_LIMIT, len(result.case.evidence))), 1


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None without a case that has evidence."""
    return ratio(tally, results)
