from collections.abc import Callable
from typing import Any

import pytest

from eval.cases import Case
from eval.results import Loss, Result
from eval.spans import Span

MakeResult = Callable[..., Result]


@pytest.mark.parametrize(
    ("answer", "is_retrieved", "loss"),
    [
        ({"text": "5万元"}, False, None),
        ({"text": "补助"}, False, "not retrieved"),
        ({"outcome": "no_evidence"}, False, "not retrieved"),
        ({"outcome": "no_evidence"}, True, "not chosen"),
        ({"outcome": "clarify"}, True, "not chosen"),
        ({"text": "补助"}, True, "not chosen"),
        ({"text": "补助", "unproven": ("最高8万元",)}, True, "not chosen"),
        ({"text": "补助", "unproven": ("最高5万元",)}, True, "not proven"),
        ({"text": "补助", "unproven": ("最高5万元",)}, False, "not retrieved"),
        ({"text": "补助", "absent": (0,)}, False, "not ingested"),
        ({"text": "5万元和800元"}, True, "wrongly said"),
        ({"text": "5万元和800元"}, False, "wrongly said"),
        ({"text": "5万元", "outcome": "clarify"}, True, "wrongly said"),
    ],
)
def test_loss_names_the_first_step_that_lost_the_answer(
    make_result: MakeResult,
    make_case: Callable[..., Case],
    answer: dict[str, Any],
    is_retrieved: bool,
    loss: Loss | None,
) -> None:
    span = Span(sha256="a" * 64, start=0 if is_retrieved else 50, end=60)
    case = make_case((0, 5), expected=(("5万元",),), forbidden=("800元",))
    assert make_result(case=case, retrieved=(span,), **answer).loss() == loss


def test_answer_to_an_unanswerable_question_is_wrongly_said(
    make_result: MakeResult, unanswerable: Case
) -> None:
    assert make_result(case=unanswerable).loss() == "wrongly said"
    assert make_result(case=unanswerable, outcome="no_evidence").loss() is None


def test_figures_of_two_statements_do_not_run_together(
    make_result: MakeResult, make_case: Callable[..., Case]
) -> None:
    case = make_case(expected=(("5万元",),))
    assert make_result(case=case, text="共1", statements=("5万元",)).is_right()


def test_search_that_found_nothing_loses_the_answer(
    make_result: MakeResult, make_case: Callable[..., Case]
) -> None:
    case = make_case((0, 5), expected=(("5万元",),))
    assert make_result(case=case, outcome="no_evidence").loss() == "not retrieved"
