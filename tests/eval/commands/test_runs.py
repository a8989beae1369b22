"""Runs that are kept, taken up again, compared and reported."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Line = Callable[..., dict[str, Any]]
WriteSet = Callable[..., Path]
Evaluate = Callable[..., Result]


@pytest.fixture
def runs(users_data: Path) -> Path:
    return users_data / "eval-runs"


def folders(runs: Path) -> list[Path]:
    return sorted(path.parent for path in runs.glob("*/run.json"))


def test_run_is_kept_with_what_it_was_made_with(evaluate: Evaluate, two_cases: Path, runs: Path) -> None:
    ran = evaluate("run", two_cases)
    (folder,) = folders(runs)
    assert f"kept as {folder.name}" in ran.stderr
    info = json.loads((folder / "run.json").read_text("utf-8"))
    assert info["figures"]["fact_accuracy"]["value"] == 0.5
    assert info["finished_at"] is not None
    assert info["settings"]["retrieval"]["keyword"] == 1.5
    assert {"python", "chromadb"} <= info["versions"].keys()
    assert all(len(info[name]) == 64 for name in ("program_sha256", "corpus_sha256", "set_sha256"))
    assert len((folder / "results.jsonl").read_text("utf-8").splitlines()) == 2


def test_secrets_are_not_kept(
    evaluate: Evaluate, two_cases: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUSEWISE_CHAT_MODEL__KEY", "sk-hidden-1")
    monkeypatch.setenv("CLAUSEWISE_ADMIN_TOKEN", "sk-hidden-2")
    evaluate("run", two_cases)
    assert "sk-hidden" not in (folders(runs)[0] / "run.json").read_text("utf-8")


def test_run_that_was_ended_half_way_goes_on(evaluate: Evaluate, two_cases: Path, runs: Path) -> None:
    evaluate("run", two_cases)
    (folder,) = folders(runs)
    info = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps(info | {"finished_at": None, "figures": {}}), "utf-8")
    lines = (folder / "results.jsonl").read_text("utf-8").splitlines()
    # As a process leaves it that was ended while it wrote.
    (folder / "results.jsonl").write_text(f"{lines[0]}\n{lines[1][:40]}", "utf-8")

    ran = evaluate("run", two_cases)
    assert f"goes on with {folder.name}" in ran.stderr
    assert "1 of 2 results are taken over" in ran.stderr
    assert folders(runs) == [folder]
    finished = json.loads((folder / "run.json").read_text("utf-8"))
    assert finished["figures"]["fact_accuracy"]["value"] == 0.5
    assert lines[0] in (folder / "results.jsonl").read_text("utf-8").splitlines()


def test_fresh_begins_anew(evaluate: Evaluate, two_cases: Path, runs: Path) -> None:
    evaluate("run", two_cases)
    (folder,) = folders(runs)
    info = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps(info | {"finished_at": None}), "utf-8")
    evaluate("run", two_cases, "--fresh")
    assert len(folders(runs)) == 2


def test_changed_asks_only_what_has_changed(
    evaluate: Evaluate, line: Line, write_set: WriteSet, runs: Path
) -> None:
    first, second = (
        line(),
        line(id="training", question="培训每人补助多少？", expected=[["800元"]], forbidden=[]),
    )
    evaluate("run", write_set(first, second))
    path = write_set(first, second | {"question": "培训补助是多少？"})
    ran = evaluate("run", path, "--changed")
    assert "1 of 2 results are taken over" in ran.stderr
    (taking,) = (folder for folder in folders(runs) if folder.name in ran.stderr)
    kept = [json.loads(each) for each in (taking / "results.jsonl").read_text("utf-8").splitlines()]
    assert [(each["result"]["case"]["id"], each["reused_from"] is not None) for each in kept] == [
        ("rent", True),
        ("training", False),
    ]
    assert "taken over" not in evaluate("run", path).stderr


@pytest.mark.parametrize("what", ["documents", "settings", "day"])
def test_nothing_is_taken_over_when_what_answers_has_changed(
    evaluate: Evaluate, two_cases: Path, document: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    evaluate("run", two_cases, "--documents", document.parent)
    if what == "documents":
        (document.parent / "other.txt").write_text("一、总则\n本办法适用于云桥区。\n", encoding="utf-8")
    elif what == "settings":
        monkeypatch.setenv("CLAUSEWISE_RETRIEVAL__KEYWORD", "0.5")
    else:
        monkeypatch.setenv("CLAUSEWISE_TODAY", "2020-01-01")
    assert "taken over" not in evaluate("run", two_cases, "--documents", document.parent, "--changed").stderr


def test_runs_lists_the_newest_first(evaluate: Evaluate, two_cases: Path, runs: Path) -> None:
    assert "no run is kept" in evaluate("runs").stderr
    evaluate("run", two_cases)
    evaluate("run", two_cases, "--half", "development")
    listed = [line for line in evaluate("runs").stdout.splitlines() if "-set-" in line]
    assert ["development" in line for line in listed] == [True, False]
    assert {line.split()[0] for line in listed} == {folder.name for folder in folders(runs)}


def test_compare_names_what_got_better_and_worse(
    evaluate: Evaluate, line: Line, write_set: WriteSet, runs: Path, two_cases: Path
) -> None:
    evaluate("run", two_cases)
    first = folders(runs)[0]
    results = [json.loads(each) for each in (first / "results.jsonl").read_text("utf-8").splitlines()]
    evaluate("run", two_cases, "--fresh")
    second = next(folder for folder in folders(runs) if folder != first)
    # As a better program would have answered the one and a worse one the other.
    results[1]["result"]["answer"]["text"] = "每人900元"
    results[1]["result"]["answer"]["statements"] = []
    results[0]["result"]["answer"]["outcome"] = "no_evidence"
    (second / "results.jsonl").write_text("\n".join(map(json.dumps, results)) + "\n", "utf-8")

    ran = evaluate("compare", first.name, second.name)
    assert ran.exit_code == 0, ran.output
    better, worse = ran.stdout.index("better: wrong before"), ran.stdout.index("worse: right before")
    assert "培训每人补助多少？" in ran.stdout[better:worse]
    assert "right → not chosen" in ran.stdout[worse:]
    assert "1 got better, 1 got worse, of 2; by chance with p = 1.000" in ran.stdout
    assert "refusal_answerable" in ran.stdout
    assert evaluate("compare", first.name, second.name, "--fail-if-worse").exit_code == 0
    results[1]["result"]["answer"]["outcome"] = "no_evidence"
    (second / "results.jsonl").write_text("\n".join(map(json.dumps, results)) + "\n", "utf-8")
    assert evaluate("compare", first.name, second.name, "--fail-if-worse").exit_code == 1


@pytest.mark.parametrize(
    "asked", [("report",), ("report", "a-run"), ("compare", "latest", "latest"), ("runs",)], ids=" ".join
)
def test_without_a_run_it_is_said_how_one_is_made(
    evaluate: Evaluate, runs: Path, asked: tuple[str, ...]
) -> None:
    ran = evaluate(*asked)
    assert ran.exit_code == (0 if asked == ("runs",) else 2)
    assert ran.stdout == ""
    assert str(runs) in ran.stderr
    assert "clausewise eval run SET" in ran.stderr and "--runs DIR" in ran.stderr


def test_unknown_run_is_exit_code_2(evaluate: Evaluate, two_cases: Path) -> None:
    evaluate("run", two_cases)
    ran = evaluate("compare", "latest", "nothing")
    assert ran.exit_code == 2
    assert "nothing: expected the id of one run" in ran.stderr


def test_report_is_one_file_that_asks_no_other_host(
    evaluate: Evaluate, two_cases: Path, tmp_path: Path
) -> None:
    evaluate("run", two_cases)
    file = tmp_path / "report.html"
    ran = evaluate("report", "--output", file)
    assert ran.stdout.strip() == str(file)
    page = file.read_text("utf-8")
    assert "http://" not in page and "https://" not in page and "src=" not in page.split("<main>")[1]
    assert "default-src 'none'" in page
    assert "培训每人补助多少？" in page
    assert "not chosen" in page
    assert "measure.txt" in page
    assert page.count("<svg") >= 5


def test_page_shows_texts_of_documents_as_texts(
    evaluate: Evaluate, line: Line, write_set: WriteSet, tmp_path: Path
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>房租补助"
    evaluate("run", write_set(line(question=hostile, expected=[["9万元"]])))
    file = tmp_path / "report.html"
    evaluate("report", "-o", file)
    page = file.read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page and "<img" not in page


def test_junit_has_a_test_for_each_question_and_each_bar(
    evaluate: Evaluate, two_cases: Path, tmp_path: Path
) -> None:
    from xml.etree import ElementTree

    file = tmp_path / "junit.xml"
    ran = evaluate(
        "run", two_cases, "--junit", file, "--min", "fact_accuracy=0.9", "--min", "verbatim_rate=1"
    )
    assert ran.exit_code == 1
    suites = ElementTree.parse(file).getroot()
    counted = {suite.get("name", "").rpartition(".")[2]: suite for suite in suites}
    assert [(suite.get("tests"), suite.get("failures")) for suite in counted.values()] == [("2", "1")] * 2
    failed = counted["questions"].find("testcase/failure")
    assert failed is not None and failed.get("message") == "not chosen"
    assert "missing: 900元" in (failed.text or "")


def test_side_by_side_gives_the_same_results_in_order(
    evaluate: Evaluate, line: Line, write_set: WriteSet, tmp_path: Path
) -> None:
    path = write_set(*(line(id=f"rent-{number}") for number in range(12)))
    written = []
    for jobs in (1, 4):
        file = tmp_path / f"{jobs}.json"
        assert evaluate("run", path, "--json", file, "--jobs", jobs, "--fresh").exit_code == 0
        written.append(
            [(each["id"], each["right"]) for each in json.loads(file.read_text("utf-8"))["results"]]
        )
    assert written[0] == written[1]
    assert [name for name, _ in written[0]] == [f"rent-{number}" for number in range(12)]
