"""Why an answer is what it is, over HTTP, for the administrator."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.settings import Settings
from bot.wiring import open_assistant

TOKEN = "secret of sixteen"
PATIENCE_SECONDS = 60


@pytest.fixture
def admin(serve: Callable[..., str], samples_data: Path) -> Iterator[httpx.Client]:
    settings = Settings(data=samples_data)
    address = serve(lambda: open_assistant(settings), data=samples_data, token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE_SECONDS) as client:
        while client.get("/readyz").status_code != 200:
            pass
        yield client


def test_an_answer_is_explained_by_the_clauses_that_it_quotes(admin: httpx.Client) -> None:
    body = {"question": "栖湖区上云补助的比例是多少？"}
    answer = admin.post("/api/ask", json=body).json()
    response = admin.post("/api/admin/explain", json=body)
    assert response.status_code == 200
    (attempt,) = response.json()["attempts"]
    assert attempt["told"] and attempt["answered"]
    quoted = {each["clause_id"] for each in attempt["candidates"] if each["quoted"]}
    assert quoted == {each["clause_id"] for each in answer["citations"]}
    assert response.json()["clauses"] == attempt["clauses"]


def test_what_is_explained_is_noted_nowhere(admin: httpx.Client) -> None:
    question = "木星移民补贴由谁发放，由谁解释？"
    assert admin.post("/api/admin/explain", json={"question": question}).json()["attempts"]
    notes = admin.get("/api/admin/questions").json()["questions"]
    assert question not in {note["question"] for note in notes}


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ({"question": " "}, 422, "empty-question"),
        ({"question": "补助多少？", "region": "火星区"}, 422, "unknown-region"),
        ({"question": "补助多少？", "policy_ids": ["none"]}, 404, "unknown-policy"),
        ({}, 422, "invalid-request"),
    ],
)
def test_what_cannot_be_asked_cannot_be_explained(
    admin: httpx.Client, body: dict[str, object], status: int, problem: str
) -> None:
    response = admin.post("/api/admin/explain", json=body)
    assert (response.status_code, response.json()["type"].rpartition(":")[2]) == (status, problem)
