from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.answer import Question
from eval.benchmarks.peers import systems
from eval.benchmarks.peers.machine import measured_with
from eval.benchmarks.peers.measurement import Asked, Measurement, chosen
from eval.benchmarks.peers.peer import asked_words
from eval.benchmarks.peers.systems import FRAMEWORKS, Framework, kind_of
from eval.cases import Case
from eval.commands import app
from eval.errors import PeersMissingError


def kept(path: Path, *recalls: tuple[str, float]) -> Path:
    lines = [
        Measurement(
            system=system,
            set="seeds",
            ingest_seconds=1.0,
            query_ms=1.0,
            peak_mb=1.0,
            asked=(Asked(id="one", half="development", recall=(recall,) * 3, milliseconds=1.0),),
            measured_with=measured_with(),
        ).model_dump_json()
        for system, recall in recalls
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_kept_results_are_shown_again_and_a_lead_ends_well(tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.jsonl", ("clausewise", 1.0), ("langchain", 0.25))
    result = CliRunner().invoke(app, ["peers", "--from", str(path)])
    assert result.exit_code == 0
    assert "0.250" in result.stdout


def test_a_framework_that_finds_more_ends_with_1(tmp_path: Path) -> None:
    path = kept(tmp_path / "kept.jsonl", ("clausewise", 0.5), ("langchain", 0.75))
    assert CliRunner().invoke(app, ["peers", "--from", str(path)]).exit_code == 1


def test_what_is_no_kept_result_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(app, ["peers", "--from", str(path)])
    assert result.exit_code == 2
    assert "expected what `eval peers --json` writes" in result.stderr


def test_an_unknown_system_is_refused_before_anything_runs() -> None:
    result = CliRunner().invoke(app, ["peers", "--system", "unheard"])
    assert result.exit_code == 2
    assert "unheard" in result.stderr


def test_a_missing_framework_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        FRAMEWORKS, "missing", Framework(module="no_such_package.peer", kind="X", packages=())
    )
    with pytest.raises(PeersMissingError, match=r"no_such_package.*pip install 'clausewise\[peers\]'"):
        kind_of(systems.FRAMEWORKS["missing"])


def test_only_questions_with_evidence_of_the_half_are_asked(make_case: Callable[..., Case]) -> None:
    cases = [make_case((0, 1), id=name) for name in "abcdefgh"] + [make_case(id="bare")]
    both = [case.id for half in ("development", "held_out") for case in chosen(cases, half)]
    assert sorted(both) == [case.id for case in chosen(cases, None)] == list("abcdefgh")


def test_frameworks_get_earlier_questions_before_the_last(day: date) -> None:
    assert asked_words(Question(text="多少？", on=day, history=("谁补助？",))) == "谁补助？\n多少？"


def test_what_takes_part_and_where_is_told() -> None:
    found = measured_with()
    assert "chromadb" in found.versions
    assert "cores" in found.machine
