"""Why an answer is what it is: on the samples by the trained reader, and on three small documents."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.answering.attempt import Composed
from bot.settings import Settings
from bot.wiring import open_assistant

ON = date(2024, 9, 1)
MakeQuestion = Callable[..., Question]


@pytest.fixture(scope="module")
def on_samples(samples_data: Path) -> Iterator[Assistant]:
    opened = open_assistant(Settings(data=samples_data))
    yield opened
    opened.catalog.close()


def test_an_explanation_lists_what_was_read_with_the_likeliest_first(on_samples: Assistant) -> None:
    found = on_samples.explained(Question(text="栖湖区上云补助的比例是多少？", on=ON)).as_asked
    assert "amount" in found.kinds
    assert found.regions == ("栖湖区",)
    assert 1 < len(found.clauses) <= 12
    assert [each.probability for each in found.clauses] == sorted(
        (each.probability for each in found.clauses), reverse=True
    )
    assert found.clauses[0].answering
    assert "50%" in found.clauses[0].words


def test_a_clause_that_a_rule_is_against_names_the_rule(on_samples: Assistant) -> None:
    question = Question(text="栖湖区2035年要建成多少家场景实验室？", on=ON)
    found = on_samples.explained(question).as_asked
    assert {"document of another year"} & {each.dropped_by for each in found.clauses}
    assert not any(each.answering for each in found.clauses if each.dropped_by)


def test_a_candidate_that_was_not_read_names_the_rule_as_well(on_samples: Assistant) -> None:
    found = on_samples.explained(Question(text="栖湖区上云补助的比例是多少？", on=ON)).as_asked
    assert found.found == len(found.candidates) > len(found.clauses)
    read = {each.clause_id for each in found.candidates if each.read}
    assert read == {each.clause_id for each in found.clauses}
    assert any(each.dropped_by == "states nothing" for each in found.candidates if not each.read)


@pytest.mark.parametrize(
    ("texts", "ways", "told"),
    [
        (("房租补助最高多少？",), ["as_asked"], [True]),
        (("栖湖区古树名木怎么保护？",), ["as_asked", "higher_places"], [False, True]),
        (
            ("火星移民发射几枚火箭？", "培训补助怎么申请？"),
            ["as_asked", "without_history"],
            [True, False],
        ),
        (("那它由谁牵头？", "栖湖区房租补助最高多少？"), ["question_before", "as_asked"], [False, True]),
    ],
)
def test_every_attempt_is_explained_and_the_one_that_is_told_is_named(
    assistant: Assistant,
    question: MakeQuestion,
    texts: tuple[str, ...],
    ways: list[str],
    told: list[bool],
) -> None:
    found = assistant.explained(question(*texts)).attempts
    assert [each.way for each in found] == ways
    assert [each.told for each in found] == told
    assert found[-1].answered == (assistant.ask(question(*texts)).outcome == "answered")


def test_parts_are_explained_one_by_one(assistant: Assistant, question: MakeQuestion) -> None:
    found = assistant.explained(question("房租补助最高多少，火星移民怎么办，什么时候提交申请？")).attempts
    whole, *parts = found
    assert (whole.way, whole.told) == ("as_asked", False)
    assert [each.told for each in parts if each.way == "part"] == [True, False, True]
    (silent,) = (each for each in parts if each.way == "part" and not each.answered)
    assert silent.question.endswith("火星移民怎么办") and silent.opening
    third = parts[-1]
    assert third.documents == ("栖湖区小微企业扶持办法",)


def test_an_attempt_shows_the_clauses_that_its_statements_stand_on(
    assistant: Assistant, question: MakeQuestion
) -> None:
    (found,) = assistant.explained(question("房租补助最高多少？")).attempts
    (quoted,) = (each for each in found.clauses if each.quoted)
    assert quoted.locator == "一、(一)"
    assert [each.clause_id for each in found.candidates if each.quoted] == [quoted.clause_id]
    assert "5万元" in "".join(found.statements) and found.unproven == ()


def test_a_statement_that_the_proof_keeps_back_is_named(assistant: Assistant, question: MakeQuestion) -> None:
    def with_a_lie(evidence: object) -> Composed:
        composed = assistant.steps.compose(evidence)  # type: ignore[arg-type]
        first, *others = composed.draft.statements
        lie = replace(first, text=first.text.replace("5万元", "9万元"), claims=("最高9万元",))
        return replace(composed, draft=replace(composed.draft, statements=(lie, *others)))

    lying = replace(assistant, steps=replace(assistant.steps, compose=with_a_lie))
    (found,) = lying.explained(question("房租补助最高多少？")).attempts
    assert len(found.unproven) == 1 and "9万元" in found.unproven[0]


def explained_by_command(samples_data: Path, *options: str) -> str:
    command = [sys.executable, "-m", "bot", "ask", "栖湖区上云补助的比例是多少？", "--explain", *options]
    return subprocess.run(
        [*command, "--data", str(samples_data)], capture_output=True, text=True, check=True
    ).stdout


def test_the_command_line_explains_as_json(samples_data: Path) -> None:
    body = json.loads(explained_by_command(samples_data, "--json"))
    assert body["outcome"] == "answered"
    first = body["explanation"]["attempts"][0]
    assert first["way"] == "as_asked"
    assert first["surety"] >= body["explanation"]["enough"]


def test_the_command_line_explains_to_people(samples_data: Path) -> None:
    told = explained_by_command(samples_data)
    assert "1. as asked: 栖湖区上云补助的比例是多少" in told
    assert "dropped: " in told and "states nothing" in told
    assert "quoted" in told
