"""A small document, its cases, and results made by hand."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.answer import Answer, Citation, Outcome, Statement
from bot.answering.attempt import Way
from bot.answering.explanation import ExplainedAttempt, ExplainedCandidate, ExplainedClause, Explanation
from eval.cases import Case, Evidence
from eval.results import Cited, Result, Retrieved
from eval.spans import Span
from ingest import parse
from ingest.input_files import read_file
from ingest.policy import Policy

TEXT = """云桥区小微企业扶持办法

一、补助
(一)房租补助。按年租金的30%补助，最高5万元。(区商务局牵头)
(二)培训补助。每人补助800元。(区人社局牵头)
"""


class MakeResult(Protocol):
    """Makes a result by hand."""

    def __call__(
        self,
        *,
        case: Case | None = None,
        text: str = "",
        statements: tuple[str, ...] = (),
        outcome: Outcome = "answered",
        milliseconds: float = 1.0,
        cited: tuple[Cited, ...] = (),
        retrieved: tuple[Span, ...] = (),
        citations: tuple[Citation, ...] = (),
        notices: tuple[str, ...] = (),
        **found: Any,
    ) -> Result: ...


def _answer(
    text: str,
    statements: tuple[str, ...],
    outcome: Outcome,
    citations: tuple[Citation, ...],
    notices: tuple[str, ...],
) -> Answer:
    return Answer(
        question="补助多少？",
        outcome=outcome,
        text=text,
        statements=tuple(Statement(text=said, citations=(1,)) for said in statements),
        citations=citations,
        notices=notices,
        related=(),
        choices=(),
        composer="extractive",
        milliseconds=1,
    )


@pytest.fixture
def make_span() -> Callable[[int, int], Span]:
    return lambda start, end: Span(sha256="a" * 64, start=start, end=end)


@pytest.fixture
def make_case() -> Callable[..., Case]:
    def make(*spans: tuple[int, int], **fields: Any) -> Case:
        evidence = tuple(
            Evidence(file="measure.txt", sha256="a" * 64, start=start, end=end, first="", last="")
            for start, end in spans
        )
        fixed: dict[str, Any] = {
            "id": "one",
            "question": "补助多少？",
            "kind": "amount",
            "outcome": "answered",
            "evidence": evidence,
        }
        return Case(**(fixed | fields))

    return make


@pytest.fixture
def make_cited() -> Callable[..., Cited]:
    def make(span: Span | None = None, quote: str = "最高5万元", **texts: str) -> Cited:
        return Cited(
            marker=1,
            quote=quote,
            policy_text=texts.get("policy_text", quote),
            source_text=texts.get("source_text", quote),
            span=span,
        )

    return make


@pytest.fixture
def make_citation() -> Callable[..., Citation]:
    def make(**fields: Any) -> Citation:
        fixed: dict[str, Any] = {
            "marker": 1,
            "policy_id": "a",
            "policy_title": "云桥区小微企业扶持办法",
            "document_number": None,
            "region": "云桥区",
            "source": "measure.txt",
            "clause_id": "a.1",
            "locator": "一、(一)",
            "quote": "最高5万元",
            "start": 0,
            "end": 6,
            "validity": "in_force",
            "expires_on": None,
        }
        return Citation(**(fixed | fields))

    return make


@pytest.fixture
def make_result(make_case: Callable[..., Case]) -> MakeResult:
    def make(
        *,
        case: Case | None = None,
        text: str = "",
        statements: tuple[str, ...] = (),
        outcome: Outcome = "answered",
        milliseconds: float = 1.0,
        cited: tuple[Cited, ...] = (),
        retrieved: tuple[Span, ...] = (),
        citations: tuple[Citation, ...] = (),
        notices: tuple[str, ...] = (),
        **found: Any,
    ) -> Result:
        return Result(
            case=case or make_case(),
            answer=_answer(text, statements, outcome, citations, notices),
            **found,
            milliseconds=milliseconds,
            cited=cited,
            retrieved=tuple(
                Retrieved(clause_id=f"c.{rank}", policy_title="办法", locator="一、", score=1.0, span=span)
                for rank, span in enumerate(retrieved)
            ),
        )

    return make


def _explained_attempt(way: Way, **fields: Any) -> ExplainedAttempt:
    clause: dict[str, Any] = {"clause_id": "a.1", "document": "办法", "locator": "一、(一)", "quoted": False}
    fixed: dict[str, Any] = {
        "way": way,
        "question": "补助多少？",
        "kinds": ("amount",),
        "regions": ("云桥区",),
        "documents": (),
        "years": (),
        "found": 60,
        "surety": 0.5,
        "dropped": {"another place": 3},
        "by_reading": True,
        "outcome": "no_evidence",
        "answered": False,
        "told": False,
        "opening": "没有找到",
        "statements": (),
        "unproven": (),
        "candidates": (ExplainedCandidate(score=1.0, read=True, dropped_by=None, **clause),),
        "clauses": (
            ExplainedClause(
                probability=0.2345, answers=0.5, retrieved=1.0, coverage=1.0, nearness=0.0, fact=1.0,
                shown=1.0, words="最高5万元", dropped_by="another place", answering=False, **clause,
            ),
        ),
    }  # fmt: skip
    return ExplainedAttempt(**(fixed | fields))


@pytest.fixture
def make_explanation() -> Callable[..., Explanation]:
    """An explanation with an attempt of each of these ways; keywords replace the fields of all of them."""

    def make(*ways: Way, **fields: Any) -> Explanation:
        attempts = tuple(_explained_attempt(way, **fields) for way in ways)
        return Explanation(reader="reader-9", enough=0.4, near=0.2, attempts=attempts)

    return make


@pytest.fixture
def unanswerable(make_case: Callable[..., Case]) -> Case:
    return make_case(kind="unanswerable", outcome="no_evidence")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    path = folder / "measure.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def policy(document: Path) -> Policy:
    return parse.parse(read_file(document))[0]


@pytest.fixture
def line() -> Callable[..., dict[str, Any]]:
    """A line of a set on the small document; keywords replace its fields."""

    def make(**fields: Any) -> dict[str, Any]:
        start = TEXT.index("(一)")
        end = TEXT.index("\n(二)")
        evidence = {
            "file": "measure.txt",
            "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "start": start,
            "end": end,
            "first": TEXT[start : start + 4],
            "last": TEXT[end - 4 : end],
        }
        fixed = {
            "id": "rent",
            "question": "房租补助最高多少？",
            "history": [],
            "kind": "amount",
            "tags": [],
            "on": None,
            "outcome": "answered",
            "expected": [["5万元", "50000元"]],
            "forbidden": ["800元"],
            "evidence": [evidence],
        }
        return fixed | fields

    return make


@pytest.fixture
def write_set(document: Path) -> Callable[..., Path]:
    """Writes lines as a set beside the small document."""

    def write(*lines: dict[str, Any] | str) -> Path:
        path = document.parent / "set.jsonl"
        texts = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in lines)
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def day() -> date:
    return date(2024, 6, 1)


@pytest.fixture(autouse=True)
def users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs are kept in the user's data folder, which is not that of the person who runs the tests."""
    folder = tmp_path / "users-data"
    monkeypatch.setenv("CLAUSEWISE_DATA", str(folder))
    return folder
