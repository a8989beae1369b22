import math
from collections.abc import Callable

import pytest

from eval.cases import Case
from eval.metrics import metrics
from eval.results import Cited, Falsified, Judgement, Result, Usage
from eval.spans import Span

MakeResult = Callable[..., Result]
MakeSpan = Callable[[int, int], Span]


def compute(name: str, *results: Result) -> float | None:
    return metrics()[name].compute(results)


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
    tallied = [(metric, metric.tally) for metric in metrics().values() if metric.tally is not None]
    assert len(tallied) >= 15
    for metric, tally in tallied:
        added = [found for result in results if (found := tally(result)) is not None]
        below = sum(each[1] for each in added)
        expected = sum(each[0] for each in added) / below if below else None
        assert metric.compute(results) == expected, metric.name
