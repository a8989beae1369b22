"""The judge and the price of tokens, with a served model that answers by script."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from eval.judging import kappa, labelled_answers

Evaluate = Callable[..., Result]


def verdict(**fields: Any) -> str:
    return json.dumps({"faithful": True, "correct": True, "reason": "一致"} | fields, ensure_ascii=False)


def test_judge_is_told_with_its_agreement_with_labels_and_people(
    evaluate: Evaluate, two_cases: Path, chat_model: Any, tmp_path: Path
) -> None:
    # Says of every answer with the word 900元 among its facts that it is wrong, in words around the JSON.
    chat_model.reply = lambda prompt: (
        "好的：" + verdict(correct="900元" not in prompt.rpartition("参考要点")[2]) + "\n以上。"
    )
    file = tmp_path / "out.json"
    ran = evaluate("run", two_cases, "--judge", "--json", file)
    assert ran.exit_code == 0, ran.output
    found = json.loads(file.read_text("utf-8"))
    figures = {name: found["metrics"][name]["value"] for name in found["metrics"]}
    assert figures["judged_faithfulness"] == 1
    assert figures["judged_correctness"] == 0.5
    assert figures["judge_agreement"] == 1
    assert found["results"][0]["judgement"] == {"faithful": True, "correct": True, "reason": "一致"}
    labelled = labelled_answers()
    assert len(chat_model.prompts) == len(labelled) + 2
    faithful = sum(each.faithful for each in labelled) / len(labelled)
    assert (
        f"agrees with people on {len(labelled)} labelled answers: faithfulness {faithful:.2f}" in ran.stdout
    )


def test_reply_that_is_no_verdict_is_left_out(
    evaluate: Evaluate, two_cases: Path, chat_model: Any, tmp_path: Path
) -> None:
    chat_model.reply = lambda prompt: "不知道" if "房租" in prompt else verdict()
    file = tmp_path / "out.json"
    assert evaluate("run", two_cases, "--judge", "--json", file).exit_code == 0
    rent, training = json.loads(file.read_text("utf-8"))["results"]
    assert rent["judgement"] is None
    assert training["judgement"]["correct"] is True


def test_answer_to_be_judged_is_put_with_its_quotes_and_facts(
    evaluate: Evaluate, two_cases: Path, chat_model: Any
) -> None:
    chat_model.reply = lambda _prompt: verdict()
    evaluate("run", two_cases, "--judge", "--only", "rent")
    asked = chat_model.prompts[-1]
    assert "房租补助最高多少？" in asked
    assert "按年租金的30%补助" in asked
    assert "5万元/50000元" in asked
    assert "标为错误的内容：800元" in asked


def test_judge_without_a_model_is_exit_code_2(
    evaluate: Evaluate, two_cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLAUSEWISE_CHAT_MODEL__MODEL", raising=False)
    ran = evaluate("run", two_cases, "--judge")
    assert ran.exit_code == 2
    assert "CLAUSEWISE_CHAT_MODEL__MODEL" in ran.stderr


def test_bad_price_is_exit_code_2(evaluate: Evaluate, two_cases: Path) -> None:
    for price in ("2", "2/x", "-1/2"):
        ran = evaluate("run", two_cases, f"--price={price}")
        assert ran.exit_code == 2
        assert "IN/OUT" in ran.stderr


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (((True, True), (False, False)), 1.0),
        (((True, True), (True, False), (False, True), (False, False)), 0.0),
        (((True, False), (False, True)), -1.0),
        (((True, True), (True, True)), 1.0),
    ],
)
def test_kappa_leaves_out_agreement_by_chance(pairs: tuple[tuple[bool, bool], ...], expected: float) -> None:
    assert kappa(pairs) == pytest.approx(expected)


def test_packaged_labels_tell_both_sides() -> None:
    labelled = labelled_answers()
    assert len({each.id for each in labelled}) == len(labelled) >= 20
    for label in ("faithful", "correct"):
        share = sum(getattr(each, label) for each in labelled) / len(labelled)
        assert 0.25 <= share <= 0.75, label
