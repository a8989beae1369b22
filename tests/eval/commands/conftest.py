"""The commands on a small catalog without vectors, and a chat model that answers by script."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.answer import Answer, Citation, Question, Statement
from bot.answering.attempt import Composed
from bot.answering.explanation import Explanation
from bot.commands.parts import Parts
from bot.composers.draft import Draft
from bot.settings import Settings
from eval.commands import app
from ingest import parse
from ingest.input_files import read_file
from vectorstore.catalog import Catalog
from vectorstore.ingest_report import IngestReport
from vectorstore.search import ScoredClause

Line = Callable[..., dict[str, Any]]
WriteSet = Callable[..., Path]


class PlainIndexer:
    """Fills a catalog without vectors."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def index(self, paths: Sequence[Path], **_: object) -> list[IngestReport]:
        for path in paths:
            for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
                document = read_file(file)
                self._catalog.files.replace(str(file.resolve()), document.sha256, parse.parse(document))
        return [IngestReport(path=path, status="added") for path in paths]


class QuotingAssistant:
    """Answers with the clause that shares most characters with the question."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.is_warm = False

    def warm_up(self) -> None:
        self.is_warm = True

    def search(self, question: Question, *, limit: int) -> list[ScoredClause]:
        policies = self.catalog.policies()
        clauses = [clause for policy in policies for clause in self.catalog.clauses(policy.policy_id)]
        scored = [
            ScoredClause(clause=clause, score=len(set(clause.text) & set(question.text)) / len(question.text))
            for clause in clauses
            if clause.kind == "item"
        ]
        return sorted(scored, key=lambda each: each.score, reverse=True)[:limit]

    def explained(self, question: Question) -> Explanation:
        del question
        return Explanation(reader="none", enough=0.5, near=0.5, attempts=())

    def composed(self, question: Question) -> Composed:
        self._composed = question
        draft = Draft(outcome="answered", statements=(), composer="quoting")
        return Composed(evidence=None, draft=draft)  # type: ignore[arg-type]

    def proven(self, composed: Composed) -> Answer:
        assert not composed.draft.statements
        return self.ask(self._composed)

    def ask(self, question: Question) -> Answer:
        assert self.is_warm
        clause = self.search(question, limit=1)[0].clause
        citation = Citation(
            marker=1,
            policy_id=clause.policy_id,
            policy_title="办法",
            document_number=None,
            region=None,
            source="measure.txt",
            clause_id=clause.clause_id,
            locator=clause.locator,
            quote=clause.text,
            start=clause.start,
            end=clause.end,
            validity="unknown",
            expires_on=None,
        )
        return Answer(
            question=question.text,
            outcome="answered",
            text=f"{clause.text}[1]",
            statements=(Statement(text=clause.text, citations=(1,)),),
            citations=(citation,),
            notices=(),
            related=(),
            choices=(),
            composer="quoting",
            milliseconds=0,
        )


@dataclass
class Opened:
    """The catalogs that a run opened, by their data folders, and the settings it opened them with."""

    catalogs: dict[Path, Catalog] = field(default_factory=dict)
    settings: list[Settings] = field(default_factory=list)

    def catalog(self, settings: Settings) -> Catalog:
        self.settings.append(settings)
        if settings.data not in self.catalogs:
            settings.data.mkdir(parents=True, exist_ok=True)
            self.catalogs[settings.data] = Catalog.open(settings.data / "catalog.sqlite3", create=True)
        return self.catalogs[settings.data]

    def parts(self) -> Parts:
        return Parts(
            indexer=lambda settings, _progress: PlainIndexer(self.catalog(settings)),  # type: ignore[arg-type,return-value]
            assistant=lambda settings, _progress: QuotingAssistant(self.catalog(settings)),  # type: ignore[arg-type,return-value]
        )


@pytest.fixture
def opened() -> Any:
    opened = Opened()
    yield opened
    for catalog in opened.catalogs.values():
        catalog.close()


@pytest.fixture
def evaluate(opened: Opened) -> Callable[..., Result]:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(each) for each in arguments], obj=opened.parts())

    return run


@pytest.fixture
def two_cases(line: Line, write_set: WriteSet) -> Path:
    wrong = line(id="training", question="培训每人补助多少？", expected=[["900元"]], forbidden=["800元"])
    return write_set(line(), wrong)


@dataclass
class ScriptedModel:
    """An OpenAI-compatible server whose replies a test writes; it stands in for a chat model."""

    reply: Callable[[str], str]
    address: str = ""
    prompts: list[str] = field(default_factory=list)


@pytest.fixture
def chat_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedModel]:
    """A served model that the settings of the environment name."""
    model = ScriptedModel(reply=lambda _prompt: "")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = "\n".join(message["content"] for message in body["messages"])
            model.prompts.append(prompt)
            told = {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": "scripted",
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "stop",
                        "message": {"role": "assistant", "content": model.reply(prompt)},
                    }
                ],
                "usage": {"prompt_tokens": 300, "completion_tokens": 20, "total_tokens": 320},
            }
            if body.get("stream"):
                self._stream(told, with_usage=bool(body.get("stream_options", {}).get("include_usage")))
                return
            content = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, told: dict[str, Any], *, with_usage: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            message = told["choices"][0]["message"]
            chunk = told | {"object": "chat.completion.chunk", "usage": None}
            self._event(chunk | {"choices": [{"index": 0, "delta": message}]})
            if with_usage:
                self._event(chunk | {"choices": [], "usage": told["usage"]})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, chunk: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

        def log_message(self, format: str, *arguments: object) -> None:
            del format, arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    model.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    monkeypatch.setenv("CLAUSEWISE_CHAT_MODEL__MODEL", "scripted")
    monkeypatch.setenv("CLAUSEWISE_CHAT_MODEL__URL", model.address)
    yield model
    server.shutdown()
    server.server_close()
    thread.join()
