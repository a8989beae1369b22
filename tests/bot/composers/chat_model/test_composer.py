"""Answers worded by a model on a real HTTP server: what is proven is said, the rest never."""

import json
import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.answer import Answer, Question, Told
from bot.answering.assistant import Assistant
from bot.question.asked import Understanding
from bot.settings import ChatModelSettings

ON = date(2024, 9, 1)
QUESTION = "栖湖区企业上云补助的比例和上限是多少？"

WithModel = Callable[..., Assistant]
Scripted = Callable[..., Any]


def ask(assistant: Assistant, text: str = QUESTION) -> Answer:
    return assistant.ask(Question(text=text, on=ON))


def reply_of(*statements: tuple[str, int, str]) -> str:
    """The JSON of a model's reply: text, clause number and quote of each statement."""
    listed = [
        {"text": text, "citations": [{"clause": clause, "quote": quote}]}
        for text, clause, quote in statements
    ]
    return json.dumps({"statements": listed}, ensure_ascii=False)


def clauses_in(prompt: str) -> dict[int, str]:
    """The clauses that a prompt shows, by their numbers."""
    fence = re.search(r"=====条款材料 \w+=====", prompt)
    assert fence is not None
    found = re.findall(rf"【条款(\d+)】[^\n]*\n{fence.group()}\n(.*?)\n{fence.group()}", prompt, re.DOTALL)
    return {int(number): text for number, text in found}


def first_sentence(prompt: str) -> str:
    return clauses_in(prompt)[1].split("。")[0]


def quoting(prompt: str) -> str:
    """A reply that says the first sentence of the first clause."""
    said = first_sentence(prompt)
    return reply_of((said, 1, said))


def test_a_proven_statement_is_the_answer(scripted: Scripted, with_model: WithModel) -> None:
    answer = ask(with_model(scripted(quoting).address))
    assert answer.composer == "chat_model"
    assert answer.outcome == "answered"
    assert answer.notices == ()
    assert answer.citations[0].quote in answer.text


def test_the_model_gets_clauses_facts_the_day_and_the_question(
    scripted: Scripted, with_model: WithModel
) -> None:
    server = scripted(quoting)
    ask(with_model(server.address))
    prompt = server.prompts[0]
    assert QUESTION in prompt
    assert ON.isoformat() in prompt
    assert "从本条读出" in prompt
    assert 1 < len(clauses_in(prompt)) <= 8
    assert server.requests[0]["temperature"] == 0
    assert server.requests[0]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(lambda said: (f"{said}，最高77万元", 1, said), id="another amount"),
        pytest.param(lambda said: (f"由区外星局负责，{said}", 1, said), id="a unit of its own"),
        pytest.param(lambda said: (said, 1, said + "，另奖一百万元"), id="an invented quote"),
        pytest.param(lambda said: (said, 99, said), id="a clause that was not given"),
        pytest.param(lambda said: (f"一律{said}", 1, said), id="for everyone"),
        pytest.param(lambda said: (f"{said}，依据《天外文件》", 1, said), id="a document of its own"),
        pytest.param(lambda said: ("火星移民可以申领飞船", 1, said), id="other words"),
    ],
)
def test_a_statement_that_fails_is_asked_for_again_and_then_dropped(
    scripted: Scripted, with_model: WithModel, bad: Callable[[str], tuple[str, int, str]]
) -> None:
    server = scripted(lambda prompt: reply_of(bad(first_sentence(prompt))))
    answer = ask(with_model(server.address))
    assert len(server.requests) == 2
    assert "没有通过核对" in server.prompts[1]
    assert answer.composer == "extractive"
    assert "未通过逐句核对" in answer.notices[0]
    assert answer.outcome == "answered"


def test_a_repaired_statement_is_said(scripted: Scripted, with_model: WithModel) -> None:
    server = scripted(lambda prompt: reply_of(("补助九百万元", 1, first_sentence(prompt))), quoting)
    answer = ask(with_model(server.address))
    assert answer.composer == "chat_model"
    assert "九百万元" not in answer.text
    assert len(server.requests) == 2


def test_good_statements_stand_where_the_repair_fails(scripted: Scripted, with_model: WithModel) -> None:
    def half(prompt: str) -> str:
        said = first_sentence(prompt)
        return reply_of((said, 1, said), ("补助九百万元", 1, said))

    answer = ask(with_model(scripted(half, 500).address))
    assert answer.composer == "chat_model"
    assert len(answer.statements) == 1
    assert "九百万元" not in answer.text


@pytest.mark.parametrize(
    ("reply", "notice"),
    [
        (429, "繁忙"),
        (500, "出错"),
        (401, "出错"),
        ("", "没有给出"),
        ("<think>想一想</think>", "没有给出"),
        ("我不会写 JSON。", "不合格式"),
        ('{"statements": [{"text": "补', "不合格式"),
        ('["补助"]', "不合格式"),
        ('{"answer": "补助"}', "不合格式"),
        ('{"statements": []}', "未通过"),
        ('{"statements": [7, null, {"text": 5, "citations": "x"}]}', "未通过"),
    ],
)
def test_a_failing_model_leaves_the_extractive_answer_with_a_notice(
    scripted: Scripted, with_model: WithModel, reply: str | int, notice: str
) -> None:
    server = scripted(reply)
    answer = ask(with_model(server.address))
    assert answer.composer == "extractive"
    assert answer.outcome == "answered"
    assert notice in answer.notices[0]
    assert answer.text.startswith(answer.notices[0])
    assert answer.citations


def test_a_refused_connection_leaves_the_extractive_answer(with_model: WithModel) -> None:
    answer = ask(with_model("http://127.0.0.1:9/v1"))
    assert answer.composer == "extractive"
    assert "连接不上" in answer.notices[0]


@pytest.mark.parametrize("reply", ["hang", "drip"])
def test_the_deadline_ends_a_model_that_does_not_end(
    scripted: Scripted, with_model: WithModel, reply: str
) -> None:
    assistant = with_model(scripted(reply).address, seconds=1.0)
    assistant.warm_up()
    began = time.monotonic()
    answer = ask(assistant)
    # The server would go on for 30 seconds.
    assert time.monotonic() - began < 15
    assert answer.composer == "extractive"
    assert "时限" in answer.notices[0]


def test_thoughts_and_fences_around_the_reply_are_passed_over(
    scripted: Scripted, with_model: WithModel
) -> None:
    server = scripted(lambda prompt: f"<think>{{想}}</think>\n```json\n{quoting(prompt)}\n```\n完")
    assert ask(with_model(server.address)).composer == "chat_model"


def test_silence_is_not_worded(scripted: Scripted, with_model: WithModel) -> None:
    server = scripted(quoting)
    answer = ask(with_model(server.address), "火星移民飞船票补贴多少钱？")
    assert answer.outcome == "no_evidence"
    assert server.requests == []


def test_each_statement_is_shown_once_it_is_proven(scripted: Scripted, with_model: WithModel) -> None:
    def mixed(prompt: str) -> str:
        said = first_sentence(prompt)
        return reply_of((said, 1, said), ("补助九百万元", 1, said))

    assistant = with_model(scripted(mixed, '{"statements": []}').address)
    steps = list(assistant.stream(Question(text=QUESTION, on=ON)))
    assert isinstance(steps[0], Understanding)
    told = [step for step in steps if isinstance(step, Told)]
    answer = steps[-1]
    assert isinstance(answer, Answer)
    assert [each.statement for each in told] == list(answer.statements)
    assert told[0].citations == answer.citations
    assert all("九百万元" not in each.statement.text for each in told)


def test_the_key_is_shown_nowhere() -> None:
    settings = ChatModelSettings(model="m", url="http://127.0.0.1:9/v1", key="secret-key")  # type: ignore[arg-type]
    assert "secret-key" not in repr(settings)
    assert "secret-key" not in json.dumps(settings.model_dump(mode="json"))
