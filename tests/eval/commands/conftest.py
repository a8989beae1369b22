"""The commands on a small catalog without vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.answer import Answer, Citation, Question, Statement
from bot.commands.parts import Parts
from bot.draft import Draft
from bot.settings import Settings
from eval.commands import app
from ingest import parse
from ingest.input_files import read_file
from vectorstore.catalog import Catalog
from vectorstore.indexer import IngestReport
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

    def reworked(self, question: Question, change: Callable[[Draft], Draft]) -> Answer:
        change(Draft(outcome="answered", statements=(), composer="quoting"))
        return self.ask(question)

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
