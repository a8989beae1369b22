"""Share of citations that overlap an evidence span of their case, in answered answers to answerable cases."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "citation_precision"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """Its citations on evidence, of its citations."""
    case = result.case
    if not case.answerable or not case.evidence or result.answer.outcome != "answered":
        return None
    return result.on_evidence(), len(result.cited)


def compute(results: Sequence[Result]) -> float | None:
    """The share over all citations together; None without a citation."""
    return ratio(tally, results)
