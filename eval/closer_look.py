"""Completes results by a further look at the same question: where it was lost, what passes the proof."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.answer import Answer, Question
from bot.answering.attempt import Composed
from bot.answering.explanation import Explanation
from bot.composers.draft import Draft, DraftStatement
from eval.falsifying import falsified
from eval.results import Falsified, Result
from eval.runner import SEARCHED, CloserLook
from eval.spans import Span, span_of
from vectorstore.catalog import Catalog
from vectorstore.search import SearchFilter
from vectorstore.segmentation import terms


class Drafting(Protocol):
    """What lets a draft be changed before the proof."""

    def composed(self, question: Question) -> Composed:
        """What is composed for the question."""

    def proven(self, composed: Composed) -> Answer:
        """The proven answer of what was composed."""


class Explaining(Protocol):
    """What tells why its answers are what they are."""

    def explained(self, question: Question) -> Explanation:
        """Why the answer is what it is."""


def reworked(assistant: Drafting, question: Question, change: Callable[[Draft], Draft]) -> Answer:
    """The proven answer of the changed draft."""
    composed = assistant.composed(question)
    return assistant.proven(replace(composed, draft=change(composed.draft)))


def look_for_evidence(catalog: Catalog) -> CloserLook:
    """Notes which evidence of a failed case no clause of the index holds."""

    def look(result: Result, _question: Question) -> Result:
        if result.is_right():
            return result
        absent = [
            place
            for place, evidence in enumerate(result.case.evidence)
            if not _is_indexed(evidence.span, catalog)
        ]
        return replace(result, absent=tuple(absent))

    return look


def look_by_words(catalog: Catalog) -> CloserLook:
    """Counts the evidence that the keyword index finds without the vectors, which can make up for it."""

    def look(result: Result, question: Question) -> Result:
        if not result.case.evidence:
            return result
        found = catalog.keywords.matching(terms(question.text), limit=SEARCHED, search_filter=SearchFilter())
        clauses = catalog.clauses_by_id([each.clause_id for each in found])
        spans = [span_of(catalog.policy(clause.policy_id), clause.start, clause.end) for clause in clauses]
        held = [evidence.span for evidence in result.case.evidence]
        return replace(
            result,
            by_words=sum(any(span and span.overlaps(each) for span in spans) for each in held),
        )

    return look


def look_at_draft(assistant: Drafting) -> CloserLook:
    """Notes which drafted statements of a failed answer did not pass the proof."""

    def look(result: Result, question: Question) -> Result:
        if result.is_right() or not result.case.answerable:
            return result
        drafted: list[DraftStatement] = []

        def keep(draft: Draft) -> Draft:
            drafted.extend(draft.statements)
            return draft

        proven = {statement.text for statement in reworked(assistant, question, keep).statements}
        return replace(result, unproven=tuple(each.text for each in drafted if each.text not in proven))

    return look


def look_why(assistant: Explaining) -> CloserLook:
    """Notes why a failed answer is what it is; what search found stands in the result already."""

    def look(result: Result, question: Question) -> Result:
        if result.is_right():
            return result
        found = assistant.explained(question)
        attempts = tuple(replace(each, candidates=()) for each in found.attempts)
        return replace(result, explanation=replace(found, attempts=attempts))

    return look


def look_whether_falsehoods_pass(assistant: Drafting) -> CloserLook:
    """Falsifies what was drafted and counts how much of it is said."""

    def look(result: Result, question: Question) -> Result:
        false: set[str] = set()

        def change(draft: Draft) -> Draft:
            statements = falsified(draft.statements)
            false.update(statement.text for statement in statements)
            return replace(draft, statements=statements)

        if result.answer.outcome != "answered":
            return result
        answer = reworked(assistant, question, change)
        said = {statement.text for statement in answer.statements}
        return replace(result, falsified=Falsified(drafted=len(false), said=len(false & said)))

    return look


def _is_indexed(span: Span, catalog: Catalog) -> bool:
    for policy_id in catalog.files.policy_ids_of(span.sha256):
        policy = catalog.policy(policy_id)
        for clause in policy.clauses:
            held = span_of(policy, clause.start, clause.end)
            if held is not None and held.overlaps(span):
                return True
    return False
