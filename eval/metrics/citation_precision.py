"""Share of citations that overlap an evidence span of their case, in answered answers to answerable cases."""

from collections.abc import Sequence

from eval.metrics import Unit
from eval.results import Result

NAME = "citation_precision"
UNIT: Unit = "share"
HIGHER_IS_BETTER = True


def compute(results: Sequence[Result]) -> float | None:
    """The share over all citations together; None without a citation."""
    counted = [
        result
        for result in results
        if result.case.answerable and result.case.evidence and result.answer.outcome == "answered"
    ]
    total = sum(len(result.cited) for result in counted)
    return sum(result.on_evidence() for result in counted) / total if total else None
