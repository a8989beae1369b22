"""Answers that leave nothing out: lists, levels, deadlines, several parts, what ends a document."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Question
from bot.answering.assistant import Assistant
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer

CARE = """汀岚市护理保障办法
汀医保〔2024〕3号

第一条 为了保障失能人员的护理，制定本办法。
第二条 享受护理3级待遇的失能人员，其待遇限额标准如下：
（一）机构护理发生的照料费用限额标准为每人每天120元；
（二）居家护理发生的照料费用限额标准为每人每天105元。
第三条 享受护理2级待遇的失能人员，其待遇限额标准如下：
（一）机构护理发生的照料费用限额标准为每人每天30元；
（二）居家护理发生的照料费用限额标准为每人每月900元。
第四条 申请护理待遇的人员应当同时符合以下条件：
（一）参加本市护理保险满两年；
（二）经评估达到失能等级；
（三）未在其他地区享受同类待遇。
第五条 违反本办法骗取护理待遇的，由市医疗保障局处五百元以上五千元以下罚款。
第六条 本办法由市医疗保障局会同市财政局负责解释。
第七条 本办法自印发之日起施行，有效期为防汛期间。

汀岚市医疗保障局
2024年3月1日
"""
GRANTS = """栖湖区支持企业发展若干措施
栖政〔2024〕5号

一、支持技术创新
（一）鼓励建设平台。对新认定的市级创新平台补助10万元。（对接部门：区科技局；联系人：某某；联系电话：0000000）
（二）鼓励数字转型。对通过评估的数字工厂奖励20万元。
（三）鼓励引才。对引进的高层次人才每人补贴3万元。
二、优化服务
（四）落实税费优惠。为企业办理退税，2024年10月底前完成辅导。（栖湖税务局牵头，区财政局配合）
（五）加强监管。税务等多部门协同配合，防止重复申报。
三、附则
本措施自2024年6月1日起施行，有效期至2027年5月31日。

栖湖区人民政府办公室
2024年5月20日
"""
NEWS = """关于推进行动方案的说明

坚持产业即未来。学习邻市汀岚市的经验，对新认定的示范车间奖励7万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = tmp_path_factory.mktemp("documents")
    for name, text in {"care": CARE, "grants": GRANTS, "news": NEWS}.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    open_indexer(settings).index([Path(documents)])
    yield open_assistant(settings)


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    return assistant.ask(Question(text=question, history=history, on=date(2024, 9, 1)))


def test_an_item_is_said_with_the_level_that_announces_it(assistant: Assistant) -> None:
    answer = ask(assistant, "汀岚护理3级的人住机构，照料费用每天限额多少钱？")
    first = answer.statements[0]
    assert "3级" in first.text and "120元" in first.text
    assert {citation.locator for citation in answer.citations if citation.marker in first.citations} == {
        "第二条第(一)项",
        "第二条",
    }


def test_conditions_are_listed_whole(assistant: Assistant) -> None:
    text = ask(assistant, "汀岚市申请护理待遇要符合什么条件？").text
    assert all(words in text for words in ("满两年", "失能等级", "同类待遇"))


def test_every_offer_is_listed_where_a_list_is_asked_for(assistant: Assistant) -> None:
    answer = ask(assistant, "栖湖区的补贴和奖励都有哪些？请全部列出来")
    assert all(amount in answer.text for amount in ("10万元", "20万元", "3万元"))
    assert "联系" not in answer.text


def test_each_part_of_a_question_is_answered(assistant: Assistant) -> None:
    text = ask(assistant, "栖湖区数字工厂奖励多少钱？办理退税由谁牵头？").text
    assert "20万元" in text and "栖湖税务局" in text


def test_a_part_that_is_not_answered_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "栖湖区数字工厂奖励多少钱？办理退税由谁牵头？航空母舰停在哪里？")
    assert "20万元" in answer.text and "栖湖税务局" in answer.text
    assert any("航空母舰停在哪里" in notice and "数字工厂" not in notice for notice in answer.notices)


def test_a_unit_named_with_its_place_has_its_duties_and_their_deadline(assistant: Assistant) -> None:
    text = ask(assistant, "栖湖区税务局有哪些任务？").text
    assert "2024年10月底前" in text


def test_an_event_that_ends_a_document_is_told_and_warned_of(assistant: Assistant) -> None:
    answer = ask(assistant, "汀岚市护理保障办法有效期到什么时候？")
    assert "有效期为防汛期间" in answer.statements[0].text
    assert any("请核实" in notice for notice in answer.notices)


def test_who_interprets_a_document_is_quoted(assistant: Assistant) -> None:
    assert "市医疗保障局会同市财政局负责解释" in ask(assistant, "汀岚市护理保障办法由哪个部门解释？").text


def test_a_document_that_only_mentions_a_place_does_not_answer_for_it(assistant: Assistant) -> None:
    answer = ask(assistant, "栖湖区示范车间奖励多少？")
    assert "7万元" not in answer.text


def test_a_document_is_named_by_words_it_holds(assistant: Assistant) -> None:
    answer = ask(assistant, "“坚持产业即未来”的那个方案里，示范车间奖励多少？")
    assert "7万元" in answer.text


@pytest.mark.parametrize(
    "question", ["栖湖区的补贴有哪些？", "栖湖区第三条说什么？谁牵头？", "栖湖区附件1里谁牵头？"]
)
def test_limits_that_leave_no_document_leave_no_answer(assistant: Assistant, question: str) -> None:
    care = next(each for each in assistant.landscape().policies if "护理" in each.title)
    asked = Question(
        text=question, policy_ids=frozenset({care.policy_id}), region="栖湖区", on=date(2024, 9, 1)
    )
    answer = assistant.ask(asked)
    assert answer.outcome == "no_evidence" and not answer.statements


def test_conditions_that_hold_together_are_told_whole(assistant: Assistant) -> None:
    said = ask(assistant, "汀岚市已参加护理保险三年的人申请护理待遇，还要符合什么？").text
    assert all(condition in said for condition in ("参加本市护理保险满两年", "失能等级", "同类待遇"))


def test_of_several_things_asked_of_a_document_none_is_left_out(assistant: Assistant) -> None:
    said = ask(assistant, "《栖湖区支持企业发展若干措施》的文号是什么？有效期到什么时候？").text
    assert "栖政〔2024〕5号" in said
    assert "2027年5月31日" in said


def test_a_question_for_a_number_is_told_no_subsidies(assistant: Assistant) -> None:
    said = ask(assistant, "《栖湖区支持企业发展若干措施》的文号是多少？").text
    assert "栖政〔2024〕5号" in said
    assert "万元" not in said
