"""A catalog of one small policy, an assistant that answers from it, and a way to run the program."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from pydantic import SecretStr

from bot.__main__ import main
from bot.answer import Answer, Citation, Question, Related, Statement
from bot.answering.asking import Asking
from bot.api.app import create_app
from bot.api.pace import protocol_with_header_limit
from bot.commands.parts import Parts
from bot.errors import EmptyQuestionError, QuestionTooLongError
from bot.question.asked import Understanding
from bot.settings import FeedbackSettings, ServerSettings, Settings
from bot.wiring import open_indexer, open_publishing
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.policy import Clause, Fact, FactField, Metadata, Policy
from vectorstore.catalog import Catalog
from vectorstore.errors import VectorsDifferError
from vectorstore.indexer import Indexer
from vectorstore.search import ScoredClause

# The second line begins outside the basic plane: offsets count code points, not UTF-16 units.
_LINES = (
    ("title", "", "标题", "云桥区小微企业扶持办法"),
    ("paragraph", "", "前言", "𠮷祥街道等单位：<b>现印发</b>本办法。"),
    ("heading", "一、", "一、", "一、补助"),
    ("item", "(一)", "一、(一)", "(一)房租补助。按年租金的30%补助，最高5万元。(区商务局牵头)"),
)
POLICY_ID = "aaaaaaaaaaaa"
LIMIT = 2000


def _policy() -> Policy:
    text = "\n".join(line for *_, line in _LINES)
    clauses, start = [], 0
    for position, (kind, number, locator, line) in enumerate(_LINES):
        clauses.append(
            Clause(
                clause_id=f"{POLICY_ID}.{position}",
                policy_id=POLICY_ID,
                position=position,
                parent_id=f"{POLICY_ID}.2" if position == 3 else None,
                kind=kind,  # type: ignore[arg-type]
                number=number,
                heading="",
                path=("一、补助",) if position == 3 else (),
                locator=locator,
                start=start,
                end=start + len(line),
                text=line,
            )
        )
        start += len(line) + 1
    item = clauses[3]
    unit = text.index("区商务局")
    duty = Fact(
        fact_id=f"{POLICY_ID}.f0",
        kind="duty",
        policy_id=POLICY_ID,
        clause_id=item.clause_id,
        start=item.start,
        end=item.end,
        fields=(
            FactField(name="unit", value="区商务局", start=unit, end=unit + 4),
            FactField(name="role", value="牵头"),
        ),
    )
    metadata = Metadata(
        title="云桥区小微企业扶持办法",
        document_number="云政〔2023〕7号",
        region="云桥区",
        effective_on=date(2023, 1, 1),
        expires_on=date(2025, 12, 31),
    )
    return Policy(
        policy_id=POLICY_ID,
        source="measure.txt",
        source_sha256=POLICY_ID + "0" * 52,
        metadata=metadata,
        text=text,
        source_map=(),
        deletions=(),
        clauses=tuple(clauses),
        facts=(duty,),
    )


class CannedAssistant:
    """Quotes the one item of the policy, or nothing when asked about 火星."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.asked: list[Question] = []
        self.is_warm = False
        self.differing: VectorsDifferError | None = None

    def warm_up(self) -> None:
        self.is_warm = True

    def check_vectors(self) -> None:
        if self.differing is not None:
            raise self.differing

    def ask(self, question: Question) -> Answer:
        if not question.text.strip():
            raise EmptyQuestionError("expected a question, found nothing")
        if len(question.text) > LIMIT:
            raise QuestionTooLongError(f"expected at most {LIMIT} characters")
        self.asked.append(question)
        return self._silence(question) if "火星" in question.text else self._quote(question)

    def stream(self, question: Question) -> Iterator[Understanding | Answer]:
        answer = self.ask(question)
        yield Understanding(
            text=question.text,
            kinds=("amount",),
            policy_ids=frozenset({POLICY_ID}),
            leans_on_history=bool(question.history),
        )
        yield answer

    def search(self, question: Question, *, limit: int) -> list[ScoredClause]:
        self.ask(question)
        clauses = self.catalog.clauses(POLICY_ID)[::-1][:limit]
        return [ScoredClause(clause=clause, score=1 / rank) for rank, clause in enumerate(clauses, start=1)]

    def _quote(self, question: Question) -> Answer:
        policy = self.catalog.policy(POLICY_ID)
        clause = policy.clauses[3]
        start = policy.text.index("按年租金")
        end = policy.text.index("(区商务局")
        citation = Citation(
            marker=1,
            policy_id=POLICY_ID,
            policy_title=policy.metadata.title,
            document_number=policy.metadata.document_number,
            region=policy.metadata.region,
            source=policy.source,
            clause_id=clause.clause_id,
            locator=clause.locator,
            quote=policy.text[start:end],
            start=start,
            end=end,
            validity=policy.validity_on(question.on),
            expires_on=policy.metadata.expires_on,
            answer_start=policy.text.index("最高5万元"),
            answer_end=policy.text.index("。(区商务局"),
        )
        said = "最高补助5万元"
        return Answer(
            question=question.text,
            outcome="answered",
            text=f"云桥区：{said}[1]。\n第二行；第三句。",
            statements=(Statement(text=said, citations=(1,)),),
            citations=(citation,),
            notices=(),
            related=(),
            choices=(),
            composer="extractive",
            milliseconds=3,
        )

    def _silence(self, question: Question) -> Answer:
        near = Related(
            clause_id=f"{POLICY_ID}.1",
            locator="前言",
            snippet="𠮷祥街道等单位",
            policy_title="云桥区小微企业扶持办法",
            validity="unknown",
            expires_on=None,
        )
        return Answer(
            question=question.text,
            outcome="no_evidence",
            text="没有找到能回答这个问题的条款。",
            statements=(),
            citations=(),
            notices=(),
            related=(near,),
            choices=(),
            composer="extractive",
            milliseconds=1,
        )


@pytest.fixture(scope="session")
def samples_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the packaged samples."""
    data = tmp_path_factory.mktemp("samples")
    open_indexer(Settings(data=data)).index([Path("ingest/samples")])
    return data


@pytest.fixture
def policy() -> Policy:
    return _policy()


@pytest.fixture
def catalog(tmp_path: Path, policy: Policy) -> Iterator[Catalog]:
    with Catalog.open(tmp_path / "catalog.sqlite3", create=True) as opened:
        opened.files.replace("/documents/measure.txt", policy.source_sha256, [policy])
        yield opened


@pytest.fixture
def assistant(catalog: Catalog) -> CannedAssistant:
    return CannedAssistant(catalog)


@dataclass(frozen=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Agreeing:
    """Vectors that are those of the catalog."""

    def check(self) -> None:
        """Finds no difference."""


@pytest.fixture
def run(assistant: CannedAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `clausewise` with these arguments on the small catalog."""

    def run_with(*arguments: str, parts: Parts | None = None) -> Ran:
        path = tmp_path / "catalog.sqlite3"
        chosen = parts or Parts(
            catalog=lambda _settings: Catalog.open(path),
            agreement=lambda _settings: nullcontext(Agreeing()),  # type: ignore[arg-type,return-value]
            assistant=lambda _settings, _progress: assistant,
        )
        with pytest.raises(SystemExit) as ended:
            main(arguments, parts=chosen)
        captured = capsys.readouterr()
        return Ran(code=int(ended.value.code or 0), out=captured.out, err=captured.err)

    return run_with


def _no_indexer() -> Indexer:
    raise AssertionError("this test indexes nothing")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Serves an application on a free port of this machine and gives its address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serving(
        open_assistant: Callable[[], Asking],
        *,
        indexer: Callable[[], Indexer] = _no_indexer,
        token: str = "",
        local_admin: bool = False,
        data: Path = tmp_path,
        limits: ServerSettings | None = None,
        files: Limits = DEFAULT_LIMITS,
        feedback: FeedbackSettings | None = None,
        trusted_proxies: str = "",
    ) -> str:
        limits = limits or ServerSettings()
        settings = Settings(
            data=data,
            today=date(2025, 6, 30),
            admin_token=SecretStr(token),
            server=limits,
            limits=files,
            feedback=feedback or FeedbackSettings(),
            trusted_proxies=trusted_proxies,
        )
        publishing = open_publishing(
            settings, lambda: Catalog.open(data / "catalog.sqlite3"), lambda _progress: indexer()
        )
        app = create_app(open_assistant, settings, publishing, local_admin=local_admin)
        http = protocol_with_header_limit(limits.header_seconds)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="error", http=http, proxy_headers=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    yield serving
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def address(serve: Callable[[Callable[[], Asking]], str], assistant: CannedAssistant) -> str:
    return serve(lambda: assistant)
