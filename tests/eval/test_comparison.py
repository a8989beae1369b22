from collections.abc import Callable
from dataclasses import replace

import pytest

from eval.cases import Case
from eval.comparison import Comparison, Difference, compare
from eval.results import Result

MakeResult = Callable[..., Result]
MakeCase = Callable[..., Case]


@pytest.fixture
def answered(make_result: MakeResult, make_case: MakeCase) -> Callable[..., list[Result]]:
    """Results of as many cases as there are letters: r right, w wrong, n refused."""

    def make(letters: str, **fields: object) -> list[Result]:
        case = make_case((0, 5), expected=(("5万元",),))
        texts = {"r": ("5万元", "answered"), "w": ("补助", "answered"), "n": ("", "no_evidence")}
        return [
            make_result(
                case=replace(case, id=f"c{place}"), text=texts[letter][0], outcome=texts[letter][1], **fields
            )
            for place, letter in enumerate(letters)
        ]

    return make


def difference(found: Comparison, metric: str) -> Difference:
    return next(each for each in found.differences if each.metric == metric)


def test_questions_are_told_by_the_turn_they_took(answered: Callable[..., list[Result]]) -> None:
    found = compare(answered("rwwn"), answered("wrwr"))
    assert [pair.turn for pair in found.pairs] == ["worse", "better", "same", "better"]
    assert [pair.after.case.id for pair in found.turned("better")] == ["c1", "c3"]


def test_question_lost_at_another_step_is_told(answered: Callable[..., list[Result]]) -> None:
    before, after = answered("w"), answered("w", absent=(0,))
    assert compare(before, after).pairs[0].turn == "other"


def test_same_runs_differ_by_nothing_and_surely_by_chance(answered: Callable[..., list[Result]]) -> None:
    found = compare(answered("rw" * 20), answered("rw" * 20))
    accuracy = difference(found, "fact_accuracy")
    assert (accuracy.change, accuracy.p) == (0, 1)
    assert found.mcnemar_p is None


def test_large_difference_is_not_by_chance_and_a_small_one_may_be(
    answered: Callable[..., list[Result]],
) -> None:
    large = difference(compare(answered("w" * 40), answered("r" * 20 + "w" * 20)), "fact_accuracy")
    assert large.p is not None and large.p < 0.01
    assert large.interval is not None and large.interval.low > 0
    small = difference(compare(answered("w" * 40), answered("r" + "w" * 39)), "fact_accuracy")
    assert small.p is not None and small.p > 0.5
    assert small.interval is not None and small.interval.low <= 0


@pytest.mark.parametrize(("better", "worse", "p"), [(5, 0, 0.0625), (1, 1, 1.0), (8, 1, 0.0390625)])
def test_right_and_wrong_are_tested_exactly(
    answered: Callable[..., list[Result]], better: int, worse: int, p: float
) -> None:
    found = compare(answered("w" * better + "r" * worse + "r"), answered("r" * better + "w" * worse + "r"))
    assert found.mcnemar_p == pytest.approx(p)


def test_slower_run_is_told_with_its_chance(make_result: MakeResult, make_case: MakeCase) -> None:
    cases = [make_case(id=f"c{number}") for number in range(30)]
    before = [make_result(case=case, milliseconds=10.0 + place) for place, case in enumerate(cases)]
    after = [replace(result, milliseconds=result.milliseconds * 3) for result in before]
    latency = difference(compare(before, after), "latency_p50")
    assert latency.change == pytest.approx(2 * 24.5)
    assert latency.p is not None and latency.p < 0.05


def test_questions_of_one_run_or_of_other_words_stand_apart(answered: Callable[..., list[Result]]) -> None:
    before, after = answered("rrr"), answered("rr")
    after[1] = replace(after[1], case=replace(after[1].case, question="另外一问？"))
    found = compare(before, after)
    assert [pair.before.case.id for pair in found.pairs] == ["c0"]
    assert found.apart == ("c1", "c2")
