"""ROUGE-L of what is stated against the reference answer of a case that has one: characters as tokens."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.public.rouge import rouge_l
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "rouge_l"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """Its ROUGE-L, of 1; what is refused has 0."""
    reference = result.case.reference
    return (rouge_l(result.wording(), reference), 1) if reference else None


def compute(results: Sequence[Result]) -> float | None:
    """The mean; None without a case that has a reference."""
    return ratio(tally, results)
