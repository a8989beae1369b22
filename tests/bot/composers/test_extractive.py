"""Answers on the packaged samples, through every real part."""

from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Question
from bot.answering.assistant import Assistant
from bot.errors import UnknownRegionError
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer

ON = date(2024, 9, 1)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(data=tmp_path_factory.mktemp("samples"))
    open_indexer(settings).index([Path("ingest/samples")])
    return open_assistant(settings)


def ask(assistant: Assistant, text: str, *history: str, on: date = ON) -> Answer:
    return assistant.ask(Question(text=text, on=on, history=history))


def test_joint_duty_is_said_as_such(assistant: Assistant) -> None:
    answer = ask(assistant, "场景实验室建设由哪个单位牵头？")
    assert answer.outcome == "answered"
    assert "按职责分工负责" in answer.text or "牵头" in answer.text


def test_every_quote_is_the_policy_text_at_its_offsets(assistant: Assistant) -> None:
    for question in ("区科技局要做哪些工作？", "上云补助多少？", "专班组长是谁？"):
        for citation in ask(assistant, question).citations:
            text = assistant.catalog.policy(citation.policy_id).text
            assert text[citation.start : citation.end] == citation.quote


def test_two_regions_are_answered_under_their_names(assistant: Assistant) -> None:
    text = ask(assistant, "上云补助的比例和上限是多少？").text
    assert "栖湖区" in text
    assert "枫渡区" in text


def test_an_expired_document_is_not_cited_silently(assistant: Assistant) -> None:
    answer = ask(assistant, "《栖湖区企业技术改造补助实施细则》里设备补助的上限是多少？")
    assert answer.text.startswith("注意：")
    assert {citation.validity for citation in answer.citations} == {"expired"}


def test_the_day_of_asking_decides_validity(assistant: Assistant) -> None:
    question = "《栖湖区企业技术改造补助实施细则》里设备补助的上限是多少？"
    answer = ask(assistant, question, on=date(2021, 5, 1))
    assert "已过有效期" not in answer.text


def test_a_missing_validity_is_a_finding(assistant: Assistant) -> None:
    answer = ask(assistant, "枫渡区中小企业数字化转型行动方案写明有效期了吗？")
    assert (answer.outcome, "未写明有效期" in answer.text) == ("answered", True)
    assert answer.citations


def test_a_unit_no_document_names_gets_no_evidence(assistant: Assistant) -> None:
    assert ask(assistant, "栖湖区气象局要做什么工作？").outcome == "no_evidence"


def test_a_region_without_a_document_gets_no_evidence(assistant: Assistant) -> None:
    answer = ask(assistant, "鹭浦区上云补助最高多少？")
    assert (answer.outcome, answer.statements) == ("no_evidence", ())


def test_a_question_without_a_topic_is_asked_back(assistant: Assistant) -> None:
    answer = ask(assistant, "能补多少钱？")
    assert (answer.outcome, answer.statements) == ("clarify", ())


def test_an_unknown_region_given_as_an_argument_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(UnknownRegionError, match="栖湖区"):
        assistant.ask(Question(text="上云补助多少？", on=ON, region="鹭浦区"))


def test_off_topic_requests_are_declined(assistant: Assistant) -> None:
    assert ask(assistant, "明天天气怎么样？").outcome == "no_evidence"


def test_a_list_stands_with_its_lead_in(assistant: Assistant) -> None:
    answer = ask(assistant, "在栖湖区申请认定公共技术服务平台要具备哪些条件？")
    assert len(answer.statements) > 3


def test_a_measure_that_no_clause_shows_is_no_answer(assistant: Assistant) -> None:
    assert ask(assistant, "栖湖区上云补助要占地多少平方米？").outcome == "no_evidence"


def test_no_span_opens_a_bracket_without_closing_it(assistant: Assistant) -> None:
    for question in ("场景运行之前要做什么？", "平台怎么申请认定？", "首席数据官做什么？"):
        for statement in ask(assistant, question).statements:
            assert statement.text.count("(") == statement.text.count(")")
            assert statement.text.count("“") == statement.text.count("”")
