"""Questions that follow others: a whole question is answered as if it were the first."""

from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from bot.answer import Answer, Question
from bot.answering.assistant import Assistant
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer

LABORATORIES = "场景实验室由哪个单位牵头？"
RETROFIT = "企业技术改造补助的标准是什么？"
FACTORIES = "智能工厂奖励多少钱？"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    with resources.as_file(resources.files("ingest") / "samples") as samples:
        open_indexer(settings).index([Path(samples)])
    yield open_assistant(settings)


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    return assistant.ask(Question(text=question, history=history, on=date(2026, 11, 23)))


@pytest.mark.parametrize(
    ("question", "earlier"),
    [(RETROFIT, LABORATORIES), (LABORATORIES, RETROFIT), (FACTORIES, RETROFIT), (FACTORIES, LABORATORIES)],
)
def test_a_whole_question_is_answered_as_if_it_were_the_first(
    assistant: Assistant, question: str, earlier: str
) -> None:
    alone = ask(assistant, question)
    assert alone.outcome == "answered"
    assert ask(assistant, question, earlier).statements == alone.statements


@pytest.mark.parametrize("unit", ["栖湖区财政局", "栖湖区科技局"])
def test_the_duties_of_a_unit_are_told_whatever_was_asked_before(assistant: Assistant, unit: str) -> None:
    alone = ask(assistant, f"{unit}要做哪些工作？")
    assert alone.outcome == "answered"
    behind = ask(assistant, f"{unit}要做哪些工作？", "栖湖区上云补助的比例是多少？")
    assert behind.statements == alone.statements


def test_a_greeting_does_not_repeat_the_last_answer(assistant: Assistant) -> None:
    answer = ask(assistant, "你好", LABORATORIES)
    assert answer.outcome == "no_evidence" and not answer.statements


def test_a_question_without_a_subject_offers_documents_to_choose_from(assistant: Assistant) -> None:
    answer = ask(assistant, "x")
    assert answer.outcome == "clarify"
    assert answer.choices and all(choice.policy_id for choice in answer.choices)


@pytest.mark.parametrize("text", ["你好", "谢谢！", "在吗？", "hello", "Thanks, bye", "好的，谢谢", "在嘛"])
def test_a_greeting_gets_a_short_reply_without_clauses(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.text == assistant.phrases.say("chatter")
    assert answer.outcome == "no_evidence" and answer.asks_nothing and not answer.related


@pytest.mark.parametrize(
    ("text", "asks_nothing"),
    [("明天会下雨吗", True), ("火星移民补贴由谁发放？", False), ("谢谢，谁牵头？", False)],
)
def test_an_answer_says_whether_anything_was_asked(
    assistant: Assistant, text: str, asks_nothing: bool
) -> None:
    assert ask(assistant, text).asks_nothing is asks_nothing
