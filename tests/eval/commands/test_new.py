"""Cases drafted from documents and gone through by a person."""

import json
import os
import pty
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.cases import load_cases
from eval.commands import app
from eval.documents import Documents

REPOSITORY = Path(__file__).parents[3]
SAMPLES = REPOSITORY / "ingest" / "samples"
_SECONDS = 60.0


@pytest.fixture
def draft(document: Path, tmp_path: Path) -> Callable[..., Result]:
    """Drafts from the small document with what a person types."""

    def run(*options: object, typed: str = "") -> Result:
        output = tmp_path / "out.jsonl"
        arguments = ["new", document.parent, "-o", output, *options]
        return CliRunner().invoke(app, [str(each) for each in arguments], input=typed)

    return run


def accepted(tmp_path: Path) -> list[Any]:
    path = tmp_path / "out.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_drafts_of_the_samples_are_cases_that_agree_with_their_documents(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    ran = CliRunner().invoke(app, ["new", str(SAMPLES), "-o", str(output), "--yes", "--limit", "40"])
    assert ran.exit_code == 0, ran.output
    cases = load_cases(output, Documents(samples=SAMPLES, shared=SAMPLES, folder=SAMPLES))
    assert len(cases) == 40
    assert {"lead", "amount", "target", "deadline", "content"} <= {case.kind for case in cases}
    assert len({case.evidence[0].file for case in cases}) == 6
    folded = "".join
    for case in cases:
        evidence = case.evidence[0]
        text = folded((SAMPLES / evidence.file).read_text("utf-8")[evidence.start : evidence.end].split())
        assert any(folded(fact.split()) in text for group in case.expected for fact in group), case.id


def test_person_accepts_edits_rejects_and_leaves(draft: Callable[..., Result], tmp_path: Path) -> None:
    # Accepts the first; edits the second and accepts it; rejects the third; leaves the others.
    edited = "e\n房租补助由谁牵头？\nlead\n区商务局\n区人社局\n\na\n"
    ran = draft(typed=f"a\n{edited}r\nq\n")
    assert ran.exit_code == 0, ran.output
    first, second = accepted(tmp_path)
    assert (second["question"], second["expected"]) == ("房租补助由谁牵头？", [["区商务局"]])
    assert second["forbidden"] == ["区人社局"]
    rejected = (tmp_path / "out.jsonl.rejected").read_text("utf-8").split()
    assert len(rejected) == 1 and rejected[0] not in (first["id"], second["id"])


def test_what_was_decided_is_not_asked_again(draft: Callable[..., Result], tmp_path: Path) -> None:
    draft(typed="a\nr\nq\n")
    decided = {accepted(tmp_path)[0]["id"], *(tmp_path / "out.jsonl.rejected").read_text("utf-8").split()}
    ran = draft(typed="l\n" * 50)
    assert ran.exit_code == 0, ran.output
    assert not any(name in ran.output for name in decided)
    assert len(accepted(tmp_path)) == 1
    draft("--yes")
    names = [case["id"] for case in accepted(tmp_path)]
    assert len(names) == len(set(names)) > 2


def test_incomplete_case_is_not_accepted_before_it_is_completed(
    draft: Callable[..., Result], tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts.jsonl"
    line = {"id": "note-1", "question": "房租最高补多少？", "kind": "content", "outcome": "answered"}
    drafts.write_text(json.dumps(line | {"todo": ["kind", "expected"]}, ensure_ascii=False) + "\n", "utf-8")
    completed = "e\n\namount\n5万元 / 50000元\n\n最高5万元\n"
    ran = draft("--drafts", drafts, typed=f"a\n{completed}a\n")
    assert ran.exit_code == 0, ran.output
    assert "a draft without kind; expected" in ran.output
    (case,) = accepted(tmp_path)
    assert (case["kind"], case["expected"], case["todo"]) == ("amount", [["5万元", "50000元"]], [])
    assert case["evidence"][0]["file"] == "measure.txt"


def test_question_without_an_answer_loses_its_evidence(draft: Callable[..., Result], tmp_path: Path) -> None:
    draft(typed="e\n火星移民补助多少？\nunanswerable\n\na\nq\n")
    (case,) = accepted(tmp_path)
    assert (case["outcome"], case["evidence"], case["expected"]) == ("no_evidence", [], [])


def test_yes_writes_no_draft_that_is_incomplete(draft: Callable[..., Result], tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    line = {
        "id": "note-1",
        "question": "补多少？",
        "kind": "content",
        "outcome": "answered",
        "todo": ["kind"],
    }
    drafts.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    ran = draft("--drafts", drafts, "--yes")
    assert ran.exit_code == 0
    assert "left out: note-1" in ran.output
    assert accepted(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")
def test_it_works_in_a_terminal(document: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "bot", "eval", "new", str(document.parent), "-o", str(output)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    try:
        screen = _until(ours, "q quit")
        assert "question" in screen and "expected" in screen
        os.write(ours, b"a\n")
        _until(ours, "q quit")
        os.write(ours, b"q\n")
        _until(ours, "cases added")
        assert process.wait(timeout=_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert len(output.read_text("utf-8").splitlines()) == 1


def _until(terminal: int, words: str) -> str:
    """What the program shows up to these words."""
    shown = b""
    deadline = time.monotonic() + _SECONDS
    # Not select(): it knows descriptors up to 1,023 alone, and the indexes of a long test run hold more.
    with selectors.DefaultSelector() as waiting:
        waiting.register(terminal, selectors.EVENT_READ)
        while words not in shown.decode(errors="replace"):
            ready = waiting.select(max(0.0, deadline - time.monotonic()))
            assert ready, f"waited for {words!r}, saw {shown.decode(errors='replace')!r}"
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
    return shown.decode(errors="replace")
