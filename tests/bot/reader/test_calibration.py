import math

import pytest

from bot.reader.calibration import Calibration, Signals, calibration_of, load_calibrations, logit

EVEN = Calibration(
    reader="made up",
    weights=(1.0, 2.0, 0.0, 0.0, 0.0),
    bias=-2.0,
    question_weights=(1.0, 0.0, 0.0, 0.0, 0.0),
    question_bias=0.0,
    enough=0.5,
    near=0.6,
)


def test_the_probability_is_the_logistic_of_the_weighted_signals() -> None:
    signals = Signals(answers=0.5, retrieved=1.0, coverage=0.3, fact=1.0, shown=1.0)
    assert EVEN.probability(signals) == pytest.approx(0.5)
    surer = Signals(answers=0.9, retrieved=1.0, coverage=0.3, fact=1.0, shown=1.0)
    assert EVEN.probability(surer) == pytest.approx(0.9)


def test_the_odds_of_certainty_are_bounded() -> None:
    assert math.isfinite(logit(0.0))
    assert math.isfinite(logit(1.0))
    assert logit(0.5) == 0.0


def test_every_reader_has_a_calibration_and_an_unknown_one_is_named() -> None:
    calibrations = load_calibrations()
    assert {"lexical"} < {each.reader for each in calibrations}
    for each in calibrations:
        assert 0 < each.enough < 1
        assert 0 < each.near <= 1
    with pytest.raises(KeyError, match="unheard of"):
        calibration_of("unheard of", calibrations)
