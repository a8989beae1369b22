"""The program is killed in its work: real processes, a real Chroma; `make bench` does it 100 times."""

from pathlib import Path

import pytest

from eval.bench.kills import OPERATIONS, Round, killed, table


def test_nothing_is_lost_by_a_few_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEWISE_MODELS", str(tmp_path / "models"))
    rounds = list(killed(tmp_path, 2, seed=2))
    assert [each.operation for each in rounds[:2]] == list(OPERATIONS[:2])
    assert [(each.lost, each.orphans, each.missing) for each in rounds] == [((), 0, 0)] * len(rounds)


def test_the_table_counts_by_operation() -> None:
    rounds = [
        Round(operation="ingest", phase="done", lost=("办法1.txt",), orphans=2, missing=0),
        Round(operation="ingest", phase="not killed", lost=(), orphans=0, missing=1),
    ]
    lines = {line[:18].strip(): line[18:].split() for line in table(rounds).splitlines()}
    assert lines["ingest"][:4] == ["1", "1", "2", "1"]
    assert lines["prune"][:4] == ["0", "0", "0", "0"]
    assert lines["all"][:4] == ["1", "1", "2", "1"]
