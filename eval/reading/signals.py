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
from eval.reading.trials import Trial
from eval.spans import Span, span_of
from ingest.policy import Clause
from vectorstore.catalog import Catalog
from vectorstore.context import is_substantive


def signals_of(trial: Trial) -> list[Asked]:
    """What the judge sees of each question that is answered by what is read.

    CalibrationError if nothing is judged.
    """
    found = [
        _asked(case, evidence, trial.catalog)
        for case, evidence in trial.evidence()
        if not ExtractiveComposer.reads.isdisjoint(evidence.understanding.kinds)
    ]
    if not any(each.candidates for each in found):
        raise CalibrationError("expected questions for which clauses are found, found none")
    return found


def found_of(assistant: Asking, cases: Iterable[Case]) -> list[tuple[Found, bool]]:
    """How each clause was found for the answerable questions, and whether it is needed."""
    rows = []
    for case in cases:
        if not case.answerable or not case.evidence:
            continue
        evidence = assistant.evidence(question_of(case))
        wanted = [each.span for each in case.evidence]
        rows += [
            (evidence.found(each.clause), _among(_span(each.clause, assistant.catalog), wanted))
            for each in evidence.ranked
            if is_substantive(each.clause)
        ]
    return rows


def question_of(case: Case) -> Question:
    """The case as it is asked; today, if it names no day."""
    return Question(text=case.question, history=case.history, on=case.on or date.today())


def _asked(case: Case, evidence: Evidence, catalog: Catalog) -> Asked:
    wanted = [each.span for each in case.evidence]
    allowed = speaking(evidence)
    return Asked(
        answerable=case.answerable,
        signals=question_signals(evidence, allowed),
        candidates=tuple(
            JudgedCandidate(
                signals=each.signals,
                needed=case.answerable and _among(_span(each.clause, catalog), wanted),
            )
            for each in allowed
        ),
    )


def _span(clause: Clause, catalog: Catalog) -> Span | None:
    return span_of(catalog.policy(clause.policy_id), clause.start, clause.end)


def _among(span: Span | None, wanted: Iterable[Span]) -> bool:
    return span is not None and any(span.overlaps(each) for each in wanted)
