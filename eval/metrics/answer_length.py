"""Median length of the text of answered answers."""

from collections.abc import Sequence
from statistics import median

from eval.metrics import Unit
from eval.results import Result

NAME = "answer_length"
UNIT: Unit = "characters"
HIGHER_IS_BETTER = False


def compute(results: Sequence[Result]) -> float | None:
    """The median in characters; None where nothing was answered."""
    lengths = [len(result.answer.text) for result in results if result.answer.outcome == "answered"]
    return float(median(lengths)) if lengths else None
