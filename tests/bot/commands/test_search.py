from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
FIELDS = {"rank", "score", "clause_id", "policy_title", "locator", "source", "text", "start", "end"}


def test_results_have_the_fields_of_the_contract(run: Run) -> None:
    found = run("search", "补助", "--json", "--limit", "2").json
    assert list(found) == ["id", "question", "results"]
    assert [result["rank"] for result in found["results"]] == [1, 2]
    assert set(found["results"][0]) >= FIELDS
    assert found["results"][0]["text"].startswith("(一)房租补助")


def test_batch_carries_the_ids(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "question": "补助"}\n{"id": 2, "question": ""}\n', encoding="utf-8")
    lines = run("search", "--batch", str(file), "--json", "--limit", "1").json_lines
    assert (lines[0]["id"], len(lines[0]["results"])) == (1, 1)
    assert set(lines[1]) == {"id", "error"}


def test_terminal_shows_place_and_text(run: Run) -> None:
    out = run("search", "补助").out
    assert "《云桥区小微企业扶持办法》(云政〔2023〕7号) 一、(一)" in out
    assert "按年租金的30%补助" in out
