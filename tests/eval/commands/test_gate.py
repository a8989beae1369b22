"""What `make eval`, and so `.ci/run`, calls: its bars are kept, and each deliberate fault misses them.

The faults are built in: a proof that checks nothing, a reading of questions by which no region limits the
documents, a catalog whose keyword index was emptied. Model, index and documents are the real ones.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.answer import Answer
from bot.answering.assistant import Assistant
from bot.answering.attempt import Composed
from bot.answering.steps import Prove, Steps
from bot.commands.parts import Parts
from bot.composers.draft import Quote
from bot.settings import Settings
from bot.wiring import open_assistant
from eval.ablate import UnderstandWithoutRegions
from eval.commands import app
from ingest.policy import Policy
from vectorstore.catalog import Catalog

REPOSITORY = Path(__file__).parents[3]
Gate = Callable[..., Result]
Fault = Callable[[Steps], Steps]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the documents of the gate are indexed once for all tests."""
    return tmp_path_factory.mktemp("gate")


@pytest.fixture
def gate(data: Path) -> Iterator[Gate]:
    """Runs the gate of a set on an assistant with these faults."""
    catalogs: list[Catalog] = []

    def run(folder: Path = data, *, fault: Fault = lambda steps: steps) -> Result:
        def assistant(settings: Settings, _progress: object) -> Assistant:
            opened = open_assistant(settings)
            catalogs.append(opened.catalog)
            return replace(opened, steps=fault(opened.steps))

        parts = Parts(assistant=assistant)
        return CliRunner().invoke(app, ["run", "gate", "--gate", "--data", str(folder)], obj=parts)

    yield run
    for catalog in catalogs:
        catalog.close()


def test_the_program_keeps_to_its_gate(gate: Gate) -> None:
    ran = gate()
    assert ran.exit_code == 0, ran.output
    assert "MISSED" not in ran.stdout
    assert ran.stdout.count("kept") >= 8


@dataclass(frozen=True)
class SayEverything:
    """A proof that is switched off: what was drafted is said."""

    prove: Callable[[Composed], Answer]
    policy: Callable[[str], Policy]

    def __call__(self, composed: Composed) -> Answer:
        kept = [replace(each, claims=(), free=(each.text,)) for each in composed.draft.statements]
        whole = tuple(replace(each, quotes=tuple(map(self._true, each.quotes))) for each in kept)
        return self.prove(replace(composed, draft=replace(composed.draft, statements=whole)))

    def _true(self, quote: Quote) -> Quote:
        clause = quote.clause
        text = self.policy(clause.policy_id).text[clause.start : clause.end]
        return replace(quote, clause=replace(clause, text=text))


def without_proof(steps: Steps) -> Steps:
    assert isinstance(steps.prove, Prove)
    return replace(steps, prove=SayEverything(steps.prove, steps.prove.policy))


def without_region_filter(steps: Steps) -> Steps:
    return replace(steps, understand=UnderstandWithoutRegions(steps.understand))


def test_proof_switched_off_is_caught(gate: Gate) -> None:
    ran = gate(fault=without_proof)
    assert ran.exit_code == 1
    assert re.search(r"falsehoods_said: expected ≤ 0, found 1\.0", ran.stderr), ran.output


def test_region_filter_switched_off_is_caught(gate: Gate) -> None:
    ran = gate(fault=without_region_filter)
    assert ran.exit_code == 1
    assert "wrong_assertion: expected ≤ 0" in ran.stderr
    assert "fact_accuracy: expected ≥" in ran.stderr


def test_emptied_keyword_index_is_caught(gate: Gate, tmp_path: Path) -> None:
    gate(tmp_path)
    with sqlite3.connect(tmp_path / "catalog.sqlite3") as connection:
        for table in ("clause_terms", "policy_terms"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    ran = gate(tmp_path)
    assert ran.exit_code == 1
    assert "keyword_recall@10: expected ≥ 0.9, found 0.0000" in ran.stderr


def test_make_calls_these_gates_and_ci_calls_make() -> None:
    rules = (REPOSITORY / "Makefile").read_text("utf-8").split("\neval:")[1].split("\n\n")[0]
    called = re.findall(r"clausewise eval (?:run )?(\w+) --gate", rules)
    assert called == ["gate", "samples", "seeds", "policies", "everyday", "structure"]
    assert "--min" not in rules and "--max" not in rules
    assert re.search(r"^make eval$", (REPOSITORY / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


def test_set_without_bars_is_exit_code_2(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["run", str(tmp_path / "own.jsonl"), "--gate"])
    assert ran.exit_code == 2
    assert "has no bars in gates.toml" in ran.stderr
