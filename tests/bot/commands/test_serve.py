import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.commands.openness import openness_of
from bot.settings import Settings


def test_prints_its_address_and_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--data", str(tmp_path / "nothing")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert server.stderr is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
            assert address is not None
            assert "clausewise ingest" in server.stderr.readline()
            transport = httpx.HTTPTransport(retries=5)
            with httpx.Client(transport=transport, timeout=30) as client:
                assert client.get(f"{address[0]}healthz").status_code == 200
                assert client.get(f"{address[0]}readyz").status_code == 503
        finally:
            server.terminate()


def test_data_of_another_version_is_told_in_one_line_each_and_serving_begins(
    samples_data: Path, tmp_path: Path
) -> None:
    # A copy of the file alone may lack what its log still holds.
    with (
        closing(sqlite3.connect(samples_data / "catalog.sqlite3")) as samples,
        closing(sqlite3.connect(tmp_path / "catalog.sqlite3")) as catalog,
    ):
        samples.backup(catalog)
        catalog.execute("PRAGMA user_version = 3")
        catalog.commit()
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
            assert address is not None
            with httpx.Client(transport=httpx.HTTPTransport(retries=5), timeout=30) as client:
                assert client.get(f"{address[0]}api/policies").status_code == 503
        finally:
            server.terminate()
        assert server.stderr is not None
        said = server.stderr.read()
    assert "expected catalog version" in said
    assert "Traceback" not in said


def test_port_in_use_is_told(run: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert "--port" in ran.err


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_local_admin_does_not_go_with_another_host(run: Callable[..., Any], host: str) -> None:
    ran = run("serve", "--host", host, "--port", "0", "--local-admin")
    assert ran.code == 1
    assert "--local-admin: expected a loopback --host" in ran.err


def test_a_short_token_is_told_at_the_start(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEWISE_ADMIN_TOKEN", "short")
    ran = run("serve", "--port", "0")
    assert ran.code == 1
    assert (
        "CLAUSEWISE_ADMIN_TOKEN: expected at least 16 characters, found 5" in ran.err
        and "short" not in ran.err
    )


@pytest.mark.parametrize(
    ("host", "token", "told"),
    [
        ("127.0.0.1", "", None),
        ("0.0.0.0", "", "nobody, since CLAUSEWISE_ADMIN_TOKEN is not set"),
        ("0.0.0.0", "sixteen characters", "whoever gives CLAUSEWISE_ADMIN_TOKEN"),
    ],
)
def test_what_is_open_to_others_is_told(host: str, token: str, told: str | None) -> None:
    settings = Settings(admin_token=SecretStr(token))
    with socket.create_server((host, 0)) as listener:
        said = openness_of(listener, settings, local_admin=False)
    assert (told in said and "Open without a token to everybody" in said) if told else said == ""
