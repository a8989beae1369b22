import json
from collections.abc import Callable
from typing import Any

from typer.testing import Result

from eval.sets import packaged_sets

Evaluate = Callable[..., Result]


def test_schema_names_the_fields_of_a_case(evaluate: Evaluate, line: Callable[..., dict[str, Any]]) -> None:
    ran = evaluate("schema")
    assert ran.exit_code == 0
    schema = json.loads(ran.stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert set(schema["required"]) == {"id", "question", "kind", "outcome"}
    assert schema["additionalProperties"] is False
    assert line().keys() <= schema["properties"].keys()
    for path in packaged_sets().values():
        for text in path.read_text("utf-8").splitlines():
            assert json.loads(text).keys() <= schema["properties"].keys()


def test_list_tells_how_many_questions_the_gate_has(evaluate: Evaluate) -> None:
    listed = evaluate("list").stdout
    count = len(packaged_sets()["gate"].read_text("utf-8").splitlines())
    assert [line.split() for line in listed.splitlines() if line.startswith("gate")] == [["gate", str(count)]]
