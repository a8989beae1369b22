"""Clause recall at a number of results, for the metrics of that name."""

from collections.abc import Sequence
from statistics import fmean

from eval.results import Result


def recall_at(limit: int, results: Sequence[Result]) -> float | None:
    """The mean share of evidence spans that the best `limit` clauses overlap, at most `limit` spans counted.

    No more than `limit` spans can be asked of so few clauses, though one long clause may hold several.
    """
    shares = [
        min(1.0, result.found(limit) / min(limit, len(result.case.evidence)))
        for result in results
        if result.case.answerable and result.case.evidence
    ]
    return fmean(shares) if shares else None
