"""What the proof lets through and what it keeps back, on one small fictional clause."""

from datetime import date

import pytest

from bot.answer import Question
from bot.composers.draft import Draft, DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.relevance import Relevance
from bot.proof import prove
from bot.question.asked import Understanding
from bot.question.landscape import KnownPolicy, Landscape
from bot.reader.calibration import load_calibrations
from ingest.policy import Clause, Fact, FactKind, Metadata, Policy
from prompts.templates import load_phrases

TEXT = "一、茶园改造。对新建茶园每亩补助800元，最高不超过5万元。（区农业农村局牵头，区财政局配合）"


class EmptyLibrary:
    def clauses(self, policy_id: str) -> list[Clause]:
        return []

    def facts(self, *, kind: FactKind, policy_ids: object) -> list[Fact]:
        return []


def clause() -> Clause:
    return Clause(
        clause_id="p.0", policy_id="p", position=0, parent_id=None, kind="item", number="一、",
        heading="茶园改造", path=(), locator="一、", start=0, end=len(TEXT), text=TEXT,
    )  # fmt: skip


def policy(metadata: Metadata) -> Policy:
    return Policy(
        policy_id="p", source="p.txt", source_sha256="", metadata=metadata, text=TEXT,
        source_map=(), deletions=(), clauses=(clause(),), facts=(),
    )  # fmt: skip


def evidence(metadata: Metadata, on: date) -> Evidence:
    return Evidence(
        question=Question(text="问", on=on),
        understanding=Understanding(text="问", kinds=("content",)),
        landscape=Landscape(
            policies=(KnownPolicy(policy_id="p", source="p.txt", metadata=metadata),), units=frozenset()
        ),
        ranked=(),
        facts={},
        relevance=Relevance(phrases=()),
        library=EmptyLibrary(),
        order=load_calibrations().order,
    )


def proven(
    text: str, *, quote: Quote | None = None, metadata: Metadata | None = None, on: date = date(2024, 6, 1)
):  # type: ignore[no-untyped-def]
    metadata = metadata or Metadata(title="茶园办法", region="栖湖区")
    statement = DraftStatement(
        text=text, quotes=(quote or Quote(clause=clause(), start=0, end=len(TEXT)),), free=("栖湖区",)
    )
    draft = Draft(outcome="answered", statements=(statement,), composer="extractive")
    return prove(draft, evidence(metadata, on), {"p": policy(metadata)}, load_phrases())


@pytest.mark.parametrize(
    "text",
    ["栖湖区：每亩补助800元", "栖湖区：最高不超过50000元", "栖湖区：由区农业农村局牵头", "栖湖区：茶园改造"],
)
def test_what_the_quote_holds_is_said(text: str) -> None:
    answer = proven(text)
    assert answer.outcome == "answered"
    assert answer.citations[0].quote == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "栖湖区：每亩补助900元",
        "栖湖区：最高不超过6万元",
        "栖湖区：由区林业局牵头",
        "栖湖区：到2025年完成茶园改造",
    ],
)
def test_a_wrong_number_or_unit_is_not_said(text: str) -> None:
    answer = proven(text)
    assert answer.outcome == "no_evidence"
    assert answer.statements == ()


@pytest.mark.parametrize("direct", [(14, 21), (0, len(TEXT)), (len(TEXT) - 1, len(TEXT))])
def test_words_that_answer_are_cited_with_their_place(direct: tuple[int, int]) -> None:
    (citation,) = proven(
        "栖湖区：每亩补助800元", quote=Quote(clause=clause(), start=0, end=len(TEXT), direct=direct)
    ).citations
    assert (citation.answer_start, citation.answer_end) == direct


@pytest.mark.parametrize("direct", [None, (6, 21), (14, len(TEXT)), (14, 14), (21, 14), (-4, -2)])
def test_words_that_do_not_lie_in_the_quote_are_not_cited_as_the_answer(
    direct: tuple[int, int] | None,
) -> None:
    (citation,) = proven(
        "栖湖区：每亩补助800元", quote=Quote(clause=clause(), start=7, end=31, direct=direct)
    ).citations
    assert (citation.quote, citation.answer_start, citation.answer_end) == (TEXT[7:31], None, None)


def test_a_quote_that_is_not_the_policy_text_is_not_said() -> None:
    forged = Clause(
        clause_id="p.0", policy_id="p", position=0, parent_id=None, kind="item", number="", heading="",
        path=(), locator="一、", start=0, end=4, text="伪造文字",
    )  # fmt: skip
    assert proven("栖湖区：茶园改造", quote=Quote(clause=forged, start=0, end=4)).statements == ()


def test_an_expired_document_opens_the_answer_with_that() -> None:
    metadata = Metadata(title="茶园办法", region="栖湖区", expires_on=date(2022, 12, 31))
    answer = proven("栖湖区：每亩补助800元", metadata=metadata)
    assert answer.text.startswith("注意：《茶园办法》已过有效期")
    assert answer.citations[0].validity == "expired"


def test_a_document_that_is_not_whole_is_told_to_be_so() -> None:
    answer = proven("栖湖区：每亩补助800元", metadata=Metadata(title="茶园办法", truncated=True))
    assert answer.outcome == "answered"
    assert any("茶园办法" in notice and "不完整" in notice for notice in answer.notices)
    assert not proven("栖湖区：每亩补助800元").notices


@pytest.mark.parametrize(("times", "is_cut"), [(88, False), (92, True)])
def test_a_single_statement_is_told_whole_in_450_characters(times: int, is_cut: bool) -> None:
    said = "茶园改造；" * times
    answer = proven(said)
    assert answer.statements[0].text == said
    assert answer.text == (f"{said[:446]}…[1]" if is_cut else f"{said}[1]")
