"""Share of answerable cases that are wrongly refused with `no_evidence`."""

from collections.abc import Sequence
from statistics import fmean

from eval.metrics import Unit
from eval.results import Result

NAME = "refusal_answerable"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def compute(results: Sequence[Result]) -> float | None:
    """The share; None without an answerable case."""
    refused = [result.answer.outcome == "no_evidence" for result in results if result.case.answerable]
    return fmean(refused) if refused else None
