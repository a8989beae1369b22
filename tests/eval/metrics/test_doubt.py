from collections.abc import Callable
from dataclasses import replace

import pytest

from eval.cases import Case
from eval.intervals import figures_with_intervals
from eval.metrics import metrics
from eval.metrics.doubt import Point, risk_curve
from eval.results import Result

MakeResult = Callable[..., Result]


@pytest.fixture
def results(make_result: MakeResult, unanswerable: Case) -> list[Result]:
    """Two right answers, the less sure of them as sure as a wrong one; a wrong one; a refusal."""

    def sure(result: Result, surety: float | None) -> Result:
        return replace(result, answer=replace(result.answer, surety=surety))

    return [
        sure(make_result(case=unanswerable), 0.25),
        sure(make_result(), 0.5),
        sure(make_result(case=unanswerable), 0.5),
        sure(make_result(), None),
        sure(make_result(case=unanswerable, outcome="no_evidence"), 0.125),
    ]


def test_the_curve_goes_from_the_surest_to_all_answers(results: list[Result]) -> None:
    assert risk_curve(results) == [
        Point(surety=1.0, coverage=0.2, risk=0.0),
        Point(surety=0.5, coverage=0.6, risk=pytest.approx(1 / 3)),
        Point(surety=0.25, coverage=0.8, risk=0.5),
    ]


def test_the_area_is_the_mean_risk_and_the_coverage_the_highest_with_so_little(results: list[Result]) -> None:
    def compute(name: str) -> float | None:
        return metrics()[name].compute(results)

    assert compute("aurc") == pytest.approx((0.2 * 0 + 0.4 / 3 + 0.2 * 0.5) / 0.8)
    assert compute("coverage_at_1_percent_risk") == compute("coverage_at_2_percent_risk") == 0.2


def test_without_answers_there_is_no_curve(make_result: MakeResult, unanswerable: Case) -> None:
    refused = [make_result(case=unanswerable, outcome="no_evidence")]
    assert metrics()["aurc"].compute(refused) is None
    assert metrics()["coverage_at_1_percent_risk"].compute(refused) is None


def test_a_question_back_is_no_answer(make_result: MakeResult, results: list[Result]) -> None:
    assert len(risk_curve([*results, make_result(outcome="clarify")])) == len(risk_curve(results))


def test_of_answers_that_do_not_say_how_sure_they_are_there_is_no_curve(make_result: MakeResult) -> None:
    assert risk_curve([make_result(), make_result()]) == []
    assert metrics()["aurc"].compute([make_result()]) is None


def test_the_interval_is_that_of_the_figure_of_drawn_results(results: list[Result]) -> None:
    figure = figures_with_intervals(results * 40)["aurc"]
    assert figure.value is not None and figure.interval is not None
    assert figure.interval.low < figure.value < figure.interval.high
