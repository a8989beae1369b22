"""How many answers may wait, through a real socket, and who frees a place."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bot.answer import Answer, Question
from bot.answering.asking import Asking
from bot.question.asked import Understanding
from bot.settings import ServerSettings

ASKED = {"question": "补助多少？"}
FEW = ServerSettings(answers_at_once=1, answers_waiting=1)
PATIENCE_SECONDS = 20


class Held:
    """Answers only once the test lets it."""

    def __init__(self, assistant: Asking) -> None:
        self.assistant = assistant
        self.catalog = assistant.catalog
        self.let = threading.Event()
        self.begun = threading.Semaphore(0)

    def warm_up(self) -> None: ...

    def ask(self, question: Question) -> Answer:
        self.begun.release()
        assert self.let.wait(PATIENCE_SECONDS)
        return self.assistant.ask(question)

    def stream(self, question: Question) -> Iterator[Understanding | object]:
        yield from self.assistant.stream(question)
        self.begun.release()
        assert self.let.wait(PATIENCE_SECONDS)


@pytest.fixture
def held(assistant: Asking) -> Iterator[Held]:
    held = Held(assistant)
    yield held
    held.let.set()


@pytest.fixture
def few(serve: Callable[..., str], held: Held) -> str:
    return serve(lambda: held, limits=FEW)


def ask(address: str) -> httpx.Response:
    return httpx.post(f"{address}/api/ask", json=ASKED, timeout=PATIENCE_SECONDS)


def ask_until_answered(address: str) -> httpx.Response:
    """The answer of a client that comes again while it is refused."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while (response := ask(address)).status_code == 503 and time.monotonic() < ends:
        continue
    return response


def refused_in_the_end(address: str) -> httpx.Response:
    """The refusal that comes when the queue is full; a question that waits in vain gives its place back."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            return httpx.post(f"{address}/api/ask", json=ASKED, timeout=0.2)
        except httpx.ReadTimeout:
            continue
    raise AssertionError("nothing was refused")


def waits_in_the_end(address: str) -> bool:
    """Whether a question finds a place in the queue, which it then leaves."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            assert httpx.post(f"{address}/api/ask", json=ASKED, timeout=0.1).status_code == 503
        except httpx.ReadTimeout:
            return True
    return False


@pytest.mark.parametrize("route", ["ask", "ask/stream"])
def test_more_than_may_wait_are_told_to_come_again(few: str, held: Held, route: str) -> None:
    with ThreadPoolExecutor(2) as clients:
        first = clients.submit(httpx.post, f"{few}/api/{route}", json=ASKED, timeout=PATIENCE_SECONDS)
        assert held.begun.acquire(timeout=PATIENCE_SECONDS)
        second = clients.submit(ask_until_answered, few)
        refused = refused_in_the_end(few)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"]
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["type"].endswith("too-many-waiting")
        assert httpx.get(f"{few}/healthz").status_code == 200
        held.let.set()
        assert [first.result().status_code, second.result().status_code] == [200, 200]


def test_clients_that_go_away_free_their_places(few: str, held: Held) -> None:
    with ThreadPoolExecutor(1) as clients:
        first = clients.submit(ask, few)
        assert held.begun.acquire(timeout=PATIENCE_SECONDS)
        # Each would be refused if one before it still waited.
        for _ in range(5):
            assert waits_in_the_end(few)
        held.let.set()
        assert first.result().status_code == 200
    assert ask(few).status_code == 200


def test_stream_that_is_left_frees_its_place(few: str, held: Held) -> None:
    with httpx.stream("POST", f"{few}/api/ask/stream", json=ASKED, timeout=PATIENCE_SECONDS) as stream:
        assert next(stream.iter_text())
    held.let.set()
    assert [ask(few).status_code for _ in range(3)] == [200, 200, 200]


def test_health_is_told_while_every_thread_is_busy(serve: Callable[..., str], held: Held) -> None:
    address = serve(lambda: held, limits=ServerSettings(answers_at_once=50, answers_waiting=50))
    with ThreadPoolExecutor(45) as clients:
        waiting = [clients.submit(ask, address) for _ in range(45)]
        for _ in range(40):
            assert held.begun.acquire(timeout=PATIENCE_SECONDS)
        assert httpx.get(f"{address}/healthz", timeout=5).status_code == 200
        held.let.set()
        assert {each.result().status_code for each in waiting} == {200}
