"""The web client in a real browser, served with the packaged samples."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from pydantic import SecretStr

from bot.answering.asking import Asking
from bot.api.app import create_app
from bot.settings import FeedbackSettings, Settings
from bot.wiring import open_assistant, open_catalog, open_indexer, open_publishing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

TODAY = date(2025, 6, 30)
MILLISECONDS = 15_000
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# No name but this machine's can be looked up, so that a call elsewhere would fail and be seen.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextmanager
def served(settings: Settings, open_it: Callable[[], Asking], *, local_admin: bool = False) -> Iterator[str]:
    """The address of a server of this process, ended with the block."""
    publishing = open_publishing(
        settings, lambda: open_catalog(settings), lambda progress: open_indexer(settings, progress=progress)
    )
    app = create_app(open_it, settings, publishing, local_admin=local_admin)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def home(samples_data: Path) -> Iterator[str]:
    """A server of the samples that nothing changes."""
    settings = Settings(data=samples_data, today=TODAY)
    with served(settings, lambda: open_assistant(settings)) as address:
        yield address


@pytest.fixture
def own_data(samples_data: Path, tmp_path: Path) -> Path:
    """A copy of the samples that a test may change."""
    return Path(shutil.copytree(samples_data, tmp_path / "data", ignore=shutil.ignore_patterns("*.lock")))


@pytest.fixture
def managed(own_data: Path) -> Iterator[str]:
    """A server whose documents this machine may manage."""
    settings = Settings(data=own_data, today=TODAY)
    with served(settings, lambda: open_assistant(settings), local_admin=True) as address:
        yield address


@pytest.fixture
def forgetful(own_data: Path) -> Iterator[str]:
    """A server that keeps nothing of questions."""
    keeps_nothing = FeedbackSettings(keep=False)
    settings = Settings(data=own_data, today=TODAY, feedback=keeps_nothing)
    with served(settings, lambda: open_assistant(settings)) as address:
        yield address


@pytest.fixture
def guarded(own_data: Path) -> Iterator[str]:
    """A server that asks for the administrator's token, which is `secret of sixteen`."""
    settings = Settings(data=own_data, today=TODAY, admin_token=SecretStr("secret of sixteen"))
    with served(settings, lambda: open_assistant(settings)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium as the system has it."""
    if CHROMIUM is None:
        pytest.skip("needs chromium: apt install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """Opens pages that ask no host but their own and write nothing on the console."""
    asked: list[str] = []
    told: list[str] = []
    homes: set[str] = set()
    contexts = []

    def opening(address: str, *, expected_errors: bool = False, **options: object) -> "Page":
        def note_request(request: "Request") -> None:
            asked.append(request.url)

        def note_message(message: "ConsoleMessage") -> None:
            if message.type in ("error", "warning") and not expected_errors:
                told.append(message.text)

        usual: dict[str, object] = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 860}}
        context = browser.new_context(**(usual | options))  # type: ignore[arg-type]
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(MILLISECONDS)
        page = context.new_page()
        page.on("request", note_request)
        page.on("console", note_message)
        page.on("pageerror", lambda error: told.append(str(error)))
        homes.add("/".join(address.split("/")[:3]))
        page.goto(address)
        return page

    yield opening
    for context in contexts:
        context.close()
    elsewhere = [url for url in asked if not url.startswith((*homes, "data:", "blob:"))]
    assert elsewhere == [], "the page asked another host"
    assert told == [], "the page wrote on the console"


@pytest.fixture
def page(open_page: "Callable[..., Page]", home: str) -> "Page":
    """The page of the samples."""
    return open_page(home)
