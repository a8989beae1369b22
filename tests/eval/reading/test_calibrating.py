from random import Random

import pytest

from bot.reader.calibration import Calibration, Found, QuestionSignals, Risk, Signals
from eval.errors import CalibrationError
from eval.reading.calibrating import Asked, JudgedCandidate, Outcome, fitted_blend, outcome_of, with_bounds
from eval.reading.trials import Verdict


def _candidate(answers: float, *, needed: bool, retrieved: float = 1.0) -> JudgedCandidate:
    found = Found(retrieved=retrieved, coverage=0.5, nearness=0.0, fact=0.0, shown=1.0)
    return JudgedCandidate(signals=Signals(answers=answers, found=found), needed=needed)


def _outcome(right: float, refused: float, *, coverage: float = 1.0, risk: float = 0.5) -> Outcome:
    return Outcome(
        right=right,
        refused_answerable=0.0,
        refused_unanswerable=refused,
        answers=100,
        coverage=coverage,
        risk=risk,
    )


@pytest.fixture
def asked() -> list[Asked]:
    """Answers are read with 0.7 to 1, what only tempts with 0 to 0.5."""
    random = Random(1)
    found = []
    for number in range(60):
        tempting = [_candidate(random.random() / 2, needed=False, retrieved=0.6) for _ in range(4)]
        answering = [_candidate(0.7 + random.random() * 0.3, needed=True)] if number % 3 else []
        candidates = (*answering, *tempting)
        surest = max(each.signals.answers for each in candidates)
        signals = QuestionSignals(surest=surest, figure=0.0, missing=1.0)
        found.append(Asked(answerable=bool(answering), signals=signals, candidates=candidates))
    return found


def test_what_answers_is_told_from_what_tempts(asked: list[Asked]) -> None:
    blend = fitted_blend(asked, reader="made up")
    assert blend.reader == "made up"
    for each in asked:
        likeliest = max(each.candidates, key=lambda candidate: blend.probability(candidate.signals))
        assert likeliest.needed == each.answerable
        assert (blend.surety(each.signals) > 0.5) == each.answerable


def test_questions_that_all_have_an_answer_tell_nothing_apart(asked: list[Asked]) -> None:
    with pytest.raises(CalibrationError, match="some without"):
        fitted_blend([each for each in asked if each.answerable], reader="made up")


def test_the_bounds_are_those_that_give_most_right_answers(asked: list[Asked]) -> None:
    def tried(calibration: Calibration) -> Outcome:
        """Most right at 0.35 and 0.6; from 0.5 on so many are refused."""
        off = abs(calibration.near - 0.35) + abs(calibration.enough - 0.6)
        refused = 0.9 if calibration.enough >= 0.5 else 0.4
        return _outcome(1 - off, refused)

    blend = fitted_blend(asked, reader="made up")
    found = with_bounds(blend, asked, tried, least_refused=0.8)
    assert (found.near, found.enough) == (0.35, 0.6)


def test_a_bound_that_refuses_the_share_goes_before_one_that_is_right_more_often(asked: list[Asked]) -> None:
    def tried(calibration: Calibration) -> Outcome:
        return _outcome(1 - calibration.enough, calibration.enough)

    blend = fitted_blend(asked, reader="made up")
    assert with_bounds(blend, asked, tried, least_refused=0.8).enough == 0.8
    assert with_bounds(blend, asked, tried, least_refused=1.0).enough == pytest.approx(0.06)


def test_of_nears_as_good_as_the_best_the_highest_is_taken(asked: list[Asked]) -> None:
    def tried(calibration: Calibration) -> Outcome:
        right = 0.6 if calibration.near < 0.3 else 0.598 if calibration.near <= 0.4 else 0.58
        return _outcome(right, 1.0)

    assert with_bounds(fitted_blend(asked, reader="made up"), asked, tried, least_refused=0.5).near == 0.4


def test_enough_is_what_gives_most_right_answers_and_the_highest_of_several(asked: list[Asked]) -> None:
    def tried(calibration: Calibration) -> Outcome:
        right = 0.6 if 0.57 <= calibration.enough <= 0.62 else 0.598
        return _outcome(right, 1.0)

    found = with_bounds(fitted_blend(asked, reader="made up"), asked, tried, least_refused=0.5)
    assert found.enough == 0.62


def test_shares_are_of_their_own_kind_of_question() -> None:
    verdicts = [
        Verdict(answerable=True, answered=True, right=True),
        Verdict(answerable=True, answered=False, right=False),
        Verdict(answerable=False, answered=False, right=True),
        Verdict(answerable=False, answered=False, right=True),
    ]
    assert outcome_of(verdicts) == Outcome(
        right=0.75,
        refused_answerable=0.5,
        refused_unanswerable=1.0,
        answers=1,
        coverage=0.25,
        risk=pytest.approx(0.95),  # of one answer that is right, no more is known
    )


def test_every_bound_that_was_tried_is_kept_with_its_risk(asked: list[Asked]) -> None:
    def tried(calibration: Calibration) -> Outcome:
        return _outcome(0.5, 1.0, coverage=1 - calibration.enough, risk=0.4 - calibration.enough / 3)

    found = with_bounds(fitted_blend(asked, reader="made up"), asked, tried, least_refused=0.5)
    assert Risk(enough=0.3, answers=100, risk=0.3, coverage=0.7) in found.risks
    assert [each.enough for each in found.risks] == sorted({each.enough for each in found.risks})
