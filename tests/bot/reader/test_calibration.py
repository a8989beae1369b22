import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.reader.calibration import (
    CALIBRATIONS,
    Calibration,
    Found,
    Order,
    QuestionSignals,
    Risk,
    Signals,
    load_calibrations,
    logit,
    write_calibrations,
)

EVEN = Calibration(
    reader="made up",
    weights=(1.0, 2.0, 0.0, 0.0, 0.0, 0.0),
    bias=-2.0,
    question_weights=(1.0, 0.0, 0.0, 0.0),
    question_bias=0.0,
    enough=0.5,
    near=0.6,
)


FOUND = Found(retrieved=1.0, coverage=0.3, nearness=0.0, fact=1.0, shown=1.0)


def test_the_probability_is_the_logistic_of_the_weighted_signals() -> None:
    assert EVEN.probability(Signals(answers=0.5, found=FOUND)) == pytest.approx(0.5)
    assert EVEN.probability(Signals(answers=0.9, found=FOUND)) == pytest.approx(0.9)
    order = Order(weights=(2.0, 0.0, 1.0, 0.0, 0.0), bias=-2.0)
    assert order.probability(FOUND) == pytest.approx(0.5)
    assert order.probability(replace(FOUND, nearness=3.0)) > 0.9


def test_the_odds_of_certainty_are_bounded() -> None:
    assert math.isfinite(logit(0.0))
    assert math.isfinite(logit(1.0))
    assert logit(0.5) == 0.0


def test_every_reader_has_a_calibration_and_an_unknown_one_is_taken_at_its_word() -> None:
    calibrations = load_calibrations()
    assert {"lexical"} < {each.reader for each in calibrations.readers}
    for each in calibrations.readers:
        assert 0 < each.enough < 1
        assert 0 < each.near <= 1
    unheard_of = calibrations.of("unheard of")
    signals = Signals(answers=0.7, found=Found(retrieved=1, coverage=1, nearness=1, fact=1, shown=1))
    assert unheard_of.probability(signals) == pytest.approx(0.7)
    assert unheard_of.surety(QuestionSignals(surest=0.7, figure=1, missing=5)) == pytest.approx(0.7)


def test_the_bound_of_a_risk_is_the_one_that_answers_most_with_no_more() -> None:
    risks = (
        Risk(enough=0.4, answers=900, risk=0.3, coverage=0.9),
        Risk(enough=0.6, answers=800, risk=0.2, coverage=0.8),
        Risk(enough=0.7, answers=600, risk=0.16, coverage=0.6),
        Risk(enough=0.8, answers=500, risk=0.1, coverage=0.5),
        # Of 3 answers, all of them right, no more than a risk of 0.63 is known.
        Risk(enough=0.9, answers=3, risk=0.632, coverage=0.003),
    )
    fitted = replace(EVEN, risks=risks)
    assert fitted.at_risk(0.2).enough == 0.6
    assert fitted.at_risk(0.15).enough == 0.8
    with pytest.raises(SettingsError, match=r"found 0\.05 \(the least that is known is 0\.1\)"):
        fitted.at_risk(0.05)
    with pytest.raises(SettingsError, match="none is known"):
        EVEN.at_risk(0.5)


def test_a_bound_below_one_that_fails_is_not_taken() -> None:
    risks = (
        Risk(enough=0.5, answers=400, risk=0.1, coverage=0.8),  # by luck
        Risk(enough=0.6, answers=300, risk=0.2, coverage=0.6),
        Risk(enough=0.7, answers=200, risk=0.1, coverage=0.4),
    )
    assert replace(EVEN, risks=risks).at_risk(0.15).enough == 0.7


def test_a_file_of_before_risks_were_kept_is_read(tmp_path: Path) -> None:
    stored = json.loads(CALIBRATIONS.read_text(encoding="utf-8"))
    for each in stored["readers"]:
        del each["risks"]
    (tmp_path / "calibrations.json").write_text(json.dumps(stored), encoding="utf-8")
    assert all(each.risks == () for each in load_calibrations(tmp_path / "calibrations.json").readers)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    written = tmp_path / "calibrations.json"
    write_calibrations(load_calibrations(), written)
    assert load_calibrations(written) == load_calibrations()
