"""Asking, streaming, searching and the chain of LangChain walk the same steps."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable

from bot.answer import Answer, Question, Told
from bot.answering.assistant import Assistant
from bot.answering.attempt import Asked, Attempt
from bot.answering.steps import Read, Write
from bot.composers.draft import Draft, DraftStatement
from bot.evidence.evidence import Evidence
from bot.question.asked import Understanding
from bot.reader.judging import Judged
from vectorstore.errors import UnknownClauseError

MakeQuestion = Callable[..., Question]
QUESTIONS = [
    ("房租补助最高多少？",),
    ("栖湖区古树名木怎么保护？",),
    ("那它由谁牵头？", "栖湖区房租补助最高多少？"),
    ("房租补助最高多少，火星移民怎么办？",),
    ("你好",),
]


def same(answer: Answer) -> Answer:
    return replace(answer, milliseconds=0)


@pytest.mark.parametrize("asked", QUESTIONS)
def test_stream_and_chain_end_in_the_answer_of_ask(
    assistant: Assistant, question: MakeQuestion, asked: tuple[str, ...]
) -> None:
    answer = same(assistant.ask(question(*asked)))
    first, *_, last = assistant.stream(question(*asked))
    assert isinstance(first, Understanding)
    assert isinstance(last, Answer) and same(last) == answer
    assert same(assistant.chain.invoke(question(*asked))) == answer


def test_a_question_in_traditional_characters_is_answered_alike(
    assistant: Assistant, question: MakeQuestion
) -> None:
    plain = assistant.ask(question("房租补助最高多少，什么时候提交申请？"))
    traditional = assistant.ask(question("房租補助最高多少，什麼時候提交申請？"))
    assert len(plain.statements) == 2
    assert traditional.question == "房租補助最高多少，什麼時候提交申請？"
    assert replace(same(traditional), question=plain.question) == same(plain)


def test_each_step_of_the_chain_is_a_runnable_that_others_can_be_joined_to(
    assistant: Assistant, question: MakeQuestion
) -> None:
    chain = assistant.chain
    steps = [chain.understand, chain.retrieve, chain.read, chain.compose, chain.write, chain.prove]
    assert [step.name for step in steps] == [name for name, _ in assistant.steps.in_order()]
    assert all(isinstance(step, Runnable) for step in steps)
    attempt = Attempt(way="as_asked", question=question("房租补助最高多少？"), candidates=10)
    whole = chain.understand | chain.retrieve | chain.read | chain.compose | chain.write | chain.prove
    assert "5万元" in whole.invoke(attempt).text
    assert isinstance(chain.retriever, BaseRetriever)
    assert "房租" in chain.retriever.invoke("房租补助")[0].page_content


class SayTwice:
    """Words the first statement of a draft, then the second."""

    def steps(self, evidence: Evidence, draft: Draft) -> Iterator[DraftStatement | Draft]:
        del evidence
        yield from draft.statements
        yield replace(draft, composer="twice")

    def close(self) -> None:
        """Holds nothing."""


def test_statements_are_streamed_as_they_are_proven(assistant: Assistant, question: MakeQuestion) -> None:
    written = replace(assistant, steps=replace(assistant.steps, write=Write(SayTwice())))
    asked = question("房租补助最高多少，什么时候提交申请？")
    _, *told, answer = written.stream(asked)
    assert isinstance(answer, Answer) and answer.composer == "twice"
    assert [each.statement for each in told if isinstance(each, Told)] == list(answer.statements)
    assert len(told) == 2
    chain = written.chain
    drafts = [len(each.draft.statements) for each in chain.write.stream(written.composed(asked))]
    assert drafts == [1, 2, 2]


def test_clauses_are_read_for_the_kinds_of_questions_that_need_it(
    assistant: Assistant, question: MakeQuestion
) -> None:
    read = Read(assistant.judge, frozenset({"deadline"}))

    def judged(text: str) -> tuple[Judged, ...]:
        attempt = Attempt(way="as_asked", question=question(text), candidates=10)
        return read(assistant.steps.retrieve(assistant.steps.understand(attempt))).judged

    first, *_ = judged("企业应当何时提交房租补助申请材料？")
    assert first.clause.text.startswith("(三)申报时间")
    assert judged("栖湖区小微企业扶持办法由谁印发？") == ()
    assert judged("你好") == ()


def test_evidence_is_judged_whatever_the_kind_and_keeps_what_was_worked_out(
    assistant: Assistant, question: MakeQuestion
) -> None:
    attempt = Attempt(way="as_asked", question=question("房租补助最高多少？"), candidates=10)
    retrieved = assistant.steps.retrieve(assistant.steps.understand(attempt))
    passages = retrieved.sentence_passages()
    evidence = retrieved.judged_by(assistant.judge)
    assert evidence.judged and retrieved.judged == ()
    assert all(one is other for one, other in zip(evidence.sentence_passages(), passages, strict=True))
    assert assistant.evidence(question("房租补助最高多少？")).judge is assistant.judge


def test_a_question_is_answered_again_if_documents_went_under_it(
    assistant: Assistant, question: MakeQuestion
) -> None:
    failed: list[Asked] = []
    landscape = assistant.landscape()

    def retrieve(asked: Asked) -> Evidence:
        if not failed:
            failed.append(asked)
            raise UnknownClauseError("gone")
        return assistant.steps.retrieve(asked)

    asked = question("房租补助最高多少？")
    steps = replace(assistant.steps, retrieve=retrieve)
    unchanged = replace(assistant, steps=steps, landscape=lambda: landscape)
    with pytest.raises(UnknownClauseError):
        unchanged.ask(asked)
    failed.clear()
    changed = replace(unchanged, landscape=lambda: replace(landscape))
    assert same(changed.ask(asked)) == same(assistant.ask(asked))


@pytest.mark.parametrize("text", ["占用绿地应当向谁提出申请？", "火星移民发射几枚火箭？"])
def test_an_outcome_that_hangs_on_a_reading_says_how_sure_it_is(
    assistant: Assistant, question: MakeQuestion, text: str
) -> None:
    answer = assistant.ask(question(text))
    assert answer.surety is not None
    enough = assistant.judge.calibration.enough
    assert (answer.surety >= enough) == (answer.outcome == "answered"), answer.text


@pytest.mark.parametrize("text", ["区商务局有哪些任务？", "栖湖区小微企业扶持办法是谁发布的？", "你好"])
def test_an_outcome_that_hangs_on_something_else_does_not(
    assistant: Assistant, question: MakeQuestion, text: str
) -> None:
    assert assistant.ask(question(text)).surety is None


def test_of_several_parts_the_least_sure_counts(assistant: Assistant, question: MakeQuestion) -> None:
    whole = assistant.composed(question("占用绿地应当向谁提出申请，古树名木由谁编号？"))
    alone = [
        assistant.composed(question(text)) for text in ("占用绿地应当向谁提出申请？", "古树名木由谁编号？")
    ]
    sureties = [each.surety() for each in alone]
    assert None not in sureties
    assert replace(whole, parts=tuple(alone)).surety() == min(each for each in sureties if each is not None)
    assert replace(whole, parts=()).surety() is not None
