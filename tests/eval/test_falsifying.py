import pytest

from bot.composers.draft import DraftStatement, Quote
from eval.falsifying import falsified
from ingest.policy import Policy


@pytest.fixture
def statement(policy: Policy) -> DraftStatement:
    clause = next(clause for clause in policy.clauses if "房租" in clause.text)
    quote = Quote(clause=clause, start=clause.start, end=clause.end)
    return DraftStatement(text="房租补助最高5万元，由区商务局牵头", quotes=(quote,), claims=("最高5万元",))


def test_figure_unit_words_and_quote_are_falsified(statement: DraftStatement) -> None:
    variants = falsified([statement])
    texts = [variant.text for variant in variants]
    assert len(set(texts)) == len(texts) == 4
    assert statement.text not in texts
    assert any("5万元" not in text and "万元" in text for text in texts)
    assert any("区商务局" not in text for text in texts)
    assert any(variant.claims != statement.claims for variant in variants)
    assert any(variant.quotes != statement.quotes for variant in variants)


@pytest.mark.parametrize("text", ["另有 3 项", "共12条"])
def test_counts_of_the_program_are_left_alone(statement: DraftStatement, text: str) -> None:
    counted = DraftStatement(text=text, quotes=statement.quotes)
    assert all(text in variant.text for variant in falsified([counted]))


def test_what_is_no_policy_content_is_left_alone(statement: DraftStatement) -> None:
    dated = DraftStatement(text="自2022-12-29起三年", quotes=statement.quotes, free=("2022-12-29",))
    assert all("2022-12-29" in variant.text for variant in falsified([dated]))
