import pytest

from bot.composers.draft import DraftStatement, Quote
from bot.question.parts import parts_of, without_repeats
from ingest.policy import Clause


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("组长是谁，办公室设在哪里？", ("组长是谁", "办公室设在哪里")),
        ("租的房子没建消防制度，罚多少？谁来罚？", ("租的房子没建消防制度，罚多少", "谁来罚")),
        ("补贴多少钱？要三年内申请", ("补贴多少钱？要三年内申请",)),
        ("补贴是5万元，对吗？", ("补贴是5万元，对吗？",)),
        ("公司有几件专利，能拿去质押吗？", ("公司有几件专利，能拿去质押吗？",)),
        (
            "谁牵头？谁配合？补多少？何时申请？哪里受理？",
            ("谁牵头", "谁配合", "补多少，何时申请，哪里受理"),
        ),
        ("标准（含上限，多少）是什么？", ("标准（含上限，多少）是什么？",)),
    ],
)
def test_a_question_is_cut_where_each_part_asks(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts


def said(policy_id: str, place: str, words: str) -> DraftStatement:
    clause = Clause(
        clause_id=f"{policy_id}.0", policy_id=policy_id, position=0, parent_id=None, kind="paragraph",
        number="", heading="", path=(), locator="第1段", start=0, end=len(words), text=words,
    )  # fmt: skip
    quote = Quote(clause=clause, start=0, end=len(words))
    return DraftStatement(text=f"{place}：{words}", quotes=(quote,), claims=(words,), free=(place,))


def test_two_documents_that_say_the_same_are_both_told() -> None:
    both = [said("a", "栖湖区", "由区商务局负责解释"), said("b", "枫渡区", "由区商务局负责解释")]
    assert without_repeats(both) == tuple(both)


def test_a_longer_statement_of_another_document_takes_nothing_away() -> None:
    both = [said("a", "栖湖区", "给予10万元"), said("b", "枫渡区", "对新认定的平台给予10万元奖励")]
    assert without_repeats(both) == tuple(both)


def test_words_that_a_longer_statement_of_the_document_holds_are_said_once() -> None:
    short, long = said("a", "栖湖区", "给予10万元"), said("a", "栖湖区", "对新认定的平台给予10万元奖励")
    assert without_repeats([short, long, short]) == (long,)
