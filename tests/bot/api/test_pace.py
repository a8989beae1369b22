"""Clients that send a byte at a time, through a real socket."""

import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from bot.answering.asking import Asking
from bot.settings import ServerSettings

QUICK = ServerSettings(header_seconds=0.3, body_seconds=0.5)
HEAD = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
PATIENCE_SECONDS = 20


@pytest.fixture
def quick(serve: Callable[..., str], assistant: Asking) -> str:
    return serve(lambda: assistant, limits=QUICK)


def connected(address: str) -> socket.socket:
    where = urlsplit(address)
    return socket.create_connection((where.hostname or "", where.port or 0), timeout=PATIENCE_SECONDS)


def dribbled(client: socket.socket, piece: bytes) -> bytes:
    """What the server sends before it closes on a client that goes on sending a byte at a time."""
    client.settimeout(0.02)
    found, ends = b"", time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        try:
            client.sendall(piece)
            read = client.recv(4096)
        except TimeoutError:
            continue
        except OSError:
            return found
        if not read:
            return found
        found += read
    raise AssertionError("the server did not close the connection")


def test_header_that_comes_byte_by_byte_is_cut(quick: str) -> None:
    with connected(quick) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        assert dribbled(client, b"a") == b""


def test_connection_without_a_request_is_cut(quick: str) -> None:
    with connected(quick) as client:
        assert client.recv(1) == b""


def test_second_header_of_a_connection_is_cut_too(quick: str) -> None:
    with connected(quick) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(4096).startswith(b"HTTP/1.1 200")
        assert b"200 OK" not in dribbled(client, b"G")


def test_body_that_comes_byte_by_byte_is_cut_with_a_problem(quick: str) -> None:
    with connected(quick) as client:
        client.sendall(HEAD)
        answer = dribbled(client, b" ")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in answer
    assert b"send it faster" in answer


def test_body_that_nobody_reads_is_cut_too(quick: str) -> None:
    with connected(quick) as client:
        client.sendall(HEAD.replace(b"POST /api/ask", b"GET /healthz"))
        assert dribbled(client, b" ").startswith(b"HTTP/1.1 200")


def test_slow_clients_leave_the_others_alone(quick: str) -> None:
    slow = [connected(quick) for _ in range(50)]
    for client in slow:
        client.sendall(HEAD)
    assert httpx.post(f"{quick}/api/ask", json={"question": "补助多少？"}).status_code == 200
    for client in slow:
        client.close()
