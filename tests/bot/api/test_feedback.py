"""What users say of answers, through a real socket."""

import time
from collections.abc import Callable

import httpx
import pytest

from vectorstore.catalog import Catalog
from vectorstore.feedback import Note

SAID = {
    "rating": "down",
    "question": "补助多少？",
    "outcome": "answered",
    "answer": "5万元",
    "reason": "wrong",
}


def noted(catalog: Catalog) -> list[Note]:
    """The notes once there are some: they are written behind the answer."""
    for _ in range(200):
        if found := catalog.feedback.open_notes():
            return found
        time.sleep(0.02)
    raise AssertionError("nothing was noted")


def test_feedback_is_kept_with_what_was_quoted(address: str, catalog: Catalog) -> None:
    quote = {"policy_id": "p", "clause_id": "p.1", "locator": "一、", "quote": "最高5万元。"}
    response = httpx.post(f"{address}/api/feedback", json=SAID | {"citations": [quote], "history": ["甲？"]})
    assert (response.status_code, response.json()) == (201, {"kept": True})
    (note,) = catalog.feedback.open_notes()
    assert (note.verdict, note.reason, note.history) == ("down", "wrong", ("甲？",))
    assert note.quotes[0].quote == "最高5万元。"


@pytest.mark.parametrize("path", ["ask", "ask/stream"])
def test_question_without_an_answer_is_noted(address: str, catalog: Catalog, path: str) -> None:
    for question in ("火星补助多少？", "补助多少？"):
        httpx.post(f"{address}/api/{path}", json={"question": question, "history": ["甲？"]})
    (note,) = noted(catalog)
    assert (note.verdict, note.question, note.history) == ("unanswered", "火星补助多少？", ("甲？",))


@pytest.mark.parametrize(
    "bad",
    [
        {"rating": "meh"},
        {"reason": "because"},
        {"comment": "长" * 2001},
        {"question": None},
        {"citations": [{"policy_id": "p"}]},
    ],
)
def test_feedback_out_of_bounds_is_refused(address: str, bad: dict[str, object]) -> None:
    assert httpx.post(f"{address}/api/feedback", json=SAID | bad).status_code == 422


def test_answer_comes_though_its_question_cannot_be_noted(
    serve: Callable[..., str], assistant: object, catalog: Catalog
) -> None:
    address = serve(lambda: assistant)
    # A writer that does not end, as when documents are being indexed by another program.
    with catalog.exclusive(), httpx.Client(timeout=30) as client, Catalog.open(catalog.path) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        response = client.post(f"{address}/api/ask", json={"question": "火星补助多少？"})
        other._connection.execute("ROLLBACK")
    assert response.json()["outcome"] == "no_evidence"
