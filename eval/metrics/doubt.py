"""Whether what is answered less surely is wrong more often: the curve of risk over coverage.

El-Yaniv and Wiener: On the foundations of noise-free selective classification, 2010; the area under the
curve as Geifman, Uziel and El-Yaniv have it (Bias-reduced uncertainty estimation, 2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from eval.metrics.metric import Metric
from eval.results import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """If all that is as sure is answered: the share of the questions, and that of the answers not right."""

    surety: float
    coverage: float
    risk: float


def risk_curve(results: Sequence[Result]) -> list[Point]:
    """From the surest answers to all that were given; an answer that hangs on no reading is sure."""
    given = sorted((each for each in results if each.answer.outcome == "answered"), key=_doubt)
    points, answered, wrong = [], 0, 0
    for doubt, group in groupby(given, key=_doubt):
        for result in group:
            answered += 1
            wrong += not result.is_right()
        points.append(
            Point(surety=1 - doubt, coverage=answered / len(results), risk=wrong / answered),
        )
    return points


def _doubt(result: Result) -> float:
    surety = result.answer.surety
    return 0.0 if surety is None else 1 - surety


def _area(results: Sequence[Result]) -> float | None:
    """The mean risk over all coverages that are reached; None without answers."""
    points = risk_curve(results)
    if not points:
        return None
    before = [0.0, *(each.coverage for each in points)]
    steps = [each.coverage - start for each, start in zip(points, before, strict=False)]
    return sum(each.risk * step for each, step in zip(points, steps, strict=True)) / points[-1].coverage


def _coverage_at(most: float, results: Sequence[Result]) -> float | None:
    """The highest coverage with no more than this risk; None without results."""
    if not results:
        return None
    return max((each.coverage for each in risk_curve(results) if each.risk <= most), default=0.0)


METRICS = (
    Metric(
        name="aurc",
        definition=(
            "Area under the curve of risk over coverage: the mean share of answers that are not right and "
            "whole, if only the surer ones were given, over all shares that could be given."
        ),
        higher_is_better=False,
        compute=_area,
    ),
    *(
        Metric(
            name=f"coverage_at_{share}_percent_risk",
            definition=(
                f"Share of the questions that would be answered if no more than {share} of 100 answers, the "
                "surest, might be not right and whole."
            ),
            higher_is_better=True,
            compute=partial(_coverage_at, share / 100),
        )
        for share in (1, 2)
    ),
)
