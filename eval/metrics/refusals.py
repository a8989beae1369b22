"""Whether silence stands where it should."""

from eval.metrics.metric import Tally, ratio
from eval.results import Result


def _refused_wrongly(result: Result) -> Tally | None:
    """1 if it is refused, of 1."""
    return _refused(result) if result.case.answerable else None


def _refused_rightly(result: Result) -> Tally | None:
    """1 if it is refused, of 1."""
    return None if result.case.answerable else _refused(result)


def _refused(result: Result) -> Tally:
    return float(result.answer.outcome == "no_evidence"), 1


METRICS = (
    ratio(
        name="refusal_answerable",
        definition="Share of answerable cases that are wrongly refused with `no_evidence`.",
        tally=_refused_wrongly,
        higher_is_better=False,
    ),
    ratio(
        name="refusal_unanswerable",
        definition="Share of unanswerable cases that are refused with `no_evidence`.",
        tally=_refused_rightly,
        higher_is_better=True,
    ),
)
