from dataclasses import replace
from random import Random

import pytest

from bot.reader.calibration import Found, QuestionSignals, Signals
from eval.reading.calibrating import Asked, JudgedCandidate, fitted, outcome_of


def _candidate(answers: float, *, needed: bool, retrieved: float = 1.0) -> JudgedCandidate:
    found = Found(retrieved=retrieved, coverage=0.5, nearness=0.0, fact=0.0, shown=1.0)
    signals = Signals(answers=answers, found=found)
    return JudgedCandidate(signals=signals, needed=needed, length=100, document="one")


@pytest.fixture
def asked() -> list[Asked]:
    """Answers are read with 0.7 to 1, what only tempts with 0 to 0.5."""
    random = Random(1)
    found = []
    for number in range(60):
        tempting = [_candidate(random.random() / 2, needed=False, retrieved=0.6) for _ in range(4)]
        answering = [_candidate(0.7 + random.random() * 0.3, needed=True)] if number % 3 else []
        found.append(_asked(number, (*answering, *tempting)))
    return found


def _asked(number: int, candidates: tuple[JudgedCandidate, ...]) -> Asked:
    surest = max(each.signals.answers for each in candidates)
    return Asked(
        id=str(number),
        needed=sum(each.needed for each in candidates),
        signals=QuestionSignals(surest=surest, figure=0.0, missing=1.0),
        candidates=candidates,
    )


def test_what_can_be_told_apart_is_told_and_refused_rightly(asked: list[Asked]) -> None:
    calibration = fitted(asked, reader="made up", least_refused=0.9)
    outcome = outcome_of(asked, calibration)
    assert outcome.whole == 1.0
    assert outcome.silent_unanswerable >= 0.9
    assert calibration.reader == "made up"


def test_a_bound_that_refuses_more_refuses_no_fewer(asked: list[Asked]) -> None:
    lenient, strict = (fitted(asked, reader="made up", least_refused=share) for share in (0.0, 1.0))
    assert outcome_of(asked, strict).silent_unanswerable >= outcome_of(asked, lenient).silent_unanswerable


def test_half_of_what_is_needed_is_not_whole(asked: list[Asked]) -> None:
    calibration = fitted(asked, reader="made up", least_refused=0.9)
    half = replace(_asked(0, (_candidate(0.95, needed=True),)), needed=2)
    assert outcome_of([half], calibration).whole == 0.0
