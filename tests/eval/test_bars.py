import pytest

from eval.bars import Bar, misses, read_bar
from eval.errors import BarError, UnknownMetricError

NAMES = ("clause_recall@5", "wrong_assertion")


def test_bar_is_read_with_its_side() -> None:
    assert read_bar("clause_recall@5=0.92", "min", NAMES) == Bar(
        metric="clause_recall@5", side="min", value=0.92
    )


@pytest.mark.parametrize("text", ["clause_recall@5", "clause_recall@5=", "clause_recall@5=much", "=1", ""])
def test_bar_without_a_number_is_refused(text: str) -> None:
    with pytest.raises((BarError, UnknownMetricError), match="--min"):
        read_bar(text, "min", NAMES)


def test_number_that_nothing_compares_with_is_refused() -> None:
    with pytest.raises(BarError, match="METRIC=VALUE"):
        read_bar("wrong_assertion=nan", "max", NAMES)


def test_unknown_metric_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownMetricError, match=r"'recall'; expected one of clause_recall@5, wrong"):
        read_bar("recall=1", "min", NAMES)


def test_figure_on_the_bar_keeps_it() -> None:
    bars = [read_bar("clause_recall@5=0.9", "min", NAMES), read_bar("wrong_assertion=0.1", "max", NAMES)]
    assert misses(bars, {"clause_recall@5": 0.9, "wrong_assertion": 0.1}) == []


def test_missed_bars_are_told_with_metric_bar_and_figure() -> None:
    bars = [read_bar("clause_recall@5=0.9", "min", NAMES), read_bar("wrong_assertion=0.1", "max", NAMES)]
    assert misses(bars, {"clause_recall@5": 0.899996, "wrong_assertion": 0.25}) == [
        "clause_recall@5: expected ≥ 0.9, found 0.899996",
        "wrong_assertion: expected ≤ 0.1, found 0.2500",
    ]


def test_bar_on_nothing_is_missed() -> None:
    bars = [read_bar("wrong_assertion=0.1", "max", NAMES)]
    assert misses(bars, {"wrong_assertion": None}) == [
        "wrong_assertion: expected ≤ 0.1, found nothing to count"
    ]
