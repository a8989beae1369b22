"""How answers are worded: how long they are, and how near to a reference."""

from collections.abc import Sequence
from statistics import median

from eval.metrics.metric import Metric, Tally, ratio
from eval.results import Result
from eval.rouge import rouge_l


def _median_length(results: Sequence[Result]) -> float | None:
    """In characters; None if nothing was answered."""
    lengths = [len(result.answer.text) for result in results if result.answer.outcome == "answered"]
    return float(median(lengths)) if lengths else None


def _like_reference(result: Result) -> Tally | None:
    """Its ROUGE-L, of 1; what is refused has 0."""
    reference = result.case.reference
    return (rouge_l(result.wording(), reference), 1) if reference else None


METRICS = (
    Metric(
        name="answer_length",
        definition="Median length of the text of answered answers.",
        unit="characters",
        higher_is_better=False,
        compute=_median_length,
    ),
    ratio(
        name="rouge_l",
        definition=(
            "ROUGE-L of what is stated against the reference answer of a case that has one: "
            "characters as tokens."
        ),
        tally=_like_reference,
        higher_is_better=True,
    ),
)
