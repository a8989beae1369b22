"""Relative score fusion."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.fusion import fuse, relative

scored = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 50), max_size=8)
rankings = st.lists(scored, min_size=1, max_size=4)


def test_relative_scores_run_from_the_floor_to_the_best() -> None:
    assert relative({"a": 0.9, "b": 0.8, "c": 0.7}, floor=0.7) == pytest.approx(
        {"a": 1.0, "b": 0.5, "c": 0.0}
    )


@pytest.mark.parametrize("scores", [{}, {"a": 0.0}, {"a": 0.7, "b": 0.7}])
def test_where_nothing_stands_out_nothing_counts(scores: dict[str, float]) -> None:
    assert set(relative(scores, floor=max(scores.values(), default=0.0)).values()) <= {0.0}


def test_an_id_good_in_two_rankings_beats_the_best_of_one() -> None:
    fused = fuse([{"a": 1.0, "b": 0.8}, {"c": 1.0, "b": 0.8}], weights=[1, 1])
    assert list(fused) == ["b", "a", "c"]


def test_a_heavier_ranking_counts_more() -> None:
    assert list(fuse([{"a": 1.0}, {"b": 1.0}], weights=[1, 2])) == ["b", "a"]


def test_as_many_weights_as_rankings_are_expected() -> None:
    with pytest.raises(ValueError):
        fuse([{"a": 1.0}], weights=[1, 1])


@given(rankings)
def test_fusion_keeps_every_id_once(lists: list[dict[str, float]]) -> None:
    fused = fuse(lists, weights=[1.0] * len(lists))
    assert sorted(fused) == sorted({each for ranking in lists for each in ranking})


@given(rankings, st.randoms())
def test_fusion_ignores_the_order_of_rankings(lists: list[dict[str, float]], random: Random) -> None:
    shuffled = list(lists)
    random.shuffle(shuffled)
    weights = [1.0] * len(lists)
    assert list(fuse(shuffled, weights=weights).items()) == list(fuse(lists, weights=weights).items())


@given(rankings)
def test_scores_never_rise(lists: list[dict[str, float]]) -> None:
    scores = list(fuse(lists, weights=[1.0] * len(lists)).values())
    assert scores == sorted(scores, reverse=True)
