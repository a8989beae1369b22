"""Reciprocal rank fusion."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.fusion import fuse

rankings = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), min_size=1, max_size=4)


def test_an_id_high_in_two_rankings_beats_the_first_of_one() -> None:
    assert [each for each, _score in fuse([["a", "b"], ["c", "b"]])] == ["b", "a", "c"]


def test_the_score_is_the_sum_of_reciprocal_ranks() -> None:
    assert dict(fuse([["a"], ["b", "a"]]))["a"] == pytest.approx(1 / 61 + 1 / 62)


def test_a_heavier_ranking_counts_more() -> None:
    assert fuse([["a"], ["b"]], weights=[1, 2])[0][0] == "b"


def test_a_repeated_id_counts_once() -> None:
    assert fuse([["a", "a", "b"]]) == fuse([["a", "b"]])


def test_no_ranking_gives_nothing() -> None:
    assert fuse([]) == fuse([[], []]) == []


def test_as_many_weights_as_rankings_are_expected() -> None:
    with pytest.raises(ValueError):
        fuse([["a"]], weights=[1, 1])


@given(rankings)
def test_fusion_keeps_every_id_once(lists: list[list[str]]) -> None:
    fused = [each for each, _score in fuse(lists)]
    assert sorted(fused) == sorted({each for ranking in lists for each in ranking})


@given(rankings, st.randoms())
def test_fusion_ignores_the_order_of_rankings(lists: list[list[str]], random: Random) -> None:
    shuffled = list(lists)
    random.shuffle(shuffled)
    assert fuse(shuffled) == fuse(lists)


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.integers(1, 4))
def test_equal_rankings_keep_their_order(ranking: list[str], times: int) -> None:
    assert [each for each, _score in fuse([ranking] * times)] == ranking


@given(rankings)
def test_scores_never_rise(lists: list[list[str]]) -> None:
    scores = [score for _each, score in fuse(lists)]
    assert scores == sorted(scores, reverse=True)
