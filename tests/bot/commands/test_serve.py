import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx


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


def test_port_in_use_is_told(run: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert "--port" in ran.err
