"""Real processes on a real Chroma: killed, stopped, and robbed of their vectors."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.benchmarks.stress.kills import killed
from eval.benchmarks.stress.survivor import Server, Survivor, sha256_of

# An orchestrator kills what has not ended by then.
_STOP_SECONDS = 10
_WAIT_SECONDS = 60
_QUESTION = {"question": "第3号补助办法最高补助多少？"}
_DELETE_ONE = """
import sys, chromadb
client = chromadb.PersistentClient(path=sys.argv[1])
client.get_collection("clauses").delete(where={"policy_id": sys.argv[2]})
"""


@pytest.fixture
def survivor(tmp_path: Path) -> Survivor:
    """A data folder of three small documents."""
    made = Survivor(tmp_path)
    for number in range(3):
        (made.files / f"办法{number}.txt").write_text(made.text(), encoding="utf-8")
    subprocess.run(made.command("ingest", str(made.files)), check=True, capture_output=True)
    return made


def test_nothing_is_lost_by_a_few_kills(tmp_path: Path) -> None:
    rounds = list(killed(tmp_path, 2, seed=2))
    assert [each.operation for each in rounds[:2]] == ["publish over HTTP", "ingest"]
    assert [(each.lost, each.orphans, each.missing) for each in rounds] == [((), 0, 0)] * len(rounds)


def test_a_server_without_vectors_says_so_answers_and_is_ready_after_a_repair(survivor: Survivor) -> None:
    with survivor.serving() as server:
        assert _state_of(server, 200) == 200
        # Not by way of our own store, which leaves word of what it writes.
        _delete_vectors(survivor, survivor.policy_of("办法2.txt"))
        assert _state_of(server, 503) == 503
        _doctor(survivor, "--repair")
        assert _state_of(server, 200) == 200
        shutil.rmtree(survivor.data / "chroma")
        assert _state_of(server, 503) == 503
        told = server.client.get("/readyz").json()
        assert told["type"] == "urn:clausewise:problem:vectors-differ"
        assert "clausewise doctor --repair" in told["detail"]
        assert server.client.post("/api/ask", json=_QUESTION).json()["outcome"] == "answered"
        assert "BAD  vectors" in _doctor(survivor, code=1)
        subprocess.run(survivor.command("ingest", str(survivor.files)), check=True, capture_output=True)
        assert _state_of(server, 200) == 200
    assert (survivor.whole().orphans, survivor.whole().missing) == (0, 0)


def test_a_server_stopped_while_it_indexes_ends_in_time_and_the_next_one_goes_on(survivor: Survivor) -> None:
    lines = (f"第{each}条 对第{each}类企业补助{each}万元。\n\n" for each in range(1, 250))
    text = "澄湖区综合补助办法\n\n" + "".join(lines)
    with survivor.serving() as server:
        job = server.publish("综合.txt", text)
        assert job is not None
        for _ in _soon():
            if server.client.get(f"/api/admin/jobs/{job}").json()["doing"].startswith("embedding"):
                break
        began = time.monotonic()
        server.process.terminate()
        server.process.wait(timeout=_WAIT_SECONDS)
        assert time.monotonic() - began < _STOP_SECONDS
    assert survivor.whole().waiting == 1
    with survivor.serving() as server:
        assert server.end_of(job) == "done"
    found = survivor.whole()
    assert found.held["综合.txt"] == sha256_of(text)
    assert (found.waiting, found.unsettled, found.orphans, found.missing) == (0, 0, 0, 0)


def _state_of(server: Server, wanted: int) -> int:
    """What /readyz says; what is wanted, if it says so soon."""
    state = 0
    for _ in _soon():
        state = server.client.get("/readyz").status_code
        if state == wanted:
            break
    return state


def _soon() -> Iterator[None]:
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end:
        yield
        time.sleep(0.02)


def _delete_vectors(survivor: Survivor, policy_id: str) -> None:
    command = [sys.executable, "-c", _DELETE_ONE, str(survivor.data / "chroma"), policy_id]
    subprocess.run(command, check=True)


def _doctor(survivor: Survivor, *options: str, code: int = 0) -> str:
    ran = subprocess.run(survivor.command("doctor", *options), check=False, capture_output=True, text=True)
    assert ran.returncode == code, ran.stdout
    return ran.stdout
