"""Fitting how sure a reading makes to several sets; by the lexical reader, which needs no training."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.reader.calibration import load_calibrations
from eval.commands import app

WriteSet = Callable[..., Path]
Line = Callable[..., dict[str, Any]]


@pytest.fixture
def two_sets(tmp_path: Path, line: Line, write_set: WriteSet) -> list[Path]:
    """A set of what the document answers, and one of what it mostly does not."""
    answered = write_set(line(), line(id="rent-2", question="房屋租金补助是多少？"))
    no_answer = {"outcome": "no_evidence", "kind": "unanswerable", "expected": [], "forbidden": []}
    no_answer |= {"evidence": []}
    refused = [
        line(id="rent-3", question="租房补助多少？"),
        line(id="bus", question="公交车票补助多少？", **no_answer),
        line(id="nursery", question="托育服务补助多少？", **no_answer),
    ]
    other = answered.with_name("other.jsonl")
    other.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in refused), encoding="utf-8")
    return [answered, other]


def calibrate(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["calibrate", *map(str, arguments)])


def test_several_sets_are_one_calibration(
    two_sets: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAUSEWISE_READER", "lexical")
    written = tmp_path / "calibrations.json"
    ran = calibrate(*two_sets, "--write", written, "--data", tmp_path / "data")
    assert ran.exit_code == 0, ran.output
    assert load_calibrations(written).order == load_calibrations().order
    assert load_calibrations(written).of("lexical") != load_calibrations().of("lexical")
    assert {each.name for each in (tmp_path / "data").iterdir()} >= {"set", "other"}
    alone = calibrate(two_sets[0])
    assert alone.exit_code == 2
    assert "nothing to tell apart" in alone.output
