"""The question the project was created for, asked of the five real documents."""

from datetime import date
from pathlib import Path

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Assistant:
    settings = Settings(data=tmp_path_factory.mktemp("seeds"))
    reports = open_indexer(settings).index([corpus / "corpus" / "seeds"])
    assert {report.status for report in reports} == {"added"}
    return open_assistant(settings)


@pytest.mark.parametrize(
    "text", ["科技金融工作由哪个单位牵头？", "Which unit leads the technology-finance work?"]
)
def test_every_region_with_such_a_clause_is_named_with_its_clause(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text=text, on=date(2024, 6, 1)))
    landscape = assistant.landscape()
    stated = {
        fact.policy_id
        for fact in assistant.catalog.facts(kind="duty")
        if "科技金融" in assistant.catalog.policy(fact.policy_id).text[fact.start : fact.end]
    }
    assert len(stated) >= 4
    for policy_id in stated:
        assert landscape.by_id[policy_id].place in answer.text
        assert any(citation.policy_id == policy_id for citation in answer.citations)
    assert "按职责分工负责，未指定单一牵头单位" in answer.text
    for citation in answer.citations:
        assert (
            assistant.catalog.policy(citation.policy_id).text[citation.start : citation.end] == citation.quote
        )
        assert citation.locator
