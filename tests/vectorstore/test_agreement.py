"""Vectors that went, or came from elsewhere, are noticed and put right; with a real Chroma."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy
import pytest

from vectorstore.agreement import Agreement, Difference, difference
from vectorstore.catalog import Catalog
from vectorstore.context import context_of
from vectorstore.errors import VectorsDifferError
from vectorstore.indexer import Indexer
from vectorstore.search import Embedder, SearchFilter
from vectorstore.stores.chroma import ChromaStore
from vectorstore.vector_index import Repair

CLAUSES = 5
MakeEmbedder = Callable[..., Embedder]


@dataclass(frozen=True)
class Place:
    """A data folder with its catalog and its vectors."""

    folder: Path
    catalog: Catalog
    store: ChromaStore
    embedder: Embedder

    @property
    def vectors(self) -> Path:
        return self.folder / "chroma"

    def indexer(self) -> Indexer:
        return Indexer(self.catalog, self.store, lambda: self.embedder)

    def write(self, *names: str) -> list[Path]:
        paths = [self.folder / "files" / f"{name}.txt" for name in names]
        for path in paths:
            path.parent.mkdir(exist_ok=True)
            lines = (
                f"第{number}条 {path.stem}由区财政局补助{number}万元。\n" for number in range(1, CLAUSES)
            )
            path.write_text(f"澄湖区{path.stem}办法\n\n" + "".join(lines), encoding="utf-8")
        return paths

    def policy(self, name: str) -> str:
        return next(each.policy_id for each in self.catalog.policies() if name in each.metadata.title)

    def ids(self, name: str) -> list[str]:
        return [clause.clause_id for clause in self.catalog.clauses(self.policy(name))]

    def difference(self) -> Difference:
        return difference(self.catalog, self.store)

    def best(self, text: str) -> str:
        found = self.store.nearest(
            self.embedder.embed_query(text), limit=1, search_filter=SearchFilter(policy_ids=frozenset())
        )
        return self.catalog.clause(found[0].clause_id).policy_id

    def is_whole(self) -> bool:
        """Every vector is there once and is the one that its clause had."""
        sentences = self.catalog.sentences.of([each for name in "甲乙丙" for each in self.ids(name)])
        return (
            not self.difference()
            and self.store.count() == self.catalog.clause_total() == 3 * CLAUSES
            and len(sentences) >= 3 * (CLAUSES - 1)
            and self.best("乙由区财政局补助2万元") == self.policy("乙")
        )


@pytest.fixture
def place(tmp_path: Path, make_embedder: MakeEmbedder) -> Iterator[Place]:
    """Three documents, indexed."""
    with opened(tmp_path, make_embedder()) as new:
        new.indexer().index(new.write("甲", "乙", "丙"))
        yield new


@contextmanager
def opened(folder: Path, embedder: Embedder) -> Iterator[Place]:
    folder.mkdir(exist_ok=True)
    with (
        Catalog.open(folder / "catalog.sqlite3", create=True) as catalog,
        ChromaStore(folder / "chroma") as store,
    ):
        yield Place(folder, catalog, store, embedder)


def _axes(count: int, dimension: int = 64) -> "numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float32]]":
    return numpy.eye(count, dimension, dtype=numpy.float32)


def _folder_deleted(place: Place, _other: Place) -> None:
    shutil.rmtree(place.vectors)


def _one_policy_deleted(place: Place, _other: Place) -> None:
    place.store.remove(place.policy("乙"))


def _one_vector_deleted(place: Place, _other: Place) -> None:
    place.store.claim(None, without=place.ids("乙")[2:3])


def _foreign_policy_added(place: Place, _other: Place) -> None:
    place.store.add("ffffffffffff", [f"ffffffffffff.{number}" for number in range(4)], _axes(4))


def _as_many_foreign_as_lack(place: Place, _other: Place) -> None:
    place.store.remove(place.policy("乙"))
    place.store.add("ffffffffffff", [f"ffffffffffff.{number}" for number in range(CLAUSES)], _axes(CLAUSES))


def _ids_of_another_policy(place: Place, _other: Place) -> None:
    place.store.remove(place.policy("乙"))
    place.store.add(place.policy("甲"), place.ids("乙"), _axes(CLAUSES))


def _folder_of_another_catalog(place: Place, other: Place) -> None:
    _exchange(place, other.vectors)


def _earlier_copy_of_the_folder(place: Place, _other: Place) -> None:
    earlier = place.folder / "earlier"
    place.store.close()
    shutil.copytree(place.vectors, earlier)
    place.catalog.remove_policy(place.policy("丙"))
    place.indexer().index([*place.write("丁"), *place.write("丙")])
    place.indexer().remove_policy(place.policy("丁"))
    place.store.remove(place.policy("甲"))
    _exchange(place, earlier)
    place.store.remove(place.policy("丙"))


def _exchange(place: Place, folder: Path) -> None:
    place.store.close()
    shutil.rmtree(place.vectors)
    shutil.copytree(folder, place.vectors)


DAMAGES = [
    _folder_deleted,
    _one_policy_deleted,
    _one_vector_deleted,
    _foreign_policy_added,
    _as_many_foreign_as_lack,
    _ids_of_another_policy,
    _folder_of_another_catalog,
    _earlier_copy_of_the_folder,
]


@pytest.fixture
def other(tmp_path: Path, make_embedder: MakeEmbedder) -> Iterator[Place]:
    """The same documents in another catalog, their vectors of the same length from another model."""
    with opened(tmp_path / "other", make_embedder("other words")) as new:
        new.indexer().index(new.write("甲", "乙", "丙"))
        new.store.close()
        yield new


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__.strip("_"))
def test_damage_is_noticed_and_a_repair_heals_it_once(
    place: Place, other: Place, damage: Callable[[Place, Place], None]
) -> None:
    assert place.is_whole()
    damage(place, other)
    assert place.difference()
    with pytest.raises(VectorsDifferError, match="doctor --repair"):
        Agreement(place.catalog, place.store).check()
    assert place.indexer().repair() != Repair()
    assert place.is_whole()
    assert place.indexer().repair() == Repair()


def test_a_run_over_unchanged_files_heals_too(place: Place) -> None:
    _folder_deleted(place, place)
    reports = place.indexer().index([place.folder / "files"])
    assert [each.status for each in reports] == ["unchanged"] * 3
    assert place.is_whole()


def test_pruning_heals_too(place: Place) -> None:
    _one_policy_deleted(place, place)
    assert place.indexer().prune() == []
    assert place.is_whole()


def test_a_catalog_of_an_earlier_day_lets_the_newer_vectors_go(place: Place) -> None:
    backup = sqlite3.connect(place.folder / "backup")
    with sqlite3.connect(place.catalog.path) as connection:
        connection.backup(backup)
    connection.close()
    newer = place.write("丁")
    place.indexer().index(newer)
    place.indexer().remove_policy(place.policy("甲"))
    place.store.close()
    place.catalog.close()
    for each in place.folder.glob("catalog*"):
        each.unlink()
    backup.close()
    shutil.copy(place.folder / "backup", place.catalog.path)
    with opened(place.folder, place.embedder) as restored:
        found = restored.difference()
        assert (len(found.lacking), len(found.foreign)) == (1, CLAUSES)
        restored.indexer().repair()
        assert restored.is_whole()
        assert [each.status for each in restored.indexer().index(newer)] == ["added"]
        assert not restored.difference()


def test_vectors_of_another_model_count_as_foreign_even_for_the_same_clauses(
    place: Place, other: Place
) -> None:
    _folder_of_another_catalog(place, other)
    found = place.difference()
    assert found.other_index
    assert (len(found.lacking), len(found.foreign)) == (3, 3 * CLAUSES)


def test_a_data_folder_of_before_is_filled_in_without_embedding(place: Place) -> None:
    _forget_mark(place)
    _folder_deleted(place, place)
    for each in place.catalog.policies():
        ids = [clause.clause_id for clause in place.catalog.clauses(each.policy_id)]
        texts = [context_of(clause, each.metadata.title) for clause in place.catalog.clauses(each.policy_id)]
        place.store.add(each.policy_id, ids, place.embedder.embed_passages(texts))
    assert place.store.stored().mark is None
    assert not place.difference()
    embedded = place.embedder.passages  # type: ignore[attr-defined]
    place.indexer().index([place.folder / "files"])
    assert place.embedder.passages == embedded  # type: ignore[attr-defined]
    assert place.catalog.vectors.mark() == place.store.stored().mark is not None
    assert not place.difference()


def _forget_mark(place: Place) -> None:
    with sqlite3.connect(place.catalog.path) as connection:
        connection.execute("DELETE FROM meta WHERE name = 'vectors'")
    connection.close()


def test_a_catalog_of_before_beside_vectors_of_another_model_is_noticed(place: Place, other: Place) -> None:
    _forget_mark(place)
    _folder_of_another_catalog(place, other)
    assert place.difference().other_index
    place.indexer().repair()
    assert place.is_whole()


def test_what_is_being_indexed_is_not_reported_as_a_difference(place: Place) -> None:
    place.catalog.vectors.mark_unsettled([place.policy("乙"), "eeeeeeeeeeee"])
    _one_policy_deleted(place, place)
    place.store.add("eeeeeeeeeeee", ["eeeeeeeeeeee.0"], _axes(1))
    assert not place.difference()
    place.indexer().repair()
    assert place.is_whole()


class CrashError(Exception):
    """The machine stops here."""


class CrashingStore(ChromaStore):
    """Works so many times."""

    def __init__(self, folder: Path, writes: int) -> None:
        super().__init__(folder)
        self.writes = writes

    def add(self, policy_id, clause_ids, vectors) -> None:  # type: ignore[no-untyped-def]
        self._count()
        super().add(policy_id, clause_ids, vectors)
        self._count()

    def claim(self, mark: str | None, *, without=()) -> None:  # type: ignore[no-untyped-def]
        super().claim(None, without=without)
        self._count()
        super().claim(mark)

    def _count(self) -> None:
        self.writes -= 1
        if self.writes < 0:
            raise CrashError


@pytest.mark.parametrize("writes", range(0, 7, 2))
def test_an_interrupted_repair_is_ended_by_the_next(place: Place, other: Place, writes: int) -> None:
    _folder_of_another_catalog(place, other)
    with CrashingStore(place.vectors, writes) as store, pytest.raises(CrashError):
        Indexer(place.catalog, store, lambda: place.embedder).repair()
    place.indexer().repair()
    assert place.is_whole()


def test_comparing_often_costs_a_bounded_share_of_the_time(place: Place) -> None:
    now = [0.0]
    counted = CountingStore(place.store, now)
    agreement = Agreement(place.catalog, counted, lambda: now[0])  # type: ignore[arg-type]
    for _ in range(210):
        agreement.check()
        now[0] += 0.1
    assert counted.compared == 2
    place.catalog.vectors.mark_unsettled(["eeeeeeeeeeee"])
    agreement.check()
    assert counted.compared == 3


class CountingStore:
    """Takes a second to say what it holds."""

    def __init__(self, store: ChromaStore, now: list[float]) -> None:
        self.store, self.now, self.compared = store, now, 0

    def stored(self):  # type: ignore[no-untyped-def]
        self.compared += 1
        self.now[0] += 1.0
        return self.store.stored()


def test_the_lost_index_of_neighbours_is_noticed_and_written_anew(tmp_path: Path) -> None:
    """More vectors than Chroma holds back: those lie in a folder of their own beside the rows."""
    vectors = numpy.random.default_rng(1).standard_normal((1200, 8)).astype(numpy.float32)
    ids = [f"p.{number}" for number in range(len(vectors))]
    with ChromaStore(tmp_path / "chroma") as store:
        store.add("p", ids, vectors)
        assert len(store.stored().policy_of) == len(ids)
    (inner,) = (each for each in (tmp_path / "chroma").iterdir() if each.is_dir())
    shutil.rmtree(inner)
    with ChromaStore(tmp_path / "chroma") as store:
        assert dict(store.stored().policy_of) == {}
        store.remove("p")
        store.add("p", ids, vectors)
        found = store.nearest(vectors[500], limit=1, search_filter=SearchFilter())
        assert found[0].clause_id == "p.500"
        assert len(store.stored().policy_of) == len(ids)
