"""Which clauses are told: whether anything answers, and which do beside the best.

The bounds come from the calibration of the reader; what may not speak at all is left out before, by `scope`.
"""

from collections.abc import Sequence

from bot.evidence.evidence import Evidence
from bot.reader.calibration import Calibration, QuestionSignals
from bot.reader.judging import Judged
from bot.scope import speaking

# Characters of an answer to one matter and of a list, as the contract on the wire has it.
ROOM, ROOM_OF_LISTS = 440, 1300
MARKER = 4  # characters of a marker behind a statement
_EVEN = 0.5  # as likely as not


def room_of(text: str) -> int:
    """The characters that a statement takes with its marker."""
    return len(text) + MARKER


def answering(evidence: Evidence) -> list[Judged]:
    """The clauses that surely answer and may speak, the surest first; empty if none does.

    What further documents say to it is told as well: those of another place that the question names, and
    those that answer as well as the best.
    """
    judge, allowed = evidence.judge, speaking(evidence)
    if evidence.relevance.certain:
        return sorted(allowed, key=lambda each: (each.clause.policy_id, each.clause.start))
    if judge is None or not allowed or surety(evidence, allowed) < judge.calibration.enough:
        return []
    return [
        each
        for found in by_document(allowed)
        for each in _said(found, allowed[0], evidence, judge.calibration)
    ]


def by_document(judged: Sequence[Judged]) -> list[list[Judged]]:
    """The clauses of each document together, in their order: the first document has the first clause."""
    found: dict[str, list[Judged]] = {}
    for each in judged:
        found.setdefault(each.clause.policy_id, []).append(each)
    return list(found.values())


def _said(
    found: Sequence[Judged], best: Judged, evidence: Evidence, calibration: Calibration
) -> Sequence[Judged]:
    """What a document says beside the best clause of all; `found` are its clauses, the likeliest first.

    Its clauses that are near its likeliest, if that is near the best or holds as many of the question's
    words; else those of them that the reader is as sure of and that do hold as many.
    """
    first, near = found[0], calibration.near
    beside = [each for each in found if each.probability >= near * first.probability]
    if first is best:
        return beside
    regions = evidence.understanding.regions
    if len(regions) > 1 and evidence.policy(first.clause).metadata.region in regions:
        return beside if surety(evidence, found) >= calibration.enough else []
    surely = [each for each in found if each.signals.answers >= near * best.signals.answers]
    plainly = [each for each in found if each.signals.found.coverage >= best.signals.found.coverage > 0]
    if surely and (first in plainly or first.probability >= near * best.probability):
        return beside
    return [each for each in surely if each in plainly]


def surety(evidence: Evidence, allowed: Sequence[Judged]) -> float:
    """The probability that anything answers; `allowed` are the clauses that may speak, 0 without any.

    It is 0 as well if nothing speaks for any of them: neither a word of the question nor the reader.
    """
    if evidence.judge is None or not any(_has_an_advocate(each) for each in allowed):
        return 0.0
    return evidence.judge.calibration.surety(question_signals(evidence, allowed))


def _has_an_advocate(judged: Judged) -> bool:
    return judged.signals.found.coverage > 0 or judged.signals.answers >= _EVEN


def likely_answers(evidence: Evidence) -> bool:
    """Whether a clause that may speak answers as likely as not."""
    return any(each.probability >= _EVEN for each in speaking(evidence))


def question_signals(evidence: Evidence, allowed: Sequence[Judged]) -> QuestionSignals:
    """What tells whether anything answers; `allowed` are the clauses that may speak."""
    covered = allowed[0].signals.found.coverage if allowed else 0.0
    return QuestionSignals(
        surest=max((each.signals.answers for each in allowed), default=0.0),
        figure=float(evidence.understanding.figure),
        missing=(1 - covered) * evidence.relevance.weight,
    )
