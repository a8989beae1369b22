"""How well search finds the evidence."""

from functools import partial

from eval.metrics.metric import Tally, ratio
from eval.metrics.ranking import ranked_by, recall_at
from eval.results import Result

_KEYWORD_LIMIT = 10


def _found_by_words(result: Result) -> Tally | None:
    """The share of its spans in the first 10 clauses for the words of the question, at most 10 counted, of 1.

    The vectors make up for an index that lost its words, so that `clause_recall@10` hardly tells.
    """
    if result.by_words is None or not result.case.answerable:
        return None
    return min(1.0, result.by_words / min(_KEYWORD_LIMIT, len(result.case.evidence))), 1


# Of the recall of n clauses at most n spans of a case are counted (`eval.metrics.ranking`).
METRICS = (
    ratio(
        name="clause_recall@1",
        definition=(
            "Share of a case's evidence spans that the first clause found overlaps, "
            "mean over answerable cases."
        ),
        tally=partial(recall_at, 1),
        higher_is_better=True,
    ),
    ratio(
        name="clause_recall@5",
        definition=(
            "Share of a case's evidence spans that the first 5 clauses found overlap, "
            "mean over answerable cases."
        ),
        tally=partial(recall_at, 5),
        higher_is_better=True,
    ),
    ratio(
        name="clause_recall@10",
        definition=(
            "Share of a case's evidence spans that the first 10 clauses found overlap, "
            "mean over answerable cases."
        ),
        tally=partial(recall_at, 10),
        higher_is_better=True,
    ),
    ratio(
        name="keyword_recall@10",
        definition=(
            "Share of a case's evidence spans that the keyword index alone finds, mean over answerable cases."
        ),
        tally=_found_by_words,
        higher_is_better=True,
    ),
    ratio(
        name="mrr",
        definition=(
            "Mean over answerable cases of 1 / rank of the first of 10 clauses found "
            "that overlaps an evidence span."
        ),
        tally=partial(ranked_by, "RR@10"),
        higher_is_better=True,
    ),
    # The n spans of evidence are n things to find, each once, all of the same worth.
    ratio(
        name="ndcg@10",
        definition=(
            "nDCG@10 of the clauses found, mean over answerable cases: "
            "early evidence counts more than late evidence."
        ),
        tally=partial(ranked_by, "nDCG@10"),
        higher_is_better=True,
    ),
)
