"""Fits the blend of signals to what answered, and sets the bounds by what they cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy

from bot.reader.calibration import Calibration, Signals

_ROOM = 420  # characters of an answer to one matter, without places and markers
_LONGEST = 360  # of a clause: what is longer is told in part
_MOST_CLAUSES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCandidate:
    """A clause that was found for a question: its signals, whether it is needed, and its length."""

    signals: Signals
    needed: bool
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what was found for it; `needed` clauses in all, 0 if nothing answers it."""

    id: str
    needed: int
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

    Of all bounds that refuse the share `least_refused` of unanswerable questions, if any does, those that
    give most right answers; of these the ones that tell least beside the answer and refuse least.
    """
    blend = _blend(asked, reader)
    ranked = [_ranked(each, blend) for each in asked]
    bounds = [place / 100 for place in range(5, 96)]
    nears = [0.02, 0.05, *(place / 20 for place in range(2, 20))]
    outcomes = [(_outcome(ranked, enough, near), near, enough) for enough in bounds for near in nears]
    refusing = [each for each in outcomes if each[0].silent_unanswerable >= least_refused] or outcomes
    best = max(each[0].right for each in refusing)
    _, near, enough = max(
        (each for each in refusing if each[0].right == best), key=lambda each: (each[1], -each[2])
    )
    return replace(blend, enough=enough, near=near)


def outcome_of(asked: Iterable[Asked], calibration: Calibration) -> Outcome:
    """What an answer made with this calibration would be."""
    ranked = [_ranked(each, calibration) for each in asked]
    return _outcome(ranked, calibration.enough, calibration.near)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A question with its candidates by their probability, the likeliest first."""

    needed: int
    candidates: Sequence[tuple[float, JudgedCandidate]]


def _ranked(asked: Asked, calibration: Calibration) -> _Ranked:
    scored = ((calibration.probability(each.signals), each) for each in asked.candidates)
    return _Ranked(asked.needed, sorted(scored, key=lambda each: -each[0]))


def _outcome(ranked: Iterable[_Ranked], enough: float, near: float) -> Outcome:
    whole, silent_answerable, silent_unanswerable = [], [], []
    for each in ranked:
        told = _told(each, enough, near)
        if each.needed:
            silent_answerable.append(not told)
            whole.append(bool(told) and sum(candidate.needed for candidate in told) >= each.needed)
        else:
            silent_unanswerable.append(not told)
    return Outcome(
        whole=_share(whole),
        silent_answerable=_share(silent_answerable),
        silent_unanswerable=_share(silent_unanswerable),
        right=_share([*whole, *silent_unanswerable]),
    )


def _told(ranked: _Ranked, enough: float, near: float) -> list[JudgedCandidate]:
    if not ranked.candidates or ranked.candidates[0][0] < enough:
        return []
    best = ranked.candidates[0][0]
    told: list[JudgedCandidate] = []
    for probability, each in ranked.candidates:
        fits = sum(min(other.length, _LONGEST) for other in (*told, each)) <= _ROOM
        if not told or (probability >= near * best and fits):
            told.append(each)
    return told[:_MOST_CLAUSES]


def _blend(asked: Sequence[Asked], reader: str) -> Calibration:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    rows = [each for question in asked for each in question.candidates]
    values = numpy.array([each.signals.values() for each in rows])
    model = LogisticRegression(C=10.0, max_iter=1000)
    model.fit(values, [each.needed for each in rows])
    return Calibration(
        reader=reader,
        weights=tuple(round(float(weight), 4) for weight in model.coef_[0]),
        bias=round(float(model.intercept_[0]), 4),
        enough=0.5,
        near=0.6,
    )


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 0.0
