"""What the judge sees of each question of a set, with the clauses that the set calls for."""

from collections.abc import Iterable
from datetime import date

from bot.answer import Question
from bot.answering.asking import Asking
from bot.composers.extractive.composer import ExtractiveComposer
from bot.evidence.evidence import Evidence
from bot.reader.calibration import Found
from bot.scope import speaking
from bot.telling import question_signals
from eval.cases import Case
from eval.errors import CalibrationError
from eval.reading.calibrating import Asked, JudgedCandidate
from eval.spans import Span, span_of
from ingest.policy import Clause
from vectorstore.catalog import Catalog
from vectorstore.context import is_substantive


def signals_of(assistant: Asking, cases: Iterable[Case]) -> tuple[str, list[Asked]]:
    """The reader's name and what it sees of each question that is answered by what is read.

    CalibrationError if nothing is judged.
    """
    reader, found = "", []
    for case in cases:
        evidence = assistant.evidence(_question(case))
        if evidence.judge is not None:
            reader = evidence.judge.calibration.reader
        if not ExtractiveComposer.reads.isdisjoint(evidence.understanding.kinds):
            found.append(_asked(case, evidence, assistant.catalog))
    if not any(each.candidates for each in found):
        raise CalibrationError("expected questions for which clauses are found, found none")
    return reader, found


def found_of(assistant: Asking, cases: Iterable[Case]) -> list[tuple[Found, bool]]:
    """How each clause was found for the answerable questions, and whether it is needed."""
    rows = []
    for case in cases:
        if not case.answerable or not case.evidence:
            continue
        evidence = assistant.evidence(_question(case))
        wanted = [each.span for each in case.evidence]
        rows += [
            (evidence.found(each.clause), _among(_span(each.clause, assistant.catalog), wanted))
            for each in evidence.ranked
            if is_substantive(each.clause)
        ]
    return rows


def _question(case: Case) -> Question:
    return Question(text=case.question, history=case.history, on=case.on or date.today())


def _asked(case: Case, evidence: Evidence, catalog: Catalog) -> Asked:
    spans: dict[str, Span | None] = {}
    allowed = speaking(evidence)
    for each in allowed:
        spans[each.clause.clause_id] = _span(each.clause, catalog)
    wanted = [each.span for each in case.evidence]
    candidates = tuple(
        JudgedCandidate(
            signals=each.signals,
            needed=_among(spans[each.clause.clause_id], wanted),
            length=len(each.clause.text),
            document=each.clause.policy_id,
        )
        for each in allowed
    )
    needed = sum(each.needed for each in candidates)
    missing = any(not any(_among(found, [each]) for found in spans.values()) for each in wanted)
    return Asked(
        id=case.id,
        needed=(needed + missing) if case.answerable else 0,
        signals=question_signals(evidence, allowed),
        candidates=candidates,
    )


def _span(clause: Clause, catalog: Catalog) -> Span | None:
    return span_of(catalog.policy(clause.policy_id), clause.start, clause.end)


def _among(span: Span | None, wanted: Iterable[Span]) -> bool:
    return span is not None and any(span.overlaps(each) for each in wanted)
