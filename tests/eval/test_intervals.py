from collections.abc import Callable

import pytest

from eval.intervals import figures_with_intervals, upper_bound
from eval.metrics import metrics
from eval.results import Result

MakeResult = Callable[..., Result]


def refused(count: int, make_result: MakeResult) -> list[Result]:
    return [make_result(outcome="no_evidence") for _ in range(count)]


def test_interval_holds_the_figure_and_narrows_with_more_questions(make_result: MakeResult) -> None:
    widths = []
    for count in (20, 400):
        results = refused(count // 4, make_result) + [make_result() for _ in range(3 * count // 4)]
        figure = figures_with_intervals(results)["refusal_answerable"]
        assert figure.value == 0.25
        assert figure.interval is not None
        assert figure.interval.low < 0.25 < figure.interval.high
        widths.append(figure.interval.high - figure.interval.low)
    # By the square root of 20.
    assert widths[0] / widths[1] == pytest.approx(20**0.5, rel=0.25)


def test_interval_is_that_of_the_binomial_distribution(make_result: MakeResult) -> None:
    results = refused(50, make_result) + [make_result() for _ in range(50)]
    interval = figures_with_intervals(results)["refusal_answerable"].interval
    assert interval is not None
    assert interval.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert interval.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)


def test_same_results_have_the_same_intervals(make_result: MakeResult) -> None:
    results = refused(3, make_result) + [make_result() for _ in range(9)]
    assert figures_with_intervals(results) == figures_with_intervals(list(results))


def test_every_metric_with_a_figure_has_an_interval(make_result: MakeResult) -> None:
    results = [make_result(text="字" * length, milliseconds=float(length)) for length in range(1, 30)]
    found = figures_with_intervals(results)
    for name in metrics():
        assert (found[name].value is None) == (found[name].interval is None), name
    median = found["latency_p50"].interval
    assert median is not None and median.low < 15 < median.high


def test_nothing_has_no_interval() -> None:
    assert all(figure.interval is None for figure in figures_with_intervals(()).values())


def test_the_upper_bound_is_exact() -> None:
    # Without a wrong one of n the bound is 1 - 0.05 ** (1 / n); Clopper and Pearson, 1934.
    assert upper_bound(0, 59) == pytest.approx(1 - 0.05 ** (1 / 59))
    assert upper_bound(5, 5) == upper_bound(0, 0) == 1.0
    assert upper_bound(3, 100) > 0.03
