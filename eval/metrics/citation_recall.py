"""Share of a case's evidence spans that a citation overlaps, in answered answers to answerable cases."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result
from eval.tallies import Tally, ratio

NAME = "citation_recall"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def tally(result: Result) -> Tally | None:
    """Its evidence spans that are cited, of its evidence spans."""
    case = result.case
    if not case.answerable or not case.evidence or result.answer.outcome != "answered":
        return None
    return result.cited_evidence(), len(case.evidence)


def compute(results: Sequence[Result]) -> float | None:
    """The share over all spans together; None without a span."""
    return ratio(tally, results)
