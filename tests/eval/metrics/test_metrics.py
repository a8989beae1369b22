import math
from collections.abc import Callable
from typing import Any

import pytest

from eval.cases import Case
from eval.metrics import figures, metrics
from eval.results import Cited, Falsified, Judgement, Result, Usage
from eval.spans import Span

MakeResult = Callable[..., Result]
MakeSpan = Callable[[int, int], Span]


def compute(name: str, *results: Result) -> float | None:
    return metrics()[name].compute(results)


def test_every_metric_is_named_defined_and_says_which_way_is_better() -> None:
    assert set(metrics()) == {
        "answer_length",
        "citation_precision",
        "citation_recall",
        "cost",
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
        assert metric.__doc__
        assert metric.UNIT in ("share", "ms", "characters", "tokens", "money")
    lower = {name for name, metric in metrics().items() if not metric.HIGHER_IS_BETTER}
    assert lower == {
        "answer_length",
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


def test_citation_recall_counts_spans_that_are_cited(
    make_result: MakeResult,
    make_case: Callable[..., Case],
    make_cited: Callable[..., Cited],
    make_span: MakeSpan,
    unanswerable: Case,
) -> None:
    case = make_case((0, 10), (20, 30), (40, 50), (60, 70))
    cited = (make_cited(make_span(5, 8)), make_cited(make_span(0, 25)), make_cited(None))
    counted = make_result(case=case, cited=cited)
    left_out = (make_result(case=case, outcome="no_evidence"), make_result(case=unanswerable, cited=cited))
    assert compute("citation_recall", counted, *left_out) == 0.5


def test_ranking_counts_early_evidence_more_and_each_span_once(
    make_result: MakeResult, make_case: Callable[..., Case], make_span: MakeSpan, unanswerable: Case
) -> None:
    case = make_case((0, 10), (20, 30))
    nothing, first, second = make_span(90, 99), make_span(0, 5), make_span(25, 40)

    def ranked(*spans: Span) -> Result:
        return make_result(case=case, retrieved=spans)

    assert compute("ndcg@10", ranked(first, second)) == pytest.approx(1)
    assert compute("mrr", ranked(nothing, second, first)) == pytest.approx(1 / 2)
    # Places 2 and 3 of the best places 1 and 2.
    late = (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert compute("ndcg@10", ranked(nothing, second, first)) == pytest.approx(late)
    assert compute("ndcg@10", ranked(first, first)) == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert compute("ndcg@10", ranked(nothing)) == compute("mrr", ranked(nothing)) == 0
    assert compute("mrr", make_result(case=unanswerable)) is None


def test_rouge_counts_cases_with_a_reference(make_result: MakeResult, make_case: Callable[..., Case]) -> None:
    case = make_case(reference="最高 5万元")
    said = make_result(case=case, statements=("最高5万元",))
    silent = make_result(case=case, outcome="no_evidence")
    assert compute("rouge_l", said, silent, make_result()) == 0.5
    assert compute("rouge_l", make_result()) is None


def test_falsehoods_said_is_a_share_of_all_that_were_drafted(make_result: MakeResult) -> None:
    results = (
        make_result(falsified=Falsified(drafted=3, said=1)),
        make_result(falsified=Falsified(drafted=1, said=0)),
        make_result(),
    )
    assert compute("falsehoods_said", *results) == 0.25
    assert compute("falsehoods_said", make_result()) is None


def test_tokens_and_cost_are_those_of_questions_that_the_model_was_asked_for(make_result: MakeResult) -> None:
    priced = make_result(usage=Usage(calls=1, input_tokens=100, output_tokens=20, cost=0.5))
    unpriced = make_result(usage=Usage(calls=1, input_tokens=200, output_tokens=0))
    assert compute("tokens", priced, unpriced, make_result()) == 160
    assert compute("cost", priced, unpriced, make_result()) == 0.5
    assert compute("tokens", make_result()) is None


def test_keyword_recall_counts_what_the_keyword_index_alone_finds(
    make_result: MakeResult, make_case: Callable[..., Case], unanswerable: Case
) -> None:
    case = make_case((0, 5), (10, 15))
    found = make_result(case=case, by_words=1)
    lost = make_result(case=case, by_words=0)
    assert compute("keyword_recall@10", found, lost, make_result(case=case)) == 0.25
    assert compute("keyword_recall@10", make_result(case=unanswerable, by_words=0)) is None


def test_judgements_and_their_agreement_with_the_labels(
    make_result: MakeResult, make_case: Callable[..., Case]
) -> None:
    case = make_case(expected=(("5万元",),))
    results = (
        make_result(case=case, text="5万元", judgement=Judgement(faithful=True, correct=True)),
        make_result(case=case, text="补助", judgement=Judgement(faithful=True, correct=True)),
        make_result(case=case, text="补助", judgement=Judgement(faithful=False, correct=False)),
        make_result(case=case, text="补助"),
    )
    assert compute("judged_faithfulness", *results) == pytest.approx(2 / 3)
    assert compute("judged_correctness", *results) == pytest.approx(2 / 3)
    assert compute("judge_agreement", *results) == pytest.approx(2 / 3)


def test_tally_and_compute_of_a_metric_agree(
    make_result: MakeResult, make_case: Callable[..., Case], make_span: MakeSpan
) -> None:
    case = make_case((0, 5), (10, 15), expected=(("5万元",),))
    results = [
        make_result(case=case, text="5万元", retrieved=(make_span(0, 3),)),
        make_result(case=case, outcome="no_evidence"),
    ]
    tallied = [metric for metric in metrics().values() if hasattr(metric, "tally")]
    assert len(tallied) >= 15
    for metric in tallied:
        added = [found for result in results if (found := metric.tally(result)) is not None]
        below = sum(each[1] for each in added)
        expected = sum(each[0] for each in added) / below if below else None
        assert metric.compute(results) == expected, metric.NAME
