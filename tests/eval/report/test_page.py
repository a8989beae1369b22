from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from bot.answer import Citation
from bot.answering.explanation import Explanation
from eval.cases import Case
from eval.intervals import figures_with_intervals
from eval.report.markup import Markup, tag
from eval.report.page import report_page
from eval.report.reasons import reasons
from eval.results import Loss, Result
from eval.runs import RunInfo
from eval.spans import Span

MakeResult = Callable[..., Result]
MakeCase = Callable[..., Case]
_LARGEST = 3_000_000


@pytest.fixture
def info() -> RunInfo:
    return RunInfo(
        run_id="20240601-101500-set-1a2b3c",
        set="documents/set.jsonl",
        began_at=datetime(2024, 6, 1, tzinfo=UTC),
        today=date(2024, 6, 1),
        case_ids=("one",),
        set_sha256="a" * 64,
        corpus_sha256="b" * 64,
        documents=1,
        program_sha256="c" * 64,
        settings={"candidates": 60},
        versions={"python": "3.12"},
        machine="2 cores",
    )


def page_of(info: RunInfo, *results: Result) -> str:
    return report_page(info, results, figures_with_intervals(results))


@pytest.mark.parametrize(
    ("found", "step"),
    [
        ({"absent": (0,)}, "not ingested"),
        ({"retrieved": ()}, "not retrieved"),
        ({}, "not chosen"),
        ({"unproven": ("最高5万元",)}, "not proven"),
        ({"text": "5万元，800元"}, "wrongly said"),
    ],
)
def test_failed_question_stands_below_the_step_that_lost_it(
    info: RunInfo,
    make_result: MakeResult,
    make_case: MakeCase,
    make_span: Callable[[int, int], Span],
    found: dict[str, object],
    step: Loss,
) -> None:
    case = make_case((0, 5), expected=(("5万元",),), forbidden=("800元",))
    given: dict[str, object] = {"text": "补助", "retrieved": (make_span(0, 5),)}
    result = make_result(case=case, **(given | found))
    assert result.loss() == step
    page = page_of(info, result)
    assert f"<h3>{step}: 1</h3>" in page
    assert f'data-step="{step}"' in page
    failed = page[page.index("<h3>") :]
    assert "补助多少？" in failed and "5万元" in failed


def test_page_of_a_run_without_failures_says_so(info: RunInfo, make_result: MakeResult) -> None:
    page = page_of(info, make_result())
    assert "No question failed." in page
    assert "<title>set: 1 of 1 right</title>" in page


class _Balance(HTMLParser):
    """Names elements that are closed wrongly or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_500_failed_questions_with_long_answers_stay_below_3_megabytes(
    info: RunInfo,
    make_result: MakeResult,
    make_case: MakeCase,
    make_span: Callable[[int, int], Span],
    make_citation: Callable[..., Citation],
    make_explanation: Callable[..., Explanation],
) -> None:
    explanation = make_explanation("as_asked", *["part"] * 8, documents=("办" * 80,) * 9, question="问" * 300)
    long = replace(explanation.attempts[0].clauses[0], document="办" * 80, words="条" * 400)
    attempts = tuple(replace(each, clauses=(long,) * 12) for each in explanation.attempts)
    result = make_result(
        text="补" * 1_500,
        citations=tuple(make_citation(marker=marker, quote="助" * 900) for marker in range(1, 12)),
        retrieved=tuple(make_span(start, start + 1) for start in range(10)),
    )
    clauses = tuple(replace(clause, snippet="条" * 120) for clause in result.retrieved)
    results = [
        replace(
            result,
            case=make_case((0, 5), id=f"c{number}", question="问" * 60, expected=(("五万",),)),
            retrieved=clauses,
            explanation=replace(explanation, attempts=attempts),
        )
        for number in range(500)
    ]
    page = page_of(info, *results)
    assert page.count('class="failure"') == page.count('<details class="why">') == 500
    assert len(page.encode()) <= _LARGEST
    checked = _Balance()
    checked.feed(page)
    assert (checked.open, checked.wrong) == ([], [])


def test_a_failed_question_leads_to_why_it_is_answered_so(
    info: RunInfo,
    make_result: MakeResult,
    make_case: MakeCase,
    make_explanation: Callable[..., Explanation],
) -> None:
    failed = make_result(
        case=make_case((0, 5), expected=(("5万元",),)),
        text="补助",
        explanation=make_explanation("as_asked", "higher_places"),
    )
    page = page_of(info, failed)
    block = page[page.index('<details class="why">') :]
    assert page.index('class="failure"') < page.index('<details class="why">')
    for told in ("2 attempts, 2 clauses read", "1. as_asked", "2. higher_places", "0.234", "最高5万元"):
        assert told in block
    assert "dropped: another place 3" in block and "no_evidence, not told" in block


def test_what_goes_beyond_the_room_is_said_to_be_left_out(
    make_explanation: Callable[..., Explanation],
) -> None:
    explanation = make_explanation("as_asked", *["part"] * 8)
    (clause,) = explanation.attempts[0].clauses
    many = replace(
        explanation, attempts=tuple(replace(e, clauses=(clause,) * 12) for e in explanation.attempts)
    )
    whole, cut = reasons(many, most_bytes=1_000_000), reasons(many, most_bytes=3_000)
    assert "more" not in whole and whole.count("0.234") == 9 * 12
    assert len(cut.encode()) <= 3_000 + 400
    assert "more clauses" in cut and "more attempts" in cut and "1. as_asked" in cut


def test_texts_are_escaped_and_markup_is_not() -> None:
    assert tag("p", "a < b", tag("b", "c"), title='"x"') == Markup(
        '<p title="&quot;x&quot;">a &lt; b<b>c</b></p>'
    )
