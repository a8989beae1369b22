"""Share of answered answers that a chat model as judge finds to say what the case expects (`--judge`).

Beside it stands `judge_agreement`: how far this judge is to be trusted.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "judged_correctness"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """1 where it is found correct, of 1."""
    judged = result.judgement
    return (float(judged.correct), 1) if judged else None


def compute(results: Sequence[Result]) -> float | None:
    """The share; None where nothing was judged."""
    return ratio(tally, results)
