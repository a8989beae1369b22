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

    `enough` is the lowest bound that refuses the share `least_refused` of unanswerable questions, or the one
    that gives most right answers if that is higher; `near` gives most answers that are told whole.
    """
    blend = _blend(asked, reader)
    bounds = [place / 100 for place in range(5, 96)]
    nears = [0.02, 0.05, *(place / 20 for place in range(2, 20))]
    candidates = [replace(blend, enough=enough, near=near) for enough in bounds for near in nears]
    outcomes = [(outcome_of(asked, each), each) for each in candidates]
    refusing = [each for each in outcomes if each[0].silent_unanswerable >= least_refused] or outcomes
    best = max(each[0].right for each in refusing)
    # Of those that are as good, the one that tells least beside the answer.
    good = [each for each in refusing if each[0].right == best]
    return max(good, key=lambda each: (each[1].near, -each[1].enough))[1]


def outcome_of(asked: Iterable[Asked], calibration: Calibration) -> Outcome:
    """What an answer made with this calibration would be."""
    whole, silent_answerable, silent_unanswerable = [], [], []
    for each in asked:
        told = _told(each, calibration)
        if each.needed:
            silent_answerable.append(not told)
            whole.append(bool(told) and sum(candidate.needed for candidate in told) >= each.needed)
        else:
            silent_unanswerable.append(not told)
    right = [*whole, *silent_unanswerable]
    return Outcome(
        whole=_share(whole),
        silent_answerable=_share(silent_answerable),
        silent_unanswerable=_share(silent_unanswerable),
        right=_share(right),
    )


def _told(asked: Asked, calibration: Calibration) -> list[JudgedCandidate]:
    scored = sorted(
        ((calibration.probability(each.signals), each) for each in asked.candidates),
        key=lambda each: -each[0],
    )
    if not scored or scored[0][0] < calibration.enough:
        return []
    told: list[JudgedCandidate] = []
    for probability, each in scored:
        room = sum(min(other.length, _LONGEST) for other in (*told, each)) <= _ROOM
        if not told or (probability >= calibration.near * scored[0][0] and room):
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
