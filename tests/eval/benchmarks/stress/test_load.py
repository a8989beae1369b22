"""Many ask while a document is published, and the server goes on answering."""

import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from eval.benchmarks.speed.program import served
from eval.benchmarks.stress.load import TOKEN, measure_load


def test_server_under_load_gives_answers_or_503_and_its_health_waits_for_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUSEWISE_ADMIN_TOKEN", TOKEN)
    command = [sys.executable, "-m", "bot", "ingest", "--samples", "--data", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    with served(tmp_path) as (address, _):
        found = measure_load(address, clients=24, seconds=5, articles=100)
    assert set(found.statuses) <= {200, 202, 503}
    assert found.statuses[200] > 24
    assert set(found.jobs) == {"done"}
    assert median(found.health_ms) < median(found.answer_ms) / 10
    assert found.health_p99_ms < median(found.answer_ms)
