import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Citation, Question, Statement
from eval.cases import Case
from eval.errors import DocumentRejectedError
from eval.results import Result
from eval.runner import CatalogSources, ask_all, further_files, index
from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.ingest_report import IngestReport
from vectorstore.search import ScoredClause


class FakeAssistant:
    """Quotes the words it is given, from wherever they stand in the policy."""

    def __init__(self, policy: Policy, quoted: str, *, shifted: int = 0) -> None:
        self.asked: list[Question] = []
        self._policy = policy
        self._quoted = quoted
        self._shifted = shifted

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        policy, start = self._policy, self._policy.text.index(self._quoted) + self._shifted
        citation = Citation(
            marker=1,
            policy_id=policy.policy_id,
            policy_title=policy.metadata.title,
            document_number=None,
            region=None,
            source=policy.source,
            clause_id=policy.clauses[0].clause_id,
            locator="一、(一)",
            quote=self._quoted,
            start=start,
            end=start + len(self._quoted),
            validity="unknown",
            expires_on=None,
        )
        return Answer(
            question=question.text,
            outcome="answered",
            text=f"{self._quoted}[1]",
            statements=(Statement(text=self._quoted, citations=(1,)),),
            citations=(citation,),
            notices=(),
            related=(),
            choices=(),
            composer="extractive",
            milliseconds=0,
        )

    def search(self, question: Question, *, limit: int) -> Sequence[ScoredClause]:
        assert limit == 10
        return [ScoredClause(clause=clause, score=0.5) for clause in self._policy.clauses]


@pytest.fixture
def catalog(tmp_path: Path, document: Path, policy: Policy) -> Iterator[Catalog]:
    with Catalog.open(tmp_path / "catalog.sqlite3", create=True) as opened:
        opened.files.replace(str(document.resolve()), policy.source_sha256, [policy])
        yield opened


def no_progress(_what: str, _done: int, _total: int) -> None: ...


def test_result_holds_answer_quote_and_found_clauses_where_they_stand(
    catalog: Catalog, policy: Policy, document: Path, make_case: Callable[..., Case], day: date
) -> None:
    times = iter((1.0, 1.25))
    (result,) = ask_all(
        [make_case(id="rent")],
        FakeAssistant(policy, "最高5万元"),
        CatalogSources(catalog),
        today=day,
        progress=no_progress,
        clock=lambda: next(times),
    )
    source = document.read_text("utf-8")
    (cited,) = result.cited
    assert cited.is_verbatim()
    assert cited.span is not None
    assert source[cited.span.start : cited.span.end] == "最高5万元"
    assert result.milliseconds == 250
    assert [source[found.span.start : found.span.end] for found in result.retrieved] == [
        clause.text for clause in policy.clauses
    ]


@pytest.mark.parametrize("shifted", [1, 100_000])
def test_quote_at_wrong_offsets_is_not_verbatim(
    catalog: Catalog, policy: Policy, make_case: Callable[..., Case], day: date, shifted: int
) -> None:
    assistant = FakeAssistant(policy, "最高5万元", shifted=shifted)
    (result,) = ask_all([make_case()], assistant, CatalogSources(catalog), today=day, progress=no_progress)
    assert not result.cited[0].is_verbatim()


def test_quote_whose_source_file_changed_is_not_verbatim(
    catalog: Catalog, policy: Policy, document: Path, make_case: Callable[..., Case], day: date
) -> None:
    document.write_text(document.read_text("utf-8").replace("5万元", "6万元"), encoding="utf-8")
    assistant = FakeAssistant(policy, "最高5万元")
    (result,) = ask_all([make_case()], assistant, CatalogSources(catalog), today=day, progress=no_progress)
    assert not result.cited[0].is_verbatim()


def test_questions_are_asked_with_their_history_on_their_day(
    catalog: Catalog, policy: Policy, make_case: Callable[..., Case], day: date
) -> None:
    assistant = FakeAssistant(policy, "最高5万元")
    cases = [make_case(history=("有补助吗？",)), make_case(on=date(2020, 1, 1))]
    ask_all(cases, assistant, CatalogSources(catalog), today=day, progress=no_progress)
    assert [question.on for question in assistant.asked] == [day, date(2020, 1, 1)]
    assert assistant.asked[0].history == ("有补助吗？",)


def test_progress_counts_the_questions(
    catalog: Catalog, policy: Policy, make_case: Callable[..., Case], day: date
) -> None:
    seen: list[tuple[int, int]] = []
    ask_all(
        [make_case(), make_case()],
        FakeAssistant(policy, "最高5万元"),
        CatalogSources(catalog),
        today=day,
        progress=lambda _what, done, total: seen.append((done, total)),
    )
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_waiting_is_shared_by_jobs_side_by_side(
    catalog: Catalog, policy: Policy, make_case: Callable[..., Case], day: date
) -> None:
    class Waiting(FakeAssistant):
        def ask(self, question: Question) -> Answer:
            time.sleep(0.05)
            return super().ask(question)

    cases = [make_case(id=f"c{number}") for number in range(12)]

    def seconds(jobs: int) -> float:
        began = time.perf_counter()
        results = ask_all(
            cases,
            Waiting(policy, "最高5万元"),
            CatalogSources(catalog),
            today=day,
            progress=no_progress,
            jobs=jobs,
        )
        assert [result.case.id for result in results] == [case.id for case in cases]
        return time.perf_counter() - began

    assert seconds(6) < 0.6 * seconds(1)


def test_kept_results_are_not_asked_for_again(
    catalog: Catalog,
    policy: Policy,
    make_case: Callable[..., Case],
    make_result: Callable[..., Result],
    day: date,
) -> None:
    assistant, told = FakeAssistant(policy, "最高5万元"), []
    cases = [make_case(id="a"), make_case(id="b", question="别的？")]
    kept = make_result(case=cases[0])
    results = ask_all(
        cases,
        assistant,
        CatalogSources(catalog),
        today=day,
        progress=no_progress,
        kept={"a": kept},
        on_result=told.append,
    )
    assert results[0] is kept
    assert [question.text for question in assistant.asked] == ["别的？"]
    assert [result.case.id for result in told] == ["b"]


def test_files_outside_the_set_are_told(catalog: Catalog, document: Path, policy: Policy) -> None:
    other = replace(policy, policy_id="other", source_sha256="b" * 64, clauses=(), facts=())
    catalog.files.replace("/elsewhere/other.txt", other.source_sha256, [other])
    assert further_files(catalog, [document.parent]) == [Path("/elsewhere/other.txt")]
    assert further_files(catalog, [document, Path("/elsewhere")]) == []


def test_document_that_cannot_be_indexed_ends_the_run() -> None:
    class Failing(Indexer):
        def __init__(self) -> None: ...

        def index(self, paths: Sequence[Path], **_: object) -> list[IngestReport]:
            return [IngestReport(path=paths[0], status="failed", error="bad.txt: found binary data")]

    with pytest.raises(DocumentRejectedError, match="binary data"):
        index(Failing(), [Path("bad.txt")], no_progress)
