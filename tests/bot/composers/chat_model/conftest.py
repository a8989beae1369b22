"""A scripted OpenAI-compatible server on loopback, and an assistant that asks it."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.settings import ChatModelSettings, Settings
from bot.wiring import open_assistant

# What the server sends back: the words of the model, a status, or a way to behave badly.
Reply = str | int


@dataclass
class ScriptedServer:
    """Answers each request with the next reply; what is asked beyond them repeats the last.

    `hang` and `drip` as replies never come to an end before the client goes away.
    """

    replies: Sequence[Reply | Callable[[str], str]]
    requests: list[dict[str, object]] = field(default_factory=list)
    address: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def prompts(self) -> list[str]:
        """The words of each request."""
        return ["\n".join(message["content"] for message in each["messages"]) for each in self.requests]  # type: ignore[union-attr, attr-defined]

    def next_reply(self) -> Reply:
        """The reply to the request that came last."""
        reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
        return reply(self.prompts[-1]) if callable(reply) else reply


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.requests.append(json.loads(body))
            reply = server.next_reply()
            try:
                self._answer(reply)
            except (BrokenPipeError, ConnectionResetError):
                return

        def _answer(self, reply: Reply) -> None:
            if isinstance(reply, int):
                self._head(reply, "application/json")
                self.wfile.write(json.dumps({"error": {"message": "scripted", "type": "x"}}).encode())
                return
            if reply == "hang":
                server.stopped.wait(30)
                return
            self._head(200, "text/event-stream")
            if reply == "drip":
                while not server.stopped.wait(0.05):
                    self._event(" ")
                return
            for start in range(0, len(reply), 7):
                self._event(reply[start : start + 7])
            self.wfile.write(b"data: [DONE]\n\n")

        def _head(self, status: int, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()

        def _event(self, words: str) -> None:
            chunk = {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": int(time.time()),
                "model": "scripted",
                "choices": [{"index": 0, "delta": {"role": "assistant", "content": words}}],
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *arguments: object) -> None:
            del format, arguments

    return Handler


@pytest.fixture(scope="session")
def running() -> Iterator[ScriptedServer]:
    """The server of all tests, so that the assistant that asks it loads its models once."""
    server = ScriptedServer(())
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.stopped.set()
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def scripted(running: ScriptedServer) -> Iterator[Callable[..., ScriptedServer]]:
    """Gives the server its replies for one test."""

    def start(*replies: Reply | Callable[[str], str]) -> ScriptedServer:
        running.replies = replies
        running.requests.clear()
        running.stopped.clear()
        return running

    yield start
    running.stopped.set()


@pytest.fixture(scope="session")
def with_model(samples_data: Path) -> Iterator[Callable[..., Assistant]]:
    """Assistants over a data folder that word their answers with the model at an address."""
    opened: dict[tuple[str, Path, float], Assistant] = {}

    def open_with(address: str, *, data: Path = samples_data, seconds: float = 20.0) -> Assistant:
        if (address, data, seconds) not in opened:
            model = ChatModelSettings(model="scripted", url=address, time_limit_seconds=seconds)
            settings = Settings(data=data, chat_model=model)
            opened[address, data, seconds] = open_assistant(settings)
        return opened[address, data, seconds]

    yield open_with
    for assistant in opened.values():
        assistant.close()
