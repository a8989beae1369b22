"""Where an answer was lost: looked up in a real catalog and in what was drafted."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Question, Statement
from bot.answering.attempt import Composed
from bot.answering.explanation import Explanation
from bot.composers.draft import Draft, DraftStatement
from eval.cases import Case
from eval.closer_look import (
    look_at_draft,
    look_by_words,
    look_for_evidence,
    look_whether_falsehoods_pass,
    look_why,
)
from eval.results import Result
from ingest.policy import Policy
from vectorstore.catalog import Catalog

MakeResult = Callable[..., Result]
_TRUE = DraftStatement(text="房租有补助", quotes=())
QUESTION = Question(text="房租补助最高多少？", on=date(2024, 6, 1))


@pytest.fixture
def catalog(tmp_path: Path, document: Path, policy: Policy) -> Iterator[Catalog]:
    with Catalog.open(tmp_path / "catalog.sqlite3", create=True) as opened:
        opened.files.replace(str(document.resolve()), policy.source_sha256, [policy])
        yield opened


@pytest.fixture
def case(document: Path, make_case: Callable[..., Case]) -> Case:
    """Stands on a clause of the document and on one of a document that is in no index."""
    text = document.read_text("utf-8")
    sha256 = hashlib.sha256(document.read_bytes()).hexdigest()
    elsewhere, here = make_case((0, 5), (text.index("最高5万元"), text.index("最高5万元") + 5)).evidence
    return make_case(expected=(("5万元",),), evidence=(elsewhere, replace(here, sha256=sha256)))


class TwoStatements:
    """Drafts two statements, of which the proof lets the first one pass, or all of them."""

    def __init__(self, answer: Answer, *, lets_all_pass: bool = False) -> None:
        self._answer = answer
        self._lets_all_pass = lets_all_pass

    def composed(self, _question: Question) -> Composed:
        statements = (_TRUE, DraftStatement(text="最高5万元", quotes=()))
        draft = Draft(outcome="answered", statements=statements, composer="extractive")
        return Composed(evidence=None, draft=draft)  # type: ignore[arg-type]

    def proven(self, composed: Composed) -> Answer:
        passed = [each for each in composed.draft.statements if self._lets_all_pass or each == _TRUE]
        return replace(
            self._answer, statements=tuple(Statement(text=each.text, citations=()) for each in passed)
        )


def test_evidence_that_no_clause_holds_is_absent(
    catalog: Catalog, case: Case, make_result: MakeResult
) -> None:
    looked = look_for_evidence(catalog)(make_result(case=case, text="补助"), QUESTION)
    assert looked.absent == (0,)
    assert looked.loss() == "not ingested"
    assert look_for_evidence(catalog)(make_result(case=case, text="5万元"), QUESTION).absent == ()


def test_evidence_is_counted_that_the_keyword_index_finds(
    catalog: Catalog, case: Case, make_result: MakeResult
) -> None:
    look = look_by_words(catalog)
    assert look(make_result(case=case), QUESTION).by_words == 1
    assert look(make_result(case=case), replace(QUESTION, text="火星移民？")).by_words == 0
    assert look(make_result(), QUESTION).by_words is None


def test_statement_that_the_proof_kept_back_is_unproven(case: Case, make_result: MakeResult) -> None:
    result = make_result(case=replace(case, evidence=()), text="房租有补助")
    looked = look_at_draft(TwoStatements(result.answer))(result, QUESTION)
    assert looked.unproven == ("最高5万元",)
    assert looked.loss() == "not proven"


@pytest.mark.parametrize("lets_all_pass", [True, False])
def test_falsehoods_that_pass_are_counted(make_result: MakeResult, lets_all_pass: bool) -> None:
    result = make_result(text="房租有补助")
    look = look_whether_falsehoods_pass(TwoStatements(result.answer, lets_all_pass=lets_all_pass))
    falsified = look(result, QUESTION).falsified
    assert falsified is not None and falsified.drafted >= 3
    assert falsified.said == (falsified.drafted if lets_all_pass else 0)
    silent = make_result(outcome="no_evidence")
    assert look(silent, QUESTION).falsified is None


class Explains:
    """Gives the same explanation of every question."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation

    def explained(self, _question: Question) -> Explanation:
        return self._explanation


def test_a_failed_answer_is_explained_and_a_right_one_is_not(
    case: Case, make_result: MakeResult, make_explanation: Callable[..., Explanation]
) -> None:
    look = look_why(Explains(make_explanation("as_asked", "higher_places")))
    assert look(make_result(case=case, text="5万元"), QUESTION).explanation is None
    found = look(make_result(case=case, text="补助"), QUESTION).explanation
    assert found is not None and [each.way for each in found.attempts] == ["as_asked", "higher_places"]
    assert [len(each.clauses) for each in found.attempts] == [1, 1]
    assert [each.candidates for each in found.attempts] == [(), ()]
