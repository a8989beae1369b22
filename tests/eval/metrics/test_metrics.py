import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from eval.cases import Case
from eval.metrics import MEASURED, figures, metrics
from eval.results import Cited, Result
from eval.spans import Span

MakeResult = Callable[..., Result]
MakeSpan = Callable[[int, int], Span]


def compute(name: str, *results: Result) -> float | None:
    return metrics()[name].compute(results)


def test_every_metric_is_named_defined_and_says_which_way_is_better() -> None:
    assert set(metrics()) == {
        "answer_length",
        "aurc",
        "citation_precision",
        "citation_recall",
        "cost",
        "coverage_at_1_percent_risk",
        "coverage_at_2_percent_risk",
        "falsehoods_said",
        "judge_agreement",
        "judged_correctness",
        "judged_faithfulness",
        "keyword_recall@10",
        "latency_p99",
        "mrr",
        "ndcg@10",
        "region_mix_rate",
        "rouge_l",
        "stale_document_rate",
        "tokens",
        "clause_recall@1",
        "clause_recall@5",
        "clause_recall@10",
        "fact_accuracy",
        "latency_p50",
        "latency_p95",
        "refusal_answerable",
        "refusal_unanswerable",
        "verbatim_rate",
        "wrong_assertion",
    }
    for metric in metrics().values():
        assert metric.definition
        assert metric.unit in ("share", "ms", "characters", "tokens", "money")
    lower = {name for name, metric in metrics().items() if not metric.higher_is_better}
    assert lower == {
        "answer_length",
        "aurc",
        "cost",
        "falsehoods_said",
        "latency_p50",
        "latency_p95",
        "latency_p99",
        "refusal_answerable",
        "region_mix_rate",
        "stale_document_rate",
        "tokens",
        "wrong_assertion",
    }


def test_every_module_with_metrics_is_registered_and_no_name_is_given_twice() -> None:
    found = pkgutil.iter_modules(import_module("eval.metrics").__path__)
    modules = [import_module(f"eval.metrics.{each.name}") for each in found]
    assert {each for each in modules if hasattr(each, "METRICS")} == set(MEASURED)
    assert sum(len(module.METRICS) for module in MEASURED) == len(metrics())


def test_nothing_to_count_is_no_figure() -> None:
    assert set(figures(()).values()) == {None}


EXPECTED = {"expected": (("5万元", "50000元"), ("区商务局",)), "forbidden": ("区人社局",)}


@pytest.mark.parametrize(
    ("answer", "accuracy"),
    [
        ({"text": "最高５ 万元[1]", "statements": ("由区商\n务局牵头",)}, 1.0),
        ({"text": "最高50000元，区商务局牵头"}, 1.0),
        ({"text": "最高5万元"}, 0.0),
        ({"text": "最高15万元，区商务局牵头"}, 0.0),
        ({"text": "最高5万元，区商务局和区人社局牵头"}, 0.0),
        ({"text": "最高5万元，区商务局牵头", "outcome": "clarify"}, 0.0),
    ],
)
def test_fact_accuracy_wants_every_group_nothing_forbidden_and_the_outcome(
    make_result: MakeResult, make_case: Callable[..., Case], answer: dict[str, Any], accuracy: float
) -> None:
    assert compute("fact_accuracy", make_result(case=make_case(**EXPECTED), **answer)) == accuracy


def test_fact_accuracy_leaves_unanswerable_cases_out(make_result: MakeResult, unanswerable: Case) -> None:
    right = make_result()
    wrong = make_result(outcome="no_evidence")
    assert compute("fact_accuracy", right, wrong, make_result(case=unanswerable)) == 0.5


def test_recall_counts_spans_that_the_first_clauses_overlap(
    make_result: MakeResult, make_case: Callable[..., Case], make_span: MakeSpan
) -> None:
    case = make_case((0, 10), (20, 30), (40, 50))
    retrieved = (make_span(90, 99), make_span(9, 12), make_span(10, 20), make_span(29, 31))
    result = make_result(case=case, retrieved=retrieved)
    assert compute("clause_recall@1", result) == 0
    assert compute("clause_recall@5", result) == pytest.approx(2 / 3)


def test_recall_asks_no_more_spans_than_clauses(
    make_result: MakeResult, make_case: Callable[..., Case], make_span: MakeSpan
) -> None:
    case = make_case(*((10 * number, 10 * number + 5) for number in range(6)))
    five = make_result(
        case=case, retrieved=tuple(make_span(10 * number, 10 * number + 1) for number in range(5))
    )
    assert compute("clause_recall@1", five) == 1
    assert compute("clause_recall@5", five) == 1
    assert compute("clause_recall@10", five) == pytest.approx(5 / 6)


def test_recall_is_never_above_one(
    make_result: MakeResult, make_case: Callable[..., Case], make_span: MakeSpan
) -> None:
    result = make_result(case=make_case((0, 5), (6, 9)), retrieved=(make_span(0, 100),))
    assert compute("clause_recall@1", result) == 1


def test_recall_is_the_mean_over_cases_with_evidence(
    make_result: MakeResult, make_case: Callable[..., Case], make_span: MakeSpan, unanswerable: Case
) -> None:
    found = make_result(case=make_case((0, 5)), retrieved=(make_span(0, 5),))
    lost = make_result(case=make_case((0, 5), (6, 9)))
    assert compute("clause_recall@10", found, lost, make_result(case=unanswerable)) == 0.5


def test_another_document_is_no_evidence(make_result: MakeResult, make_case: Callable[..., Case]) -> None:
    elsewhere = Span(sha256="b" * 64, start=0, end=5)
    assert compute("clause_recall@1", make_result(case=make_case((0, 5)), retrieved=(elsewhere,))) == 0


def test_alternative_is_a_source_for_citations_but_no_further_span_to_find(
    make_result: MakeResult,
    make_case: Callable[..., Case],
    make_cited: Callable[..., Cited],
    make_span: MakeSpan,
) -> None:
    case = make_case((0, 10), alternatives=make_case((50, 60)).evidence, expected=(("5万元",),))
    cited = (make_cited(make_span(5, 8)), make_cited(make_span(55, 58)), make_cited(make_span(20, 30)))
    found = make_result(case=case, cited=cited, retrieved=(make_span(0, 10),))
    assert compute("citation_precision", found) == pytest.approx(2 / 3)
    assert compute("clause_recall@5", found) == 1
    assert found.loss() == "not chosen"
    only_again = make_result(case=case, retrieved=(make_span(50, 60),))
    assert compute("clause_recall@5", only_again) == 0


def test_citation_precision_counts_citations_not_cases(
    make_result: MakeResult,
    make_case: Callable[..., Case],
    make_cited: Callable[..., Cited],
    make_span: MakeSpan,
) -> None:
    case = make_case((0, 10), (20, 30))
    right = make_result(case=case, cited=(make_cited(make_span(25, 40)),))
    wrong = make_result(
        case=case, cited=(make_cited(make_span(10, 20)), make_cited(make_span(50, 60)), make_cited(None))
    )
    assert compute("citation_precision", right, wrong) == 0.25


def test_citation_precision_leaves_out_what_should_not_be_answered(
    make_result: MakeResult,
    make_case: Callable[..., Case],
    make_cited: Callable[..., Cited],
    make_span: MakeSpan,
    unanswerable: Case,
) -> None:
    far = (make_cited(make_span(90, 99)),)
    refused = make_result(case=make_case((0, 5)), outcome="no_evidence", cited=far)
    assert compute("citation_precision", make_result(case=unanswerable, cited=far), refused) is None


@pytest.mark.parametrize(
    ("texts", "rate"),
    [
        ({}, 1.0),
        ({"source_text": "最高　5\r\n万元"}, 1.0),
        ({"policy_text": "最高 5万元"}, 0.0),
        ({"source_text": "最高为5万元"}, 0.0),
        ({"source_text": "最高万元5"}, 0.0),
        ({"source_text": ""}, 0.0),
    ],
)
def test_verbatim_quotes_are_policy_text_and_source_text(
    make_result: MakeResult, make_cited: Callable[..., Cited], texts: dict[str, str], rate: float
) -> None:
    assert compute("verbatim_rate", make_result(cited=(make_cited(**texts),))) == rate


def test_empty_quote_is_not_verbatim(make_result: MakeResult, make_cited: Callable[..., Cited]) -> None:
    assert compute("verbatim_rate", make_result(cited=(make_cited(quote=""),))) == 0


def test_verbatim_rate_counts_the_quotes_of_unanswerable_cases_too(
    make_result: MakeResult, make_cited: Callable[..., Cited], unanswerable: Case
) -> None:
    altered = make_result(case=unanswerable, cited=(make_cited(source_text="别的"),))
    assert compute("verbatim_rate", altered, make_result(cited=(make_cited(),))) == 0.5


def test_refusals_are_counted_apart_for_answerable_and_unanswerable_cases(
    make_result: MakeResult, unanswerable: Case
) -> None:
    results = (
        make_result(case=unanswerable, outcome="no_evidence"),
        make_result(case=unanswerable, outcome="clarify"),
        make_result(outcome="no_evidence"),
        make_result(outcome="clarify"),
        make_result(),
        make_result(),
    )
    assert compute("refusal_unanswerable", *results) == 0.5
    assert compute("refusal_answerable", *results) == 0.25


def test_wrong_assertion_is_a_share_of_answered_questions(
    make_result: MakeResult, make_case: Callable[..., Case], unanswerable: Case
) -> None:
    case = make_case(forbidden=("800元",))
    results = (
        make_result(case=case, text="补助", statements=("每人 800 元",)),
        make_result(case=case, text="补助1800元"),
        make_result(case=case, text="没有800元", outcome="no_evidence"),
        make_result(case=unanswerable),
    )
    assert compute("wrong_assertion", *results) == pytest.approx(1 / 3)


def test_answer_length_is_the_median_of_answered_texts(make_result: MakeResult) -> None:
    results = [make_result(text="字" * length) for length in (1, 7, 100)]
    assert compute("answer_length", *results, make_result(text="字" * 500, outcome="no_evidence")) == 7


def test_latency_is_the_median_and_the_nearest_rank(make_result: MakeResult) -> None:
    results = [make_result(milliseconds=float(number)) for number in range(100, 0, -1)]
    assert compute("latency_p50", *results) == 50.5
    assert compute("latency_p95", *results) == 95
    assert compute("latency_p95", results[0]) == 100
