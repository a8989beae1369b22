"""Share of unanswerable cases that are refused with `no_evidence`."""

from collections.abc import Sequence
from statistics import fmean

from eval.metrics import Unit
from eval.results import Result

NAME = "refusal_unanswerable"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def compute(results: Sequence[Result]) -> float | None:
    """The share; None without an unanswerable case."""
    refused = [result.answer.outcome == "no_evidence" for result in results if not result.case.answerable]
    return fmean(refused) if refused else None
