"""The HTTP face through a real socket."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.answering.asking import Asking
from bot.api.problems import public_problem_of
from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.errors import (
    CatalogMissingError,
    CatalogVersionError,
    CorruptCatalogError,
    VectorsDifferError,
)

Serve = Callable[[Callable[[], Asking]], str]
CONTRACT = [
    "question",
    "outcome",
    "text",
    "statements",
    "citations",
    "notices",
    "related",
    "choices",
    "composer",
    "milliseconds",
    "surety",
]


def events_of(body: str) -> list[tuple[str, object]]:
    found = []
    for block in body.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def wait_until_ready(address: str) -> httpx.Response:
    for _ in range(200):
        response = httpx.get(f"{address}/readyz")
        if response.status_code == 200:
            return response
        time.sleep(0.02)
    return response


def test_answer_has_the_fields_of_the_contract(address: str, policy: Policy) -> None:
    answer = httpx.post(f"{address}/api/ask", json={"question": "补助多少？"}).json()
    assert list(answer) == CONTRACT
    citation = answer["citations"][0]
    assert policy.text[citation["start"] : citation["end"]] == citation["quote"]
    assert (citation["validity"], citation["expires_on"]) == ("in_force", "2025-12-31")
    assert policy.text[citation["answer_start"] : citation["answer_end"]] == "最高5万元"


def test_day_of_the_request_goes_before_the_day_of_the_settings(address: str) -> None:
    answer = httpx.post(f"{address}/api/ask", json={"question": "补助多少？", "on": "2026-01-01"}).json()
    assert answer["citations"][0]["validity"] == "expired"


def test_history_region_and_policies_reach_the_assistant(
    address: str, assistant: Asking, policy: Policy
) -> None:
    body = {
        "question": "那条件呢？",
        "history": ["补助多少？"],
        "region": "云桥区",
        "policy_ids": [policy.policy_id],
    }
    assert httpx.post(f"{address}/api/ask", json=body).status_code == 200
    asked = assistant.asked[-1]  # type: ignore[attr-defined]
    assert (asked.history, asked.region, asked.policy_ids) == (
        ("补助多少？",),
        "云桥区",
        frozenset({policy.policy_id}),
    )


def test_null_stands_for_an_option_left_out(address: str) -> None:
    body = {"question": "补助多少？", "history": None, "region": None, "policy_ids": None, "on": None}
    assert httpx.post(f"{address}/api/ask", json=body).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ({"question": "  "}, 422, "empty-question"),
        ({"question": "长" * 10_001}, 413, "question-too-long"),
        ({"question": "多少？", "policy_ids": ["none"]}, 404, "unknown-policy"),
        ({}, 422, "invalid-request"),
        ({"question": 5}, 422, "invalid-request"),
        ({"question": "多少？", "on": "yesterday"}, 422, "invalid-request"),
        ({"question": "多少？", "history": ["长" * 400_000]}, 413, "refused"),
    ],
)
@pytest.mark.parametrize("route", ["/api/ask", "/api/ask/stream"])
def test_bad_question_gets_its_status_and_a_problem_body(
    address: str, route: str, body: dict[str, object], status: int, name: str
) -> None:
    response = httpx.post(address + route, json=body)
    problem = response.json()
    assert (response.status_code, problem["status"], problem["type"].split(":")[-1]) == (status, status, name)
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["detail"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/policies/none", "unknown-policy"),
        ("/api/clauses/none.1", "unknown-clause"),
        ("/none", "refused"),
    ],
)
def test_what_is_not_there_is_404(address: str, path: str, name: str) -> None:
    response = httpx.get(address + path)
    assert response.status_code == 404
    assert response.json()["type"].endswith(name)


def test_stream_sends_understanding_citations_text_and_the_whole_answer(address: str) -> None:
    response = httpx.post(f"{address}/api/ask/stream", json={"question": "补助多少？"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    names = [name for name, _ in events]
    assert names == ["understanding", "citations", "text", "text", "text", "done"]
    done = events[-1][1]
    assert isinstance(done, dict)
    assert "".join(data["text"] for name, data in events if name == "text") == done["text"]  # type: ignore[index]
    assert events[1][1] == done["citations"]
    assert list(done) == CONTRACT


def test_error_after_the_first_event_is_told_as_an_event(
    serve: Serve, assistant: Asking, tmp_path: Path
) -> None:
    class BreaksOff:
        catalog = assistant.catalog
        warm_up = assistant.warm_up

        def stream(self, question: object) -> object:
            yield next(assistant.stream(question))  # type: ignore[arg-type]
            raise CorruptCatalogError(tmp_path, "cut off")

    address = serve(BreaksOff)  # type: ignore[arg-type]
    events = events_of(httpx.post(f"{address}/api/ask/stream", json={"question": "多少？"}).text)
    assert [name for name, _ in events] == ["understanding", "problem"]
    assert events[1][1]["type"].endswith("catalog-corrupt")  # type: ignore[index]
    assert str(tmp_path) not in str(events[1])


def test_policies_are_listed_with_their_validity(address: str, policy: Policy) -> None:
    found = httpx.get(f"{address}/api/policies", params={"on": "2026-02-01"}).json()["policies"]
    assert [(each["policy_id"], each["validity"], each["clause_count"]) for each in found] == [
        (policy.policy_id, "expired", 4)
    ]


def test_clauses_of_a_policy_stand_at_their_offsets(address: str, policy: Policy) -> None:
    found = httpx.get(f"{address}/api/policies/{policy.policy_id}").json()
    for clause in found["clauses"]:
        assert found["text"][clause["start"] : clause["end"]] == clause["text"]
    assert found["facts"][0]["fields"] == {"unit": "区商务局", "role": "牵头"}


def test_clause_comes_with_what_is_needed_to_cite_it(address: str, policy: Policy) -> None:
    found = httpx.get(f"{address}/api/clauses/{policy.clauses[3].clause_id}").json()
    assert (found["policy_title"], found["document_number"], found["locator"]) == (
        "云桥区小微企业扶持办法",
        "云政〔2023〕7号",
        "一、(一)",
    )
    assert [fact["kind"] for fact in found["facts"]] == ["duty"]


def test_ready_when_the_model_is_loaded(address: str, assistant: Asking) -> None:
    assert wait_until_ready(address).json() == {"status": "ready"}
    assert assistant.is_warm  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "error",
    [
        CatalogMissingError(Path("/data/catalog.sqlite3")),
        CatalogVersionError(Path("/data/catalog.sqlite3"), found=9, expected=1),
        CorruptCatalogError(Path("/data/catalog.sqlite3"), "not a database"),
    ],
)
def test_unusable_data_folder_is_503_and_names_no_path_to_strangers(serve: Serve, error: Exception) -> None:
    def cannot_open() -> Asking:
        raise error

    address = serve(cannot_open)
    assert httpx.get(f"{address}/healthz").status_code == 200
    for response in (
        httpx.get(f"{address}/readyz"),
        httpx.get(f"{address}/api/policies"),
        httpx.post(f"{address}/api/ask", json={"question": "多少？"}),
    ):
        assert response.status_code == 503
        assert response.json()["detail"] == public_problem_of(error).detail
        assert "/data" not in response.text


def test_documents_added_while_serving_are_found(serve: Serve, assistant: Asking) -> None:
    is_there = False

    def open_assistant() -> Asking:
        if not is_there:
            raise CatalogMissingError(Path("/data/catalog.sqlite3"))
        return assistant

    address = serve(open_assistant)
    assert httpx.get(f"{address}/readyz").status_code == 503
    is_there = True
    assert wait_until_ready(address).status_code == 200


def test_empty_catalog_is_not_ready(serve: Serve, assistant: Asking, tmp_path: Path) -> None:
    with Catalog.open(tmp_path / "empty.sqlite3", create=True) as empty:
        address = serve(lambda: type(assistant)(empty))  # type: ignore[call-arg]
        response = httpx.get(f"{address}/readyz")
    assert response.status_code == 503
    assert "clausewise ingest" in response.json()["detail"]


def test_vectors_that_differ_are_not_ready_and_questions_are_answered(
    serve: Serve, assistant: Asking
) -> None:
    address = serve(lambda: assistant)
    wait_until_ready(address)
    assistant.differing = VectorsDifferError(lacking=2, foreign=3)  # type: ignore[attr-defined]
    response = httpx.get(f"{address}/readyz")
    assert (response.status_code, response.json()["type"]) == (503, "urn:clausewise:problem:vectors-differ")
    assert "clausewise doctor --repair" in response.json()["detail"]
    assert httpx.post(f"{address}/api/ask", json={"question": "补助多少？"}).status_code == 200


def test_unforeseen_error_tells_nothing_of_the_inside(serve: Serve, assistant: Asking) -> None:
    class Fails:
        catalog = assistant.catalog
        warm_up = assistant.warm_up

        def ask(self, _question: object) -> object:
            raise KeyError("/secret/path")

    address = serve(Fails)  # type: ignore[arg-type]
    response = httpx.post(f"{address}/api/ask", json={"question": "多少？"})
    assert response.status_code == 500
    assert response.json()["type"].endswith("internal")
    assert "secret" not in response.text


def test_page_may_load_nothing_from_elsewhere(address: str) -> None:
    response = httpx.get(f"{address}/")
    assert "Clausewise" in response.text
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


def test_openapi_document_holds_an_example_question(address: str) -> None:
    document = httpx.get(f"{address}/openapi.json").json()
    assert document["components"]["schemas"]["AskBody"]["examples"][0]["question"]
    assert {"404", "413", "422", "503"} <= set(document["paths"]["/api/ask"]["post"]["responses"])
