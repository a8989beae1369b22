"""Share of quotes that are the policy text at their offsets and the source text less its listed deletions.

Blanks are not compared with the source, whose white space is normalised.
"""

from collections.abc import Sequence
from statistics import fmean

from eval.metrics import Unit
from eval.results import Result

NAME = "verbatim_rate"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def compute(results: Sequence[Result]) -> float | None:
    """The share over all quotes of all answers; None without a quote."""
    verbatim = [cited.is_verbatim() for result in results for cited in result.cited]
    return fmean(verbatim) if verbatim else None
