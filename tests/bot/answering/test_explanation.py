import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.answering.explanation import explanation_of
from bot.settings import Settings
from bot.wiring import open_assistant

ON = date(2024, 9, 1)


@pytest.fixture(scope="module")
def assistant(samples_data: Path) -> Iterator[Assistant]:
    opened = open_assistant(Settings(data=samples_data))
    yield opened
    opened.catalog.close()


def test_an_explanation_lists_what_was_read_with_the_likeliest_first(assistant: Assistant) -> None:
    found = explanation_of(assistant.evidence(Question(text="栖湖区上云补助的比例是多少？", on=ON)))
    assert "amount" in found.kinds
    assert found.regions == ("栖湖区",)
    assert 1 < len(found.clauses) <= 12
    assert [each.probability for each in found.clauses] == sorted(
        (each.probability for each in found.clauses), reverse=True
    )
    assert found.clauses[0].answering
    assert "50%" in found.clauses[0].words


def test_a_clause_that_a_rule_is_against_names_the_rule(assistant: Assistant) -> None:
    question = Question(text="栖湖区2035年要建成多少家场景实验室？", on=ON)
    found = explanation_of(assistant.evidence(question))
    assert {"document of another year"} & {each.dropped_by for each in found.clauses}
    assert not any(each.answering for each in found.clauses if each.dropped_by)


def test_the_command_line_explains_as_json(samples_data: Path) -> None:
    command = [sys.executable, "-m", "bot", "ask", "栖湖区上云补助的比例是多少？", "--explain", "--json"]
    done = subprocess.run([*command, "--data", str(samples_data)], capture_output=True, text=True, check=True)
    body = json.loads(done.stdout)
    assert body["outcome"] == "answered"
    assert body["explanation"]["clauses"][0]["probability"] >= body["explanation"]["enough"]
