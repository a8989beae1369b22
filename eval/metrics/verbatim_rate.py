"""Share of quotes that are the policy text at their offsets and the source text less its listed deletions.

Blanks are not compared with the source, whose white space is normalised.
"""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "verbatim_rate"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """Its verbatim quotes, of its quotes."""
    return sum(cited.is_verbatim() for cited in result.cited), len(result.cited)


def compute(results: Sequence[Result]) -> float | None:
    """The share over all quotes of all answers; None without a quote."""
    return ratio(tally, results)
