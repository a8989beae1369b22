from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Evaluate = Callable[..., Result]


def test_sweep_asks_with_every_combination_and_keeps_each_run(
    evaluate: Evaluate, two_cases: Path, opened: Any, users_data: Path
) -> None:
    ran = evaluate("sweep", two_cases, "retrieval.keyword=0.5,2", "candidates=10,60")
    assert ran.exit_code == 0, ran.output
    for variant in ("retrieval.keyword=0.5 candidates=10", "retrieval.keyword=2 candidates=60"):
        assert variant in ran.stdout
    tried = {(settings.retrieval.keyword, settings.candidates) for settings in opened.settings}
    assert tried == {(0.5, 10), (0.5, 60), (2.0, 10), (2.0, 60)}
    assert len(list((users_data / "eval-runs").glob("*/run.json"))) == 4
    assert "retrieval.keyword=0.5 candidates=10" in evaluate("runs").stdout


def test_variants_that_are_embedded_alike_share_an_index(
    evaluate: Evaluate, two_cases: Path, opened: Any
) -> None:
    evaluate("sweep", two_cases, "retrieval.keyword=0.5,2", "retrieval.context=true,false")
    folders = {(settings.retrieval.context, settings.data.name) for settings in opened.settings}
    assert len(folders) == 2


@pytest.mark.parametrize(
    ("swept", "said"),
    [
        ("retrieval.keywords=1,2", "expected a setting, one of"),
        ("retrieval.keyword=much", "retrieval.keyword=much"),
        ("retrieval.keyword", "SETTING=A,B,C"),
        ("data=a,b", "expected a setting"),
    ],
)
def test_what_is_no_setting_is_exit_code_2(
    evaluate: Evaluate, two_cases: Path, swept: str, said: str
) -> None:
    ran = evaluate("sweep", two_cases, swept)
    assert ran.exit_code == 2
    assert said in ran.stderr
