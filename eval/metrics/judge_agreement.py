"""Share of judged answers on whose correctness the judge and the labels of the case agree.

The labels are the expected and the forbidden facts, by which `fact_accuracy` counts.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "judge_agreement"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """1 where they agree, of 1."""
    judged = result.judgement
    return (float(judged.correct == result.is_right()), 1) if judged else None


def compute(results: Sequence[Result]) -> float | None:
    """The share; None where nothing was judged."""
    return ratio(tally, results)
