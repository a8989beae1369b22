"""The whole way with an environment that wants it all sent elsewhere, and nothing sent."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

_ROOT = Path(__file__).parents[2]
_QUESTION = "场景实验室由哪个单位牵头？"
_ASK = ("ask", _QUESTION, "--json")
# Runs before anything else in each process, and writes down every address that Python wants.
_WATCH = """
import os, sys

def watch(event, given):
    if event in ("socket.connect", "socket.sendto"):
        family, address = given[0].family.name, given[1]
        if family in ("AF_INET", "AF_INET6") and not str(address[0]).startswith(("127.", "::1")):
            note(f"{event} {address}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        if given[0] not in (None, "", "localhost", "127.0.0.1", "::1", b"127.0.0.1"):
            note(f"{event} {given[0]}")

def note(line):
    place = os.open(os.path.join(os.path.dirname(__file__), "asked"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(place, (line + chr(10)).encode())
    os.close(place)
    raise OSError(f"no other machine is to be asked: {line}")

sys.addaudithook(watch)
"""


@dataclass
class Elsewhere:
    """A listener of this machine that everything in the environment points to."""

    address: str
    heard: list[bytes] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Every variable that was found to make an installed library speak."""
        on = (
            *("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_OTEL_ENABLED"),
            "ANONYMIZED_TELEMETRY",
        )
        there = (
            *("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT", "LANGSMITH_GATEWAY"),
            *("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "HF_ENDPOINT"),
            *("CHROMA_OTEL_COLLECTION_ENDPOINT", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"),
            *("https_proxy", "all_proxy", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY"),
            *("POSTHOG_HOST", "SENTRY_DSN", "ECS_CONTAINER_METADATA_URI", "CHROMA_EMBED_URL"),
        )
        keys = ("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY", "OPENAI_API_KEY", "POSTHOG_API_KEY")
        return (
            dict.fromkeys(on, "true")
            | dict.fromkeys(there, self.address)
            | dict.fromkeys(keys, "key")
            | {"CHROMA_OTEL_GRANULARITY": "all", "OTEL_TRACES_EXPORTER": "otlp", "NO_PROXY": ""}
        )


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Elsewhere(f"http://127.0.0.1:{listener.getsockname()[1]}")

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(1)
                    try:
                        found.heard.append(connection.recv(2000))
                        connection.sendall(b"HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n")
                    except OSError:
                        found.heard.append(b"")

        threading.Thread(target=listen, daemon=True).start()
        yield found
        listener.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Machine:
    """Runs the program with nothing but what is given here."""

    home: Path
    data: Path
    elsewhere: Elsewhere

    def environment(self) -> dict[str, str]:
        watch = self.home / "watch"
        watch.mkdir(exist_ok=True)
        (watch / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
        own = {
            "HOME": str(self.home),
            "PYTHONPATH": f"{watch}{os.pathsep}{_ROOT}",
            "PATH": os.environ["PATH"],
        }
        return {**self.elsewhere.environment(), **own, "CLAUSEWISE_DATA": str(self.data)}

    def run(self, *arguments: str, before: Sequence[str] = (), **further: str) -> str:
        return self.python("-m", "bot", *arguments, before=before, **further)

    def python(self, *arguments: str, before: Sequence[str] = (), **further: str) -> str:
        done = subprocess.run(
            [*before, sys.executable, *arguments],
            env=self.environment() | further,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def reached(self) -> list[str]:
        """What other machines were asked, and what the listener heard."""
        asked = self.home / "watch" / "asked"
        lines = asked.read_text().splitlines() if asked.exists() else []
        return lines + [each.decode(errors="replace") for each in self.elsewhere.heard]


@pytest.fixture
def machine(tmp_path: Path, samples_data: Path, models_folder: Path, elsewhere: Elsewhere) -> Machine:
    home = tmp_path / "home"
    home.mkdir()
    data = tmp_path / "data"
    shutil.copytree(samples_data, data, ignore=shutil.ignore_patterns("*.lock"))
    shutil.copytree(models_folder, data / "models", copy_function=os.link)
    return Machine(home, data, elsewhere)


def test_commands_ask_no_other_machine_whatever_the_environment_says(machine: Machine) -> None:
    (machine.home / "新办法.txt").write_text("云桥区新办法\n第一条 由区商务局牵头。\n", encoding="utf-8")
    cases = machine.home / "cases.jsonl"
    case = {"id": "a", "kind": "unanswerable", "question": "火星上由谁牵头？", "outcome": "no_evidence"}
    cases.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    assert "1 added" in machine.run("ingest", str(machine.home / "新办法.txt"))
    assert json.loads(machine.run(*_ASK))["outcome"] == "answered"
    assert machine.run("search", _QUESTION)
    machine.run("doctor")
    machine.run("eval", "run", str(cases), "--documents", str(machine.home))
    assert machine.reached() == []


def test_no_trace_of_a_device_is_kept_or_reported(machine: Machine) -> None:
    machine.run(*_ASK)
    kept = [path for path in machine.home.rglob("*") if path.is_file() and "watch" not in path.parts]
    assert kept == [], "a library keeps what it would report"


def test_whoever_uses_the_parts_in_a_process_of_their_own_is_not_traced_either(machine: Machine) -> None:
    program = """
from datetime import date
from bot.answer import Question
from bot.settings import Settings
from bot.wiring import open_assistant

assistant = open_assistant(Settings())
question = Question(text="场景实验室由哪个单位牵头？", on=date(2025, 6, 30))
print(assistant.ask(question).outcome, assistant.chain.invoke(question).outcome)
print(len(assistant.chain.retriever.invoke("场景实验室")))
"""
    assert machine.python("-c", program).split() == ["answered", "answered", "8"]
    assert machine.reached() == []


def test_the_server_asks_no_other_machine_whatever_the_environment_says(machine: Machine) -> None:
    command = [sys.executable, "-m", "bot", "serve", "--port", "0"]
    with subprocess.Popen(command, env=machine.environment(), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
            assert address is not None
            with httpx.Client(base_url=address[0], trust_env=False, timeout=60) as client:
                for path in ("", "docs", "openapi.json"):
                    assert client.get(path).status_code == 200
                tries = iter(range(100_000))
                while client.get("readyz").status_code != 200:
                    next(tries)
                asked = {"question": _QUESTION}
                assert client.post("api/ask", json=asked).json()["outcome"] == "answered"
                assert "answered" in client.post("api/ask/stream", json=asked).text
        finally:
            server.terminate()
    assert machine.reached() == []


def test_a_chat_model_of_this_machine_is_asked_directly_and_alone(machine: Machine) -> None:
    model = Elsewhere("")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            connection, _ = listener.accept()
            with connection:
                model.heard.append(connection.recv(4000))
                connection.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        chosen = {
            "CLAUSEWISE_CHAT_MODEL__MODEL": "small",
            "CLAUSEWISE_CHAT_MODEL__URL": f"http://127.0.0.1:{listener.getsockname()[1]}/v1",
        }
        answer = json.loads(machine.run(*_ASK, **chosen))
        thread.join(timeout=10)
    assert answer["outcome"] == "answered"
    assert [each.split(b" HTTP")[0] for each in model.heard] == [b"POST /v1/chat/completions"]
    assert machine.reached() == []


def test_it_answers_in_a_network_that_has_no_other_machine(machine: Machine) -> None:
    alone = ("unshare", "--net", "--map-root-user")
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("needs leave to make a network of its own")
    assert json.loads(machine.run(*_ASK, before=alone))["outcome"] == "answered"
