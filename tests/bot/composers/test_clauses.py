"""What is told of the clauses that were judged to answer: whole, and under the name of their document."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.clauses import compose_clauses
from bot.composers.extractive.merging import as_one
from bot.settings import Settings
from bot.telling import answering
from bot.wiring import open_assistant, open_indexer


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(data=tmp_path_factory.mktemp("samples"))
    open_indexer(settings).index([Path("ingest/samples")])
    return open_assistant(settings)


def told(assistant: Assistant, text: str) -> list[DraftStatement]:
    evidence = assistant.evidence(Question(text=text, on=date(2024, 6, 1)))
    return compose_clauses(evidence, assistant.phrases)


def test_a_clause_is_told_whole_with_the_words_that_answer_marked(assistant: Assistant) -> None:
    first = told(assistant, "栖湖区上云补助的比例是多少？")[0]
    assert all(words in first.text for words in ("50%", "8万元", "3年"))
    assert first.text.startswith("栖湖区：")
    quote = first.quotes[0]
    assert quote.direct is not None
    assert quote.start <= quote.direct[0] < quote.direct[1] <= quote.end
    assert quote.end - quote.start == len(quote.clause.text)


def test_nothing_is_told_if_nothing_is_sure(assistant: Assistant) -> None:
    evidence = assistant.evidence(Question(text="火星移民要交什么材料？", on=date(2024, 6, 1)))
    assert evidence.judged
    assert answering(evidence) == []
    assert compose_clauses(evidence, assistant.phrases) == []


def test_a_document_is_named_once(assistant: Assistant) -> None:
    statements = told(assistant, "栖湖区给企业哪些补贴？")
    assert len(statements) > 1
    assert sum(statement.text.startswith("栖湖区：") for statement in statements) == 1


def test_what_two_parts_tell_of_one_clause_is_one_statement(assistant: Assistant) -> None:
    (whole,) = told(assistant, "栖湖区上云补助的比例是多少？")[:1]
    clause = whole.quotes[0].clause
    middle = clause.start + clause.text.index("，", 10) + 1
    halves = [
        replace(
            whole,
            text=f"栖湖区：{clause.text[start - clause.start : end - clause.start]}",
            claims=(clause.text[start - clause.start : end - clause.start],),
            quotes=(Quote(clause=clause, start=start, end=end),),
        )
        for start, end in ((clause.start, middle), (middle - 4, clause.end))
    ]
    both = as_one(*halves)
    assert both is not None
    assert [(quote.start, quote.end) for quote in both.quotes] == [(clause.start, clause.end)]
    assert both.text.startswith("栖湖区：") and "8万元" in both.text
    other = told(assistant, "栖湖区首席数据官补贴多少？")[0]
    assert as_one(whole, other) is None
    assert as_one(whole, replace(whole, claims=())) is None  # what is told from metadata claims nothing


def test_the_parts_of_a_question_share_the_room_of_an_answer(assistant: Assistant) -> None:
    question = "栖湖区上云补助的比例是多少，首席数据官补贴多少，培训补助多少？"
    answer = assistant.ask(Question(text=question, on=date(2024, 6, 1)))
    assert answer.outcome == "answered"
    assert "8万元" in answer.text
    clauses = [citation.clause_id for citation in answer.citations]
    assert len(clauses) == len(set(clauses))


RULES = """澄川市公共停车场管理办法
澄政发〔2025〕4号

第一条 有下列行为之一的，由市城市管理局责令限期改正，拒不改正的，处五百元以上二千元以下的罚款，\
情节严重的，处二千元以上一万元以下的罚款，并在全市停车信息平台上公布三个月：
（一）在公共停车场安装地锁；
（二）把消防通道划为车位。
第二条 停车场经营者应当在入口处公示收费标准。
经营者违反前款规定多收费用的，应当在五日内退还。
第三条 在公共停车场内禁止下列行为：
（一）堆放建筑材料；
（二）明火烧烤。
第九条 违反本办法第三条第一项规定的，处三百元罚款；违反本办法第三条第二项规定的，处八百元罚款。

澄川市人民政府
2025年2月1日
"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("澄川市在公共停车场安装地锁怎么处罚？", ("安装地锁", "五百元以上二千元以下", "公布三个月")),
        ("澄川市停车场经营者多收费用的几日内退还？", ("五日内退还", "公示收费标准")),
        ("澄川市在公共停车场里明火烧烤罚多少？", ("第三条第二项", "八百元")),
    ],
)
def test_what_a_clause_stands_under_or_refers_to_is_told_with_it(
    tmp_path_factory: pytest.TempPathFactory, question: str, words: tuple[str, ...]
) -> None:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    open_indexer(settings).index([folder])
    opened = open_assistant(settings)
    answer = opened.ask(Question(text=question, on=date(2025, 6, 1)))
    opened.catalog.close()
    assert all(each in answer.text for each in words), answer.text
