"""The contract of VectorStore, run on every store."""

from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest

from vectorstore.search import SearchFilter, Vector, Vectors, VectorStore
from vectorstore.stores.chroma import ChromaStore

ALL = SearchFilter()


@pytest.fixture(params=["memory", "chroma"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "memory":
        yield request.getfixturevalue("memory_store")
        return
    with ChromaStore(tmp_path / "chroma") as chroma:
        yield chroma


def axes(*numbers: int, dimension: int = 8) -> Vectors:
    """Unit vectors along these axes."""
    vectors: Vectors = numpy.eye(dimension, dtype=numpy.float32)[list(numbers)]
    return vectors


def ids(store: VectorStore, vector: Vector, limit: int = 9, search_filter: SearchFilter = ALL) -> list[str]:
    return [each.clause_id for each in store.nearest(vector, limit=limit, search_filter=search_filter)]


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert ids(store, axes(0)[0]) == []


def test_the_nearest_comes_first_with_its_cosine(store: VectorStore) -> None:
    store.add("p", ["p.0", "p.1"], axes(0, 1))
    question = numpy.array([0.6, 0.8, 0, 0, 0, 0, 0, 0], dtype=numpy.float32)
    found = store.nearest(question, limit=2, search_filter=ALL)
    assert [each.clause_id for each in found] == ["p.1", "p.0"]
    assert [each.score for each in found] == pytest.approx([0.8, 0.6], abs=1e-5)


def test_no_more_than_the_limit(store: VectorStore) -> None:
    store.add("p", ["p.0", "p.1", "p.2"], axes(0, 1, 2))
    assert ids(store, axes(2)[0], limit=1) == ["p.2"]


def test_only_policies_of_the_filter(store: VectorStore) -> None:
    store.add("p", ["p.0"], axes(0))
    store.add("q", ["q.0"], axes(1))
    assert ids(store, axes(0)[0], search_filter=SearchFilter(policy_ids=frozenset({"q", "r"}))) == ["q.0"]


def test_a_removed_policy_leaves_no_vector(store: VectorStore) -> None:
    store.add("p", ["p.0", "p.1"], axes(0, 1))
    store.add("q", ["q.0"], axes(3))
    store.remove("p")
    store.add("p", ["p.0"], axes(2))
    assert ids(store, axes(2)[0], limit=1) == ["p.0"]
    assert sorted(ids(store, axes(1)[0])) == ["p.0", "q.0"]


def test_removing_takes_an_unknown_policy(store: VectorStore) -> None:
    store.add("p", ["p.0"], axes(0))
    store.remove("p")
    store.remove("unknown")
    assert ids(store, axes(0)[0]) == []


def test_an_emptied_store_takes_vectors_of_another_length(store: VectorStore) -> None:
    store.add("p", ["p.0"], axes(0))
    store.remove("p")
    store.add("p", ["p.0"], axes(0, dimension=12))
    assert ids(store, axes(0, dimension=12)[0]) == ["p.0"]


def test_many_vectors_at_once(store: VectorStore) -> None:
    vectors = numpy.random.default_rng(1).standard_normal((6000, 8)).astype(numpy.float32)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    store.add("p", [f"p.{number}" for number in range(6000)], vectors)
    assert ids(store, vectors[5999], limit=1) == ["p.5999"]
    store.add("q", ["q.1"], vectors[1:2])
    store.remove("p")
    assert ids(store, vectors[5999]) == ["q.1"]
