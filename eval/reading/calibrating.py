"""Fits the blend of signals to what answered, and sets the bounds by what they cost."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy

from bot.reader.calibration import Calibration, Found, Order, QuestionSignals, Signals
from eval.errors import CalibrationError

# Characters of an answer to one matter and to several, without places and markers.
_ROOM, _ROOM_OF_SEVERAL = 430, 1300
_LONGEST = 400  # of a clause: what is longer is told in part
_MOST_CLAUSES = 3
# Bounds that are tried.
_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_COARSE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCandidate:
    """A clause that was found for a question: its signals, whether it is needed, its length and document."""

    signals: Signals
    needed: bool
    length: int
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what was found for it; `needed` clauses in all, 0 if nothing answers it."""

    id: str
    needed: int
    signals: QuestionSignals
    candidates: tuple[JudgedCandidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Shares over the questions: told whole of the answerable, silent of both kinds, right of all."""

    whole: float
    silent_answerable: float
    silent_unanswerable: float
    right: float


def fitted(asked: Sequence[Asked], *, reader: str, least_refused: float) -> Calibration:
    """The calibration of a reader: logistic regression over the signals, then the two bounds.

    `near` is the highest within a standard error of the most right answers over all `enough` (the rule of
    Breiman et al. 1984, 3.4.3): it tells least beside the answer. `enough` gives, with it, most
    right answers of those that refuse the share `least_refused` of unanswerable questions, if any does.
    CalibrationError if the questions are all answerable or all not.
    """
    blend = _blend(asked, reader)
    ranked = [_ranked(each, blend) for each in asked]

    def gained(near: float) -> float:
        bounds = [replace(blend, enough=enough, near=near) for enough in _COARSE]
        return sum(_outcome(ranked, each).right for each in bounds) / len(bounds)

    gains = {near: gained(near) for near in _SHARES}
    most = max(gains.values())
    error = math.sqrt(most * (1 - most) / max(len(asked), 1))
    near = max(near for near, gain in gains.items() if gain >= most - error)
    bounds = [replace(blend, enough=place / 100, near=near) for place in range(5, 96)]
    outcomes = [(_outcome(ranked, each), each) for each in bounds]
    refusing = [each for each in outcomes if each[0].silent_unanswerable >= least_refused] or outcomes
    return max(refusing, key=lambda each: (each[0].right, -each[1].enough))[1]


def fitted_order(rows: Sequence[tuple[Found, bool]]) -> Order:
    """The order of reading: logistic regression over what was found for answerable questions.

    `rows` tell how each clause was found and whether it is needed. CalibrationError if all are or none is.
    """
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    needed = [is_needed for _, is_needed in rows]
    if len(set(needed)) < 2:
        raise CalibrationError(
            "nothing to tell apart: expected clauses that are needed and some that are not"
        )
    order = LogisticRegression(max_iter=1000)
    order.fit(numpy.array([found.values() for found, _ in rows]), needed)
    return Order(weights=_rounded(order.coef_[0]), bias=round(float(order.intercept_[0]), 4))


def outcome_of(asked: Iterable[Asked], calibration: Calibration) -> Outcome:
    """What an answer made with this calibration would be."""
    ranked = [_ranked(each, calibration) for each in asked]
    return _outcome(ranked, calibration)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A question with its candidates by their probability, the likeliest first."""

    needed: int
    surety: float
    candidates: Sequence[tuple[float, JudgedCandidate]]


def _ranked(asked: Asked, calibration: Calibration) -> _Ranked:
    scored = ((calibration.probability(each.signals), each) for each in asked.candidates)
    return _Ranked(asked.needed, calibration.surety(asked.signals), sorted(scored, key=lambda each: -each[0]))


def _outcome(ranked: Iterable[_Ranked], bounds: Calibration) -> Outcome:
    whole, silent_answerable, silent_unanswerable = [], [], []
    for each in ranked:
        told = _told(each, bounds)
        if each.needed:
            silent_answerable.append(not told)
            needed = [candidate for candidate in told if candidate.needed]
            beside = sum(min(other.length, _LONGEST) for other in told if not other.needed)
            is_short = beside + sum(min(other.length, _LONGEST) for other in needed) <= _ROOM
            whole.append(len(needed) >= max(each.needed, 1) and (is_short or not beside))
        else:
            silent_unanswerable.append(not told)
    return Outcome(
        whole=_share(whole),
        silent_answerable=_share(silent_answerable),
        silent_unanswerable=_share(silent_unanswerable),
        right=_share([*whole, *silent_unanswerable]),
    )


def _told(ranked: _Ranked, bounds: Calibration) -> list[JudgedCandidate]:
    """What `bot.composers.extractive.clauses` would tell: the clauses near the best, in their room."""
    if not ranked.candidates or ranked.surety < bounds.enough:
        return []
    best = ranked.candidates[0][0]
    by_document: dict[str, list[JudgedCandidate]] = {}
    for probability, each in ranked.candidates:
        if probability >= bounds.near * best:
            by_document.setdefault(each.document, []).append(each)
    room = min(_ROOM, _ROOM_OF_SEVERAL // len(by_document))
    return [each for found in by_document.values() for each in _within(found, room)]


def _within(found: Sequence[JudgedCandidate], room: int) -> list[JudgedCandidate]:
    told: list[JudgedCandidate] = []
    for each in found:
        if not told or sum(min(other.length, _LONGEST) for other in (*told, each)) <= room:
            told.append(each)
    return told[:_MOST_CLAUSES]


def _blend(asked: Sequence[Asked], reader: str) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    if len({each.needed > 0 for each in asked if each.candidates}) < 2:
        raise CalibrationError("nothing to tell apart: expected questions with an answer and some without")
    rows = [each for question in asked for each in question.candidates]
    clauses = LogisticRegression(C=10.0, max_iter=1000)
    clauses.fit(numpy.array([each.signals.values() for each in rows]), [each.needed for each in rows])
    found = [each for each in asked if each.candidates]
    questions = LogisticRegression(C=10.0, max_iter=1000)
    questions.fit(numpy.array([each.signals.values() for each in found]), [each.needed > 0 for each in found])
    return Calibration(
        reader=reader,
        weights=_rounded(clauses.coef_[0]),
        bias=round(float(clauses.intercept_[0]), 4),
        question_weights=_rounded(questions.coef_[0]),
        question_bias=round(float(questions.intercept_[0]), 4),
        enough=0.5,
        near=0.6,
    )


def _rounded(weights: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(weight), 4) for weight in weights)


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 0.0
