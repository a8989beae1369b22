"""How sure a figure is: confidence intervals by the bootstrap, and whether two runs truly differ.

Questions are drawn with replacement (Efron and Tibshirani: An Introduction to the Bootstrap, 1993,
chapter 13: percentile intervals), always the same ones for the same number of questions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy

from eval.metrics import figures, metrics
from eval.metrics.metric import Metric
from eval.results import Result

RESAMPLES = 1000
_SEED = 20_240_601
_LEVEL = 0.95
_Drawn = TypeVar("_Drawn")
Numbers = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where the figure of 95 of 100 such samples of questions lies."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The figure of a metric and how sure it is."""

    value: float | None
    interval: Interval | None


def figures_with_intervals(results: Sequence[Result]) -> dict[str, Figure]:
    """The figure of every metric by its name; no interval where there is no figure."""
    found = figures(results)
    if not results:
        return {name: Figure(value=value, interval=None) for name, value in found.items()}
    # How often each question is drawn, shape (resamples, questions).
    draws = _draws(len(results))
    return {
        name: Figure(value=found[name], interval=_interval(metric, results, draws, found[name]))
        for name, metric in metrics().items()
    }


def sums(metric: Metric, results: Sequence[Result]) -> Numbers | None:
    """What each result adds above and below the line, shape (2, results); None for other metrics."""
    tally = metric.tally
    if tally is None:
        return None
    return numpy.array([tally(result) or (0.0, 0.0) for result in results], dtype=numpy.float64).T


def quotients(above: Numbers, below: Numbers) -> Numbers:
    """Element by element; NaN where nothing is counted."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        divided: Numbers = numpy.where(below > 0, above / below, numpy.nan)
    return divided


def _draws(count: int) -> numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]]:
    generator = numpy.random.default_rng(_SEED)
    return generator.multinomial(count, numpy.full(count, 1 / count), size=RESAMPLES)


def _interval(
    metric: Metric,
    results: Sequence[Result],
    draws: numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]],
    value: float | None,
) -> Interval | None:
    if value is None:
        return None
    added = sums(metric, results)
    if added is not None:
        drawn = quotients(draws @ added[0], draws @ added[1])
    else:
        drawn = numpy.array(list(_of_draws(metric, results, draws)), dtype=numpy.float64)
    if numpy.isnan(drawn).all():
        return None
    edge = 100 * (1 - _LEVEL) / 2
    low, high = numpy.nanpercentile(drawn, (edge, 100 - edge))
    return Interval(low=float(low), high=float(high))


def _of_draws(
    metric: Metric,
    results: Sequence[Result],
    draws: numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]],
) -> Iterator[float]:
    if metric.joint is None:
        figures_of = (metric.compute(_drawn(results, draw)) for draw in draws)
    else:
        seen = [metric.joint.seen(result) for result in results]
        figures_of = (metric.joint.figure(_drawn(seen, draw)) for draw in draws)
    yield from (numpy.nan if figure is None else figure for figure in figures_of)


def _drawn(each: Sequence[_Drawn], draw: Sequence[int]) -> list[_Drawn]:
    return [one for one, times in zip(each, draw, strict=True) for _ in range(times)]


def values_of(found: Mapping[str, Figure]) -> dict[str, float | None]:
    """The figures alone."""
    return {name: figure.value for name, figure in found.items()}


def upper_bound(wrong: int, of: int, *, level: float = _LEVEL) -> float:
    """The share that is not exceeded with this surety, if so many of so many are wrong; 1 of none.

    One-sided and exact (Clopper and Pearson: The use of confidence or fiducial limits, 1934).
    """
    from scipy.stats import beta  # type: ignore[import-untyped]

    return 1.0 if wrong >= of else float(beta.ppf(level, wrong + 1, of - wrong))
