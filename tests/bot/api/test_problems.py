from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.answering.asking import Asking
from bot.api.openapi import COMMITTED
from bot.api.problems import _TABLE, problem_of, public_problem_of
from bot.errors import BotError, TooManyRequestsError
from vectorstore.errors import StoreError


@pytest.mark.parametrize("kind", [*BotError.__subclasses__(), *StoreError.__subclasses__()])
def test_every_known_error_has_a_place_in_the_table(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    Exception.__init__(error, "what to do")
    problem = problem_of(error)
    assert not problem.type.endswith("internal")
    assert problem.detail == "what to do"


def test_unknown_error_is_500_without_its_message() -> None:
    problem = problem_of(ValueError("a secret"))
    assert (problem.status, "secret" in problem.detail) == (500, False)


SECRET = ("/srv/secret data/catalog.sqlite3", r"C:\secret\data", r"\\host\secret", "~/secret/data", "/secret")


def raised(kind: type[Exception], message: str) -> Exception:
    error = kind.__new__(kind)
    Exception.__init__(error, message)
    if isinstance(error, TooManyRequestsError):
        error.wait_seconds = 7
    return error


def every_kind() -> list[type[Exception]]:
    below = [kind for each in _TABLE for kind in (each, *each.__subclasses__())]
    return list(dict.fromkeys(below))


@pytest.mark.parametrize("path", SECRET)
@pytest.mark.parametrize("kind", every_kind())
def test_no_error_tells_a_stranger_a_path(kind: type[Exception], path: str) -> None:
    found = public_problem_of(raised(kind, f"{path}: expected something, found nothing; see {path}"))
    assert "secret" not in found.detail and found.detail


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("GET /api/admin/questions lists them", "GET /api/admin/questions lists them"),
        ("see /openapi.json", "see /openapi.json"),
        ("one of docx/html, 50/100", "one of docx/html, 50/100"),
        ("/home/user/x.txt: no", "…: no"),
    ],
)
def test_routes_are_no_paths(said: str, told: str) -> None:
    assert public_problem_of(raised(TooManyRequestsError, said)).detail == told


@pytest.mark.parametrize("kind", [each for each in every_kind() if issubclass(each, StoreError)])
def test_the_administrator_and_the_log_are_told_all_and_strangers_no_path(
    serve: Callable[..., str], caplog: pytest.LogCaptureFixture, kind: type[Exception], tmp_path: Path
) -> None:
    def cannot_open() -> Asking:
        raise raised(kind, f"{tmp_path}/secret: damaged")

    address = serve(cannot_open, token="sixteen characters")
    with httpx.Client(base_url=address) as stranger:
        told = [
            stranger.get("/readyz"),
            stranger.get("/api/policies"),
            stranger.post("/api/ask", json={"question": "多少？"}),
            stranger.post("/api/ask/stream", json={"question": "多少？"}),
        ]
    assert all(response.status_code in (404, 503) for response in told)
    assert not any("secret" in response.text or str(tmp_path) in response.text for response in told)
    allowed = {"Authorization": "Bearer sixteen characters"}
    assert "secret" in httpx.get(f"{address}/api/policies", headers=allowed).json()["detail"] or told[
        1
    ].json()["detail"].startswith("…")
    assert caplog.text.count("secret: damaged") == 1


def test_the_description_names_no_path_of_a_machine() -> None:
    assert str(Path.home()) not in COMMITTED.read_text(encoding="utf-8")
