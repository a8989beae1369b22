"""Uploads that cost too much or do not come to their end, through a real socket."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from bot.answering.asking import Asking
from ingest.limits import Limits

TOKEN = "token-of-sixteen-and-more"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
TEXT = "澄湖区租金补助办法\n\n第一条 区科技局牵头。\n"
Serve = Callable[..., str]


def uploads(data: Path) -> list[str]:
    return [path.name for path in data.glob("uploads/*/*")]


def test_upload_that_takes_too_long_says_what_to_do_and_the_next_is_read(
    serve: Serve, assistant: Asking, tmp_path: Path
) -> None:
    address = serve(lambda: assistant, token=TOKEN, files=Limits(parse_seconds=3))
    with httpx.Client(base_url=f"{address}/api/admin/", headers=HEADERS, timeout=60) as admin:
        long = admin.put("uploads/long.txt", content=TEXT * 100_000)
        assert long.status_code == 200
        assert long.json()["policies"] == []
        [error] = long.json()["errors"]
        assert error == (
            "long.txt: expected a file parsed within 3 seconds, found one that takes longer; split it, "
            "or raise CLAUSEWISE_LIMITS__PARSE_SECONDS"
        )
        assert [each["title"] for each in admin.put("uploads/short.txt", content=TEXT).json()["policies"]]
    assert sorted(uploads(tmp_path)) == ["long.txt", "short.txt"]


def test_upload_that_is_broken_off_leaves_nothing(serve: Serve, assistant: Asking, tmp_path: Path) -> None:
    address = serve(lambda: assistant, token=TOKEN)
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(
            f"PUT /api/admin/uploads/half.txt HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n"
            f"Authorization: Bearer {TOKEN}\r\n\r\nhalf of it".encode()
        )
        while uploads(tmp_path) != ["half.txt"]:
            time.sleep(0.01)
    for _ in range(500):
        if not list(tmp_path.glob("uploads/*")):
            break
        time.sleep(0.01)
    assert list(tmp_path.glob("uploads/*")) == []


def test_upload_whose_sender_leaves_while_it_is_read_leaves_nothing(
    serve: Serve, assistant: Asking, tmp_path: Path
) -> None:
    address = serve(lambda: assistant, token=TOKEN, files=Limits(parse_seconds=2))
    host, port = address.removeprefix("http://").split(":")
    content = (TEXT * 100_000).encode()
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(
            f"PUT /api/admin/uploads/long.txt HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(content)}\r\n"
            f"Authorization: Bearer {TOKEN}\r\n\r\n".encode()
        )
        connection.sendall(content)
    for _ in range(1000):
        if (tmp_path / "uploads").exists() and not list(tmp_path.glob("uploads/*")):
            break
        time.sleep(0.01)
    assert list(tmp_path.glob("uploads/*")) == []
