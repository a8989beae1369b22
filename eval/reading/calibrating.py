"""Fits the blend of signals to what answered, and sets the bounds by what is told with them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy

from bot.reader.calibration import Calibration, Found, Order, QuestionSignals, Risk, Signals
from eval.errors import CalibrationError
from eval.intervals import upper_bound
from eval.reading.trials import Verdict

# Bounds that are tried.
_NEAR = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8)
_ENOUGH = tuple(place / 20 for place in range(2, 19))
_FINER = tuple(place / 100 for place in range(-4, 5))  # around the best of them
_AS_GOOD = 0.005  # of the questions: fewer right answers than that tell no bound from the best


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCandidate:
    """A clause that was found for a question: its signals, and whether it is needed."""

    signals: Signals
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what was found for it."""

    answerable: bool
    signals: QuestionSignals
    candidates: tuple[JudgedCandidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Shares of the questions: right and whole of all, refused of the answerable and of the others.

    `risk` is the upper 95 % bound of the share of the `answers` given that are not right and whole,
    `coverage` the share of the questions they are of.
    """

    right: float
    refused_answerable: float
    refused_unanswerable: float
    answers: int
    coverage: float
    risk: float


def fitted_blend(asked: Sequence[Asked], *, reader: str) -> Calibration:
    """The blends of a reader: logistic regressions over the signals of clauses and of questions.

    The bounds are yet to be set. CalibrationError if the questions are all answerable or all not.
    """
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    found = [each for each in asked if each.candidates]
    if len({each.answerable for each in found}) < 2:
        raise CalibrationError("nothing to tell apart: expected questions with an answer and some without")
    rows = [each for question in found for each in question.candidates]
    clauses = LogisticRegression(C=10.0, max_iter=1000)
    clauses.fit(numpy.array([each.signals.values() for each in rows]), [each.needed for each in rows])
    questions = LogisticRegression(C=10.0, max_iter=1000)
    questions.fit(numpy.array([each.signals.values() for each in found]), [each.answerable for each in found])
    return Calibration(
        reader=reader,
        weights=_rounded(clauses.coef_[0]),
        bias=round(float(clauses.intercept_[0]), 4),
        question_weights=_rounded(questions.coef_[0]),
        question_bias=round(float(questions.intercept_[0]), 4),
        enough=0.5,
        near=0.5,
    )


def with_bounds(
    blend: Calibration,
    asked: Sequence[Asked],
    tried: Callable[[Calibration], Outcome],
    *,
    least_refused: float,
) -> Calibration:
    """The calibration whose bounds give most right answers, as `tried` finds by asking.

    `near` is set at the `enough` that refuses the share `least_refused` of the unanswerable questions by
    their signals, then `enough` at that `near`, among those that do refuse that share, if any does. Of values
    of `near` as good as the best, the highest is taken, which tells least beside the best clause; of values
    of `enough` that are equally good too, since a wrong answer is worse than none.
    """
    sureties = sorted(blend.surety(each.signals) for each in asked if each.candidates and not each.answerable)
    place = min(int(least_refused * len(sureties)), len(sureties) - 1)
    start = replace(blend, enough=sureties[place])
    nears = [(tried(each), each) for each in (replace(start, near=near) for near in _NEAR)]
    best = max(_as_good(nears), key=lambda each: each.near)

    outcomes: dict[float, Outcome] = {}

    def surest(enoughs: Sequence[float]) -> float:
        outcomes.update((each, tried(replace(best, enough=each))) for each in enoughs if each not in outcomes)
        refusing = [each for each in enoughs if outcomes[each].refused_unanswerable >= least_refused]
        return max(refusing or enoughs, key=lambda each: (outcomes[each].right, each))

    coarse = surest(_ENOUGH)
    enough = surest([round(coarse + more, 2) for more in _FINER])
    return replace(best, enough=enough, risks=_risks(outcomes))


def _risks(outcomes: Mapping[float, Outcome]) -> tuple[Risk, ...]:
    """Those of the bounds that were tried, in their order."""
    return tuple(
        Risk(
            enough=enough,
            answers=outcome.answers,
            risk=round(outcome.risk, 4),
            coverage=round(outcome.coverage, 4),
        )
        for enough, outcome in sorted(outcomes.items())
    )


def _as_good(outcomes: Sequence[tuple[Outcome, Calibration]]) -> list[Calibration]:
    """Those that give as many right answers as the best, or so nearly that the difference tells nothing."""
    best = max(outcome.right for outcome, _ in outcomes)
    return [calibration for outcome, calibration in outcomes if outcome.right >= best - _AS_GOOD]


def outcome_of(verdicts: Iterable[Verdict]) -> Outcome:
    """The shares of what the questions came to."""
    found = list(verdicts)
    answered = [each for each in found if each.answered]
    return Outcome(
        right=_share([each.right for each in found]),
        refused_answerable=_share([not each.answered for each in found if each.answerable]),
        refused_unanswerable=_share([not each.answered for each in found if not each.answerable]),
        answers=len(answered),
        coverage=_share([each.answered for each in found]),
        risk=upper_bound(sum(not each.right for each in answered), len(answered)),
    )


def fitted_order(rows: Sequence[tuple[Found, bool]]) -> Order:
    """The order of reading: logistic regression over what was found for answerable questions.

    `rows` tell how each clause was found and whether it is needed. CalibrationError if all are or none is.
    """
    from sklearn.linear_model import LogisticRegression

    needed = [is_needed for _, is_needed in rows]
    if len(set(needed)) < 2:
        raise CalibrationError(
            "nothing to tell apart: expected clauses that are needed and some that are not"
        )
    order = LogisticRegression(max_iter=1000)
    order.fit(numpy.array([found.values() for found, _ in rows]), needed)
    return Order(weights=_rounded(order.coef_[0]), bias=round(float(order.intercept_[0]), 4))


def _rounded(weights: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(weight), 4) for weight in weights)


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 0.0
