import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from typer.testing import Result

from bot.settings import Settings
from vectorstore.catalog import Catalog

Line = Callable[..., dict[str, Any]]
WriteSet = Callable[..., Path]


class Opened(Protocol):
    """The catalogs that a run opened, by their data folders, and the settings it opened them with."""

    catalogs: dict[Path, Catalog]
    settings: list[Settings]


def test_kept_bars_are_exit_code_0_and_the_figures_are_shown(
    evaluate: Callable[..., Result], line: Line, write_set: WriteSet
) -> None:
    ran = evaluate("run", write_set(line()), "--min", "fact_accuracy=1", "--max", "wrong_assertion=0")
    assert ran.exit_code == 0, ran.output
    assert "≥ 1 kept" in ran.stdout
    assert "verbatim_rate" in ran.stdout


def test_missed_bar_is_exit_code_1_with_metric_bar_and_figure(
    evaluate: Callable[..., Result], two_cases: Path
) -> None:
    ran = evaluate("run", two_cases, "--min", "fact_accuracy=0.9", "--min", "verbatim_rate=1")
    assert ran.exit_code == 1
    assert "fact_accuracy: expected ≥ 0.9, found 0.5000" in ran.stderr
    assert "verbatim_rate" not in ran.stderr


def test_failed_question_is_shown_with_what_is_missing_and_what_is_wrong(
    evaluate: Callable[..., Result], two_cases: Path
) -> None:
    ran = evaluate("run", two_cases)
    assert ran.exit_code == 0
    shown = ran.stdout[ran.stdout.index("training") :]
    assert "培训每人补助多少？" in shown
    assert "missing: 900元" in shown
    assert "forbidden: 800元" in shown
    assert "房租补助最高多少？" not in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--min", "recall=1"), "recall"),
        (("--max", "fact_accuracy=high"), "METRIC=VALUE"),
        (("--min", "fact_accuracy"), "METRIC=VALUE"),
        (("--only", "nobody"), "nobody"),
        (("--documents", "/no/such/folder"), "/no/such/folder"),
        (("--json", "/no/such/folder/out.json"), "folder"),
    ],
)
def test_what_cannot_be_scored_as_asked_is_exit_code_2(
    evaluate: Callable[..., Result], two_cases: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = evaluate("run", two_cases, *arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.output


def test_unknown_set_and_bad_case_are_exit_code_2(
    evaluate: Callable[..., Result], line: Line, write_set: WriteSet
) -> None:
    assert evaluate("run", "nothing").exit_code == 2
    ran = evaluate("run", write_set(line(kind="price")))
    assert ran.exit_code == 2
    assert "line 1 (rent)" in ran.stderr


def test_complete_results_are_written(
    evaluate: Callable[..., Result], two_cases: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    evaluate("run", two_cases, "--json", file, "--min", "fact_accuracy=0.9")
    written = json.loads(file.read_text("utf-8"))
    assert written["metrics"]["fact_accuracy"] == {
        "value": 0.5,
        "interval": {"low": 0.0, "high": 1.0},
        "unit": "share",
        "higher_is_better": True,
        "bars": [{"side": "min", "value": 0.9, "kept": False}],
    }
    assert written["kinds"]["amount"]["cases"] == 2
    right, wrong = written["results"]
    assert (right["right"], right["loss"], right["answer"]["outcome"]) == (True, None, "answered")
    assert (right["cited"], right["retrieved"][0]["is_evidence"]) == (
        [{"marker": 1, "is_evidence": True, "is_verbatim": True}],
        True,
    )
    assert (wrong["missing"], wrong["asserted"]) == ([["900元"]], ["800元"])


def test_only_the_named_case_is_asked(
    evaluate: Callable[..., Result], two_cases: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    assert evaluate("run", two_cases, "--only", "training", "--json", file).exit_code == 0
    assert [result["id"] for result in json.loads(file.read_text("utf-8"))["results"]] == ["training"]


def test_data_folder_is_kept_and_a_temporary_one_is_not(
    evaluate: Callable[..., Result], opened: Opened, two_cases: Path, tmp_path: Path
) -> None:
    evaluate("run", two_cases, "--data", tmp_path / "kept")
    evaluate("run", two_cases)
    kept, *_, temporary = [settings.data for settings in opened.settings]
    assert (kept / "catalog.sqlite3").exists()
    assert not temporary.exists()


def test_model_is_the_one_of_the_users_settings(
    evaluate: Callable[..., Result],
    opened: Opened,
    two_cases: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLAUSEWISE_DATA", str(tmp_path / "users"))
    monkeypatch.delenv("CLAUSEWISE_MODELS", raising=False)
    evaluate("run", two_cases)
    assert {settings.models for settings in opened.settings} == {tmp_path / "users" / "models"}


def test_given_folder_is_indexed_whole(
    evaluate: Callable[..., Result], opened: Opened, two_cases: Path, document: Path, tmp_path: Path
) -> None:
    (document.parent / "other.txt").write_text("一、总则\n本办法适用于云桥区。\n", encoding="utf-8")
    data = tmp_path / "kept"
    evaluate("run", two_cases, "--documents", document.parent, "--data", data)
    assert len(opened.catalogs[data].files.all()) == 2


def test_documents_left_from_another_set_are_told(
    evaluate: Callable[..., Result], two_cases: Path, document: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "other.txt").write_text("一、总则\n本办法适用于云桥区。\n", encoding="utf-8")
    (other / "measure.txt").write_bytes(document.read_bytes())
    evaluate("run", two_cases, "--documents", other, "--data", tmp_path / "kept")
    assert "outside the set" in evaluate("run", two_cases, "--data", tmp_path / "kept").stderr


def test_list_names_sets_and_metrics(evaluate: Callable[..., Result]) -> None:
    ran = evaluate("list")
    assert ran.exit_code == 0
    assert "samples" in ran.stdout and "seeds" in ran.stdout
    assert "clause_recall@5" in ran.stdout
