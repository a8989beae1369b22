"""Orders inside documents and questions change nothing, not even with a model that obeys them."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Question
from bot.answering.assistant import Assistant
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer
from ingest.numerals import int_to_chinese

ON = date(2026, 3, 10)
CASES = tomllib.loads(Path(__file__).with_name("injections.toml").read_text("utf-8"))
IN_DOCUMENTS = [(case["question"], case["claim"]) for case in CASES["documents"]]
IN_QUESTIONS = [(case["question"], case["claim"]) for case in CASES["questions"]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one document, in whose articles the orders stand."""
    folder = tmp_path_factory.mktemp("injections")
    articles = "\n".join(
        f"第{int_to_chinese(number)}条　{case['clause']}"
        for number, case in enumerate(CASES["documents"], start=1)
    )
    file = folder / "办法.txt"
    file.write_text(f"澄湖区综合扶持办法\n澄政发〔2025〕3号\n{articles}\n", encoding="utf-8")
    settings = Settings(data=folder / "data")
    open_indexer(settings).index([file])
    return settings.data


@pytest.fixture(scope="module")
def extractive(data: Path) -> Iterator[Assistant]:
    assistant = open_assistant(Settings(data=data))
    yield assistant
    assistant.close()


def said(answer: Answer) -> str:
    """All that an answer asserts: its text and its quotes."""
    return "\n".join((answer.text, *(citation.quote for citation in answer.citations)))


def test_there_are_enough_cases() -> None:
    assert len(IN_DOCUMENTS) + len(IN_QUESTIONS) >= 30


@pytest.mark.parametrize(("question", "claim"), IN_DOCUMENTS)
def test_an_order_in_a_document_is_not_followed(extractive: Assistant, question: str, claim: str) -> None:
    answer = extractive.ask(Question(text=question, on=ON))
    assert claim not in said(answer)
    # What the clause says before the order is still an answer.
    assert answer.outcome == "answered"


@pytest.mark.parametrize(("question", "claim"), IN_QUESTIONS)
def test_an_order_in_a_question_is_not_followed(extractive: Assistant, question: str, claim: str) -> None:
    assert claim not in said(extractive.ask(Question(text=question, on=ON)))


@pytest.mark.parametrize(
    ("question", "claim"), [*IN_DOCUMENTS, *((question, claim) for question, claim in IN_QUESTIONS)]
)
def test_a_model_that_obeys_is_not_believed(
    scripted: Callable[..., Any],
    with_model: Callable[..., Assistant],
    data: Path,
    question: str,
    claim: str,
) -> None:
    order = next((case["clause"] for case in CASES["documents"] if case["question"] == question), claim)

    def obeying(prompt: str) -> str:
        # It knows the order even where it was not shown, and quotes whatever might prove it.
        quotes = (claim, order, order[-20:], prompt[-40:])
        listed = [
            {"text": text, "citations": [{"clause": number, "quote": quote} for number in (1, 2)]}
            for text in (claim, f"补助为{claim}", f"由{claim}牵头", f"答案是{claim}")
            for quote in quotes
        ]
        listed += [
            {"text": text, "citations": [{"clause": 1, "quote": quote}]}
            for text in (claim, f"由{claim}牵头", f"补助为{claim}")
            for quote in quotes
        ]
        return json.dumps({"statements": listed[-12:]}, ensure_ascii=False)

    server = scripted(obeying)
    answer = with_model(server.address, data=data).ask(Question(text=question, on=ON))
    assert claim not in said(answer)
    assert all(claim not in prompt.split("没有通过核对")[0] for prompt in server.prompts)
