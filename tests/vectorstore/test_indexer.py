"""The index is made to match files, also after a crash in between."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.input_files import InputFile
from ingest.limits import Limits
from ingest.policy import Policy
from ingest.source import SourceDocument
from vectorstore.catalog import Catalog
from vectorstore.errors import EmbedderMismatchError, PruneRefusedError, UnknownPolicyError
from vectorstore.indexer import Indexer
from vectorstore.ingest_report import IngestReport
from vectorstore.parsing import Parsed

FIRST, SECOND = "区财政局牵头设立专项资金。\n区教育局负责学前教育。", "区林业局负责造林。"


class CrashError(Exception):
    """The machine stops here."""


class House:
    """A catalog, a store and an indexer whose documents are their lines."""

    def __init__(self, folder: Path, catalog: Catalog, store, embedder, make_policy) -> None:  # type: ignore[no-untyped-def]
        self.folder, self.catalog, self.store, self.embedder = folder, catalog, store, embedder
        self.make_policy = make_policy
        self.indexer = self.new_indexer(embedder)

    def new_indexer(self, embedder) -> Indexer:  # type: ignore[no-untyped-def]
        return Indexer(self.catalog, self.store, lambda: embedder, parse=self.parse)

    def parse(self, file: InputFile, limits: Limits) -> Parsed:
        try:
            document = file.read(limits)
        except IngestError as error:
            return Parsed(error=str(error))
        return Parsed(sha256=document.sha256, policies=self.policies(document))

    def policies(self, document: SourceDocument) -> tuple[Policy, ...]:
        lines = document.text.strip().splitlines()
        policy_id = hashlib.sha256(document.text.encode()).hexdigest()[:12]
        options = {"policy_id": policy_id, "sha256": document.sha256, "source": document.name}
        return (self.make_policy(lines, **options, units={0: "区财政局"}),)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def index(self, *paths: Path) -> list[IngestReport]:
        return self.indexer.index(paths)

    def statuses(self, *paths: Path) -> list[str]:
        return [report.status for report in self.index(*paths)]

    def check(self) -> None:
        """Catalog and vectors hold the same clauses, and nothing is unsettled."""
        clauses = {
            s.policy_id: {c.clause_id for c in self.catalog.clauses(s.policy_id)}
            for s in self.catalog.policies()
        }
        assert {policy_id: set(vectors) for policy_id, vectors in self.store.vectors.items()} == clauses
        for held in clauses.values():
            assert self.catalog.sentences.of(sorted(held)).keys() == held
        assert self.catalog.vectors.unsettled() == []


@pytest.fixture
def house(tmp_path: Path, catalog: Catalog, memory_store, word_embedder, make_policy) -> Iterator[House]:  # type: ignore[no-untyped-def]
    folder = tmp_path / "files"
    folder.mkdir()
    yield House(folder, catalog, memory_store, word_embedder, make_policy)


def test_new_files_are_added_and_a_second_run_embeds_nothing(house: House) -> None:
    house.write("a.txt", FIRST)
    house.write("sub/b.txt", SECOND)
    first = house.index(house.folder)
    assert [(report.status, report.policies, report.clauses, report.facts) for report in first] == [
        ("added", 1, 2, 1),
        ("added", 1, 1, 1),
    ]
    assert first[0].warnings == ("a warning",)
    embedded = house.embedder.passages
    assert house.statuses(house.folder) == ["unchanged", "unchanged"]
    assert house.embedder.passages == embedded
    house.check()


def test_new_content_replaces_the_policies_of_the_path(house: House) -> None:
    path = house.write("a.txt", FIRST)
    house.index(path)
    house.write("a.txt", SECOND)
    assert house.statuses(path) == ["replaced"]
    assert [summary.clause_count for summary in house.catalog.policies()] == [1]
    house.check()


def test_the_same_content_under_another_path_is_embedded_once(house: House) -> None:
    house.write("a.txt", FIRST)
    house.write("b.txt", FIRST)
    reports = house.index(house.folder)
    assert [report.status for report in reports] == ["added", "unchanged"]
    assert "a.txt" in reports[1].warnings[0]
    assert house.embedder.passages == 2 + 2  # the clauses and their sentences
    house.write("a.txt", SECOND)
    assert house.statuses(house.folder) == ["replaced", "unchanged"]
    assert len(house.catalog.policies()) == 2
    house.check()


def test_a_path_that_takes_over_known_content_lets_its_former_policies_go(house: House) -> None:
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    house.index(house.folder)
    house.write("b.txt", FIRST)
    assert house.statuses(house.folder) == ["unchanged", "replaced"]
    assert len(house.catalog.policies()) == 1
    house.check()


def test_a_bad_file_is_named_and_the_others_go_on(house: House) -> None:
    house.write("a.txt", " ")
    house.write("b.txt", FIRST)
    house.write("c.xyz", FIRST)
    reports = house.index(house.folder)
    assert [report.status for report in reports] == ["failed", "added", "skipped"]
    assert "a.txt" in reports[0].error
    house.check()


def test_what_an_archive_gave_is_known_by_the_path_of_former_catalogs(house: House) -> None:
    archive = house.folder / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("夹/a.txt", FIRST)
    house.index(archive)
    (source,) = house.catalog.files.all()
    former = str(archive / "夹" / "a.txt")
    house.catalog.files.rename(source, former)
    (report,) = house.indexer.rebuild()
    assert (report.status, str(report.path)) == ("replaced", former)
    assert house.indexer.prune() == []
    (report,) = house.index(archive)
    assert (report.status, str(report.path), report.warnings) == ("unchanged", former, ())
    assert list(house.catalog.files.all()) == [source]
    house.check()


@pytest.mark.parametrize("name", ["c.xyz", "missing.txt"])
def test_a_file_named_directly_that_cannot_be_read_fails(house: House, name: str) -> None:
    house.write("c.xyz", FIRST)
    (report,) = house.index(house.folder / name)
    assert report.status == "failed"
    assert name in report.error


def test_a_failed_new_version_keeps_the_former_one(house: House) -> None:
    path = house.write("a.txt", FIRST)
    house.index(path)
    house.write("a.txt", "")
    assert house.statuses(path) == ["failed"]
    assert len(house.catalog.policies()) == 1
    house.check()


@pytest.mark.parametrize("point", ["replace_file", "mark_settled", "add", "remove"])
@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_crash_anywhere_is_put_right_by_the_next_run(
    house: House, point: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.write("a.txt", FIRST)
    house.index(path)
    house.write("a.txt", SECOND)
    owners = {
        "add": house.store,
        "remove": house.store,
        "replace_file": house.catalog.files,
        "mark_settled": house.catalog.vectors,
    }
    crash_after(monkeypatch, owners[point], point.removesuffix("_file"), times)
    crashed = False
    try:
        house.index(path)
    except CrashError:
        crashed = True
    monkeypatch.undo()
    assert crashed or times
    house.index(path)
    assert [summary.clause_count for summary in house.catalog.policies()] == [1]
    house.check()


def crash_after(monkeypatch: pytest.MonkeyPatch, target: object, name: str, times: int) -> None:
    """The method works so many times and then stops everything, half done or not."""
    whole = getattr(target, name)
    calls = iter(range(times))

    def stopping(*arguments: object) -> object:
        if next(calls, None) is None:
            raise CrashError
        return whole(*arguments)

    monkeypatch.setattr(target, name, stopping)


def test_another_model_is_refused_before_anything_is_written(
    house: House, make_embedder: Callable[..., object]
) -> None:
    path = house.write("a.txt", FIRST)
    house.index(path)
    house.write("b.txt", SECOND)
    with pytest.raises(EmbedderMismatchError, match="clausewise ingest --rebuild"):
        house.new_indexer(make_embedder("other")).index([house.folder])
    assert len(house.catalog.policies()) == 1
    house.check()


def test_rebuild_embeds_everything_with_the_new_model(
    house: House, make_embedder: Callable[..., object]
) -> None:
    house.write("a.txt", FIRST)
    gone = house.write("b.txt", SECOND)
    house.index(house.folder)
    gone.unlink()
    reports = house.new_indexer(make_embedder("other", 16)).rebuild()
    assert [report.status for report in reports] == ["replaced", "failed"]
    assert "kept" in reports[1].error
    assert len(house.catalog.policies()) == 2
    assert {len(each) for vectors in house.store.vectors.values() for each in vectors.values()} == {16}
    assert house.catalog.vectors.fingerprint() == "other"
    house.check()


def test_a_crash_while_rebuilding_is_put_right_by_the_next_run(
    house: House, make_embedder: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    house.index(house.folder)
    other = make_embedder("other", 16)
    crash_after(monkeypatch, house.store, "add", 1)
    with pytest.raises(CrashError):
        house.new_indexer(other).rebuild()
    monkeypatch.undo()
    house.new_indexer(other).index([])
    assert {len(each) for vectors in house.store.vectors.values() for each in vectors.values()} == {16}
    house.check()


def test_a_rebuild_after_a_crash_leaves_no_vector_twice(
    house: House, make_embedder: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.write("a.txt", FIRST)
    house.index(path)
    house.write("a.txt", SECOND)
    crash_after(monkeypatch, house.catalog.files, "replace", 0)
    with pytest.raises(CrashError):
        house.index(path)
    monkeypatch.undo()
    house.new_indexer(make_embedder("other", 16)).rebuild()
    assert {len(each) for vectors in house.store.vectors.values() for each in vectors.values()} == {16}
    house.check()


def test_a_rebuild_of_two_files_that_became_one_stores_it_once(house: House) -> None:
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    house.index(house.folder)
    house.write("a.txt", SECOND)
    house.new_indexer(house.embedder).rebuild()
    assert len(house.catalog.policies()) == 1
    house.check()


def test_prune_refuses_to_remove_more_than_half_unless_told_to(house: House) -> None:
    for name in ("a.txt", "b.txt"):
        house.write(name, FIRST if name == "a.txt" else SECOND)
    house.index(house.folder)
    for path in house.folder.iterdir():
        path.unlink()
    with pytest.raises(PruneRefusedError, match=r"2 gone.*--prune-most"):
        house.indexer.prune()
    assert len(house.catalog.policies()) == 2
    assert len(house.indexer.prune(most=True)) == 2
    house.check()


@pytest.mark.parametrize("action", ["prune", "remove"])
def test_a_removal_ended_before_its_vectors_went_is_finished_by_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    gone = house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    house.index(house.folder)
    policy_id = house.catalog.policies()[0].policy_id
    gone.unlink()
    crash_after(monkeypatch, house.store, "remove", 0)
    with pytest.raises(CrashError):
        house.indexer.prune() if action == "prune" else house.indexer.remove_policy(policy_id)
    monkeypatch.undo()
    assert policy_id in house.store.vectors
    if action == "prune":
        assert house.indexer.prune() == []
    else:
        with pytest.raises(UnknownPolicyError):
            house.indexer.remove_policy(policy_id)
    house.check()


def test_prune_removes_what_came_from_files_that_are_gone(house: House) -> None:
    house.write("a.txt", FIRST)
    gone = house.write("b.txt", SECOND)
    house.index(house.folder)
    gone.unlink()
    assert [(report.path.name, report.status) for report in house.indexer.prune()] == [("b.txt", "removed")]
    assert len(house.catalog.policies()) == 1
    assert house.indexer.prune() == []
    house.check()


def test_a_removed_policy_is_gone_and_comes_back_with_its_file(house: House) -> None:
    path = house.write("a.txt", FIRST)
    house.index(path)
    house.indexer.remove_policy(house.catalog.policies()[0].policy_id)
    assert house.catalog.policies() == []
    house.check()
    assert house.statuses(path) == ["added"]
    with pytest.raises(UnknownPolicyError):
        house.indexer.remove_policy("p9")


def test_progress_and_reports_come_while_it_works(house: House) -> None:
    house.write("a.txt", FIRST)
    house.write("b.txt", SECOND)
    steps: list[tuple[str, int, int]] = []
    seen: list[str] = []
    house.indexer.index(
        [house.folder],
        progress=lambda what, done, total: steps.append((what, done, total)),
        on_report=lambda report: seen.append(report.path.name),
    )
    assert [step for step in steps if step[0].startswith("reading")] == [
        ("reading a.txt", 1, 2),
        ("reading b.txt", 2, 2),
    ]
    assert ("embedding 《澄湖区科技创新行动方案》", 2, 2) in steps
    assert seen == ["a.txt", "b.txt"]
    steps.clear()
    house.indexer.rebuild(progress=lambda what, done, total: steps.append((what, done, total)))
    assert [step for step in steps if step[0].startswith("reading")] == [
        ("reading a.txt", 1, 2),
        ("reading b.txt", 2, 2),
    ]
