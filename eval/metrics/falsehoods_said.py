"""Share of statements falsified behind the composer's back that the answer says all the same.

Counted where a run falsifies drafts (`--falsify`, `eval.falsifying`): another figure, another unit, words
that stand in no quote, a quote that is no text of the document. The proof has to stop all of them.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "falsehoods_said"
UNIT: Unit = "share"
HIGHER_IS_BETTER = False


def tally(result: Result) -> Tally | None:
    """Its falsified statements that were said, of those that were drafted."""
    falsified = result.falsified
    return (falsified.said, falsified.drafted) if falsified else None


def compute(results: Sequence[Result]) -> float | None:
    """The share over all falsified statements; None where none was tried."""
    return ratio(tally, results)
