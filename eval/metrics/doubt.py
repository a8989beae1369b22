"""Whether what is answered less surely is wrong more often: the curve of risk over coverage.

El-Yaniv and Wiener: On the foundations of noise-free selective classification, 2010; the area under the
curve as Geifman, Uziel and El-Yaniv have it (Bias-reduced uncertainty estimation, 2019).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter

from eval.metrics.metric import Joint, Metric, Tally
from eval.results import Result

_REFUSED: Tally = (-1.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """If all that is as sure is answered: the share of the questions, and that of the answers not right."""

    surety: float
    coverage: float
    risk: float


def risk_curve(results: Sequence[Result]) -> list[Point]:
    """From the surest answers to all that were given; empty if no answer says how sure it is.

    An answer that does not say is one that did not hang on it, and counts as sure.
    """
    return _curve([_seen(result) for result in results])


def _seen(result: Result) -> Tally:
    """The doubt of a result, NaN if its answer does not say, and 1 if it is not right; (-1, 0) if refused."""
    if result.answer.outcome != "answered":
        return _REFUSED
    surety = result.answer.surety
    return math.nan if surety is None else 1 - surety, float(not result.is_right())


def _curve(seen: Sequence[Tally]) -> list[Point]:
    given = [each for each in seen if each != _REFUSED]
    if all(math.isnan(doubt) for doubt, _ in given):
        return []
    points, answered, wrong = [], 0, 0.0
    in_order = sorted((0.0 if math.isnan(doubt) else doubt, is_wrong) for doubt, is_wrong in given)
    for doubt, group in groupby(in_order, key=itemgetter(0)):
        for _, is_wrong in group:
            answered += 1
            wrong += is_wrong
        points.append(Point(surety=1 - doubt, coverage=answered / len(seen), risk=wrong / answered))
    return points


def _area(seen: Sequence[Tally]) -> float | None:
    """The mean risk over all coverages that are reached; None without a curve."""
    points = _curve(seen)
    if not points:
        return None
    before = [0.0, *(each.coverage for each in points)]
    steps = [each.coverage - start for each, start in zip(points, before, strict=False)]
    return sum(each.risk * step for each, step in zip(points, steps, strict=True)) / points[-1].coverage


def _coverage_at(most: float, seen: Sequence[Tally]) -> float | None:
    """The highest coverage with no more than this risk; None without a curve."""
    points = _curve(seen)
    return max((each.coverage for each in points if each.risk <= most), default=0.0) if points else None


def _joint(
    name: str, definition: str, figure: Callable[[Sequence[Tally]], float | None], *, higher_is_better: bool
) -> Metric:
    joint = Joint(_seen, figure)
    return Metric(
        name=name,
        definition=definition,
        higher_is_better=higher_is_better,
        compute=joint.compute,
        joint=joint,
    )


METRICS = (
    _joint(
        "aurc",
        "Area under the curve of risk over coverage: the mean share of answers that are not right and "
        "whole, if only the surer ones were given, over all shares that could be given.",
        _area,
        higher_is_better=False,
    ),
    *(
        _joint(
            f"coverage_at_{share}_percent_risk",
            f"Share of the questions that would be answered if no more than {share} of 100 answers, the "
            "surest, might be not right and whole.",
            partial(_coverage_at, share / 100),
            higher_is_better=True,
        )
        for share in (1, 2)
    ),
)
