"""What users say of answers, through a real socket."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from bot.answer import Answer, Question
from bot.api.keeping import Keeping
from bot.settings import FeedbackSettings
from vectorstore.catalog import Catalog
from vectorstore.notes import Note

Serve = Callable[..., str]
JSON = {"Content-Type": "application/json"}
SAID = {
    "rating": "down",
    "question": "补助多少？",
    "outcome": "answered",
    "answer": "5万元",
    "reason": "wrong",
}


QUOTE = {"policy_id": "p", "clause_id": "p.1", "locator": "一、", "quote": "最高5万元。"}


def noted(catalog: Catalog) -> list[Note]:
    """The notes once there are some: they are written behind the answer."""
    for _ in range(200):
        if found := catalog.feedback.open_notes():
            return found
        time.sleep(0.02)
    raise AssertionError("nothing was noted")


def test_feedback_is_kept_with_what_was_quoted(address: str, catalog: Catalog) -> None:
    response = httpx.post(f"{address}/api/feedback", json=SAID | {"citations": [QUOTE], "history": ["甲？"]})
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
        {"question": "长" * 2700},
        {"answer": "长" * 4100},
        {"history": ["甲？"] * 21},
        {"history": ["长" * 2700]},
        {"citations": [QUOTE] * 51},
        {"citations": [QUOTE | {"quote": "长" * 2700}]},
        {"citations": [QUOTE | {"clause_id": "c" * 501}]},
        # Each part within its bound, all of them beyond that of a note.
        {"history": ["长" * 2000] * 10, "citations": [QUOTE | {"quote": "长" * 2000}] * 5},
        {"comment": "\ud800"},
    ],
)
def test_feedback_out_of_bounds_is_refused(address: str, bad: dict[str, object]) -> None:
    # Half a character is sent as JSON escapes it.
    sent = json.dumps(SAID | bad)
    assert httpx.post(f"{address}/api/feedback", content=sent, headers=JSON).status_code == 422


def test_answer_comes_though_its_question_cannot_be_noted(
    serve: Callable[..., str], assistant: object, catalog: Catalog
) -> None:
    address = serve(lambda: assistant)
    # A writer that does not end, as when documents are being indexed by another program.
    other = sqlite3.connect(catalog.path, isolation_level=None)
    with catalog.exclusive(), httpx.Client(timeout=30) as client, closing(other):
        other.execute("BEGIN IMMEDIATE")
        response = client.post(f"{address}/api/ask", json={"question": "火星补助多少？"})
    assert response.json()["outcome"] == "no_evidence"


def test_a_client_that_sends_too_often_is_told_when_to_come_back(
    serve: Serve, assistant: object, catalog: Catalog
) -> None:
    address = serve(lambda: assistant, feedback=FeedbackSettings(per_minute=3))
    statuses = [httpx.post(f"{address}/api/feedback", json=SAID).status_code for _ in range(4)]
    assert statuses == [201, 201, 201, 429]
    refused = httpx.post(f"{address}/api/feedback", json=SAID)
    assert refused.json()["type"].endswith("too-many-requests")
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert len(catalog.feedback.open_notes()) == 3


def test_a_flood_of_one_client_leaves_the_notes_and_the_share_of_others(
    serve: Serve, assistant: object, catalog: Catalog
) -> None:
    limits = FeedbackSettings(per_minute=1000, per_day=5, log_bytes=100_000)
    address = serve(lambda: assistant, feedback=limits, trusted_proxies="127.0.0.1")

    def say(client: str, question: str, answer: str = "5万元") -> int:
        body = SAID | {"question": question, "answer": answer}
        headers = {"X-Forwarded-For": client}
        return httpx.post(f"{address}/api/feedback", json=body, headers=headers).status_code

    assert say("192.0.2.1", "真问题？") == 201
    flood = [say("192.0.2.66", f"{place}", "长" * 4000) for place in range(20)]
    assert flood == [201] * 5 + [429] * 15
    assert say("192.0.2.2", "又一个真问题？") == 201
    questions = {note.question for note in catalog.feedback.open_notes()}
    assert {"真问题？", "又一个真问题？"} < questions and len(questions) <= 7


def test_a_flood_of_unanswerable_questions_is_answered_and_kept_within_the_same_share(
    serve: Serve, assistant: object, catalog: Catalog
) -> None:
    limits = FeedbackSettings(per_day=3)
    address = serve(lambda: assistant, feedback=limits, trusted_proxies="127.0.0.1")
    with httpx.Client(base_url=address, headers={"X-Forwarded-For": "192.0.2.66"}) as flood:
        for place in range(10):
            assert flood.post("/api/ask", json={"question": f"火星补助{place}？"}).status_code == 200
        # The same again is counted, whatever is added to it of courtesy.
        flood.post("/api/ask", json={"question": "您好，请问火星补助1呢？谢谢"})
    httpx.post(
        f"{address}/api/ask", json={"question": "火星的真问题？"}, headers={"X-Forwarded-For": "192.0.2.1"}
    )
    kept = [(note.question, note.times) for note in catalog.feedback.open_notes()]
    for _ in range(200):
        if len(kept) == 4:
            break
        time.sleep(0.02)
        kept = [(note.question, note.times) for note in catalog.feedback.open_notes()]
    assert sorted(kept) == [("火星的真问题？", 1), ("火星补助0？", 1), ("火星补助1？", 2), ("火星补助2？", 1)]


def test_a_header_that_anybody_can_send_makes_no_other_client(
    serve: Serve, assistant: object, catalog: Catalog
) -> None:
    address = serve(lambda: assistant, feedback=FeedbackSettings(per_day=2))
    for place in range(5):
        headers = {"X-Forwarded-For": f"192.0.2.{place}"}
        httpx.post(f"{address}/api/feedback", json=SAID, headers=headers)
    assert len(catalog.feedback.open_notes()) == 2


@pytest.mark.parametrize(("keep", "days"), [(True, 30), (False, 90)])
def test_what_is_kept_is_told_as_the_settings_have_it(
    serve: Serve, assistant: object, catalog: Catalog, keep: bool, days: int
) -> None:
    address = serve(lambda: assistant, feedback=FeedbackSettings(keep=keep, days=days))
    assert httpx.get(f"{address}/api/keeping").json() == {"questions": keep, "days": days}
    assert httpx.post(f"{address}/api/feedback", json=SAID).json() == {"kept": keep}
    assert len(catalog.feedback.open_notes()) == keep


def test_switched_off_nothing_is_kept_of_questions(assistant: object, catalog: Catalog) -> None:
    question, silence = unanswered_by(assistant)
    for keep in (False, True):
        Keeping(FeedbackSettings(keep=keep)).keep_unanswered(question, silence, "192.0.2.1", catalog)
        assert len(catalog.feedback.open_notes()) == keep


def test_what_asks_nothing_is_no_question_without_an_answer(assistant: object, catalog: Catalog) -> None:
    question, silence = unanswered_by(assistant)
    chatter = replace(silence, asks_nothing=True)
    Keeping(FeedbackSettings()).keep_unanswered(question, chatter, "192.0.2.1", catalog)
    assert catalog.feedback.open_notes() == []


def test_expired_notes_go_when_the_server_starts(serve: Serve, assistant: object, catalog: Catalog) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=31)
    catalog.feedback.keep(Note(verdict="down", question="很久以前？", noted_at=long_ago))
    address = serve(lambda: assistant, feedback=FeedbackSettings(days=30))
    assert httpx.get(f"{address}/api/policies").status_code == 200
    assert catalog.feedback.open_notes() == []


def test_the_label_of_a_client_does_not_hold_its_address(
    serve: Serve, assistant: object, catalog: Catalog
) -> None:
    address = serve(lambda: assistant)
    httpx.post(f"{address}/api/feedback", json=SAID)
    with closing(sqlite3.connect(catalog.path)) as connection:
        ((label,),) = connection.execute("SELECT client FROM feedback").fetchall()
    assert len(label) == 16 and "127" not in label[:3]


def unanswered_by(assistant: object) -> tuple[Question, Answer]:
    question = Question(text="火星补助多少？", on=date(2025, 6, 30))
    return question, assistant.ask(question)  # type: ignore[attr-defined]
