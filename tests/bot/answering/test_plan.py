"""Which attempts a question takes, on three small documents; and how the answers to its parts are joined."""

from collections.abc import Callable

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.answering.attempt import Asked, Attempt
from bot.answering.plan import beside, in_turn, part_by_part, pointed, without_repeats
from bot.composers.draft import Draft, DraftStatement, Quote
from ingest.policy import Clause

MakeQuestion = Callable[..., Question]
Ask = Callable[..., Asked]


@pytest.fixture
def asked(assistant: Assistant, question: MakeQuestion) -> Ask:
    """Understands a question as it is asked, with what it points back at."""

    def understand(text: str, *history: str) -> Asked:
        attempt = Attempt(way="as_asked", question=question(text, *history), candidates=10)
        return pointed(assistant.steps.understand(attempt), assistant.steps)

    return understand


@pytest.mark.parametrize(
    ("texts", "ways"),
    [
        (("房租补助最高多少？",), ["as_asked"]),
        (("栖湖区古树名木怎么保护？",), ["as_asked", "higher_places"]),
        (("火星移民发射几枚火箭？", "培训补助怎么申请？"), ["as_asked", "without_history"]),
        (("栖湖区火星移民补助多少？",), ["as_asked"]),
    ],
)
def test_a_question_is_tried_until_one_attempt_answers(
    assistant: Assistant, asked: Ask, texts: tuple[str, ...], ways: list[str]
) -> None:
    tried = in_turn(asked(*texts), assistant.steps)
    assert [each.attempt.way for each in tried] == ways
    assert not any(each.answers for each in tried[:-1])


def test_what_a_question_points_back_at_is_what_answered_the_one_before(
    assistant: Assistant, asked: Ask
) -> None:
    (clause_id,) = asked("那它由谁牵头？", "栖湖区房租补助最高多少？").attempt.talked_of
    assert assistant.catalog.clause(clause_id).text.startswith("(一)房租补助")
    assert asked("枫渡区新增多少家上云企业？", "栖湖区房租补助最高多少？").attempt.talked_of == ()


def test_each_part_is_asked_behind_those_before_it_and_of_their_documents(
    assistant: Assistant, asked: Ask
) -> None:
    whole = in_turn(asked("房租补助最高多少，火星移民怎么办，什么时候提交申请？"), assistant.steps)[0]
    first, second, third = part_by_part(whole, assistant.steps)
    assert [each.answers for each in (first, second, third)] == [True, False, True]
    assert {each.attempt.way for each in (first, second, third)} == {"part"}
    assert third.attempt.question.history == ("房租补助最高多少", "火星移民怎么办")
    first_part = first.composed.evidence.understanding.text
    assert third.attempt.first_part == first_part
    assert third.composed.evidence._as_read().count(first_part) == 1
    of_lake = frozenset(first.composed.quoted().values())
    assert first.attempt.question.policy_ids == frozenset()
    assert second.attempt.question.policy_ids == third.attempt.question.policy_ids == of_lake


def test_a_part_without_an_answer_is_named(assistant: Assistant, question: MakeQuestion) -> None:
    answer = assistant.ask(question("房租补助最高多少，火星移民怎么办？"))
    assert "5万元" in answer.text
    assert any("火星移民怎么办" in notice for notice in answer.notices)


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


def test_what_the_whole_question_is_answered_by_is_told_beside_its_parts_as_far_as_there_is_room() -> None:
    of_part = said("a", "栖湖区", "给予10万元奖励" + "，按年度拨付" * 50)
    parts = Draft(outcome="answered", composer="extractive", statements=(of_part,))
    long = said("b", "枫渡区", "有下列情形之一的，不予补助：" + "骗取补助资金的" * 30)
    item, short = said("b", "枫渡区", "被吊销执照的"), said("b", "枫渡区", "由区商务局受理")
    assert beside(parts, [short]).statements == (*parts.statements, short)
    assert beside(parts, [parts.statements[0], short]).statements == (*parts.statements, short)
    # An item behind a lead-in that has no room would say the opposite of what it says under it.
    assert beside(parts, [long, item]).statements == parts.statements
