import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest
from rich.console import Console

from bot.commands.parts import Parts
from bot.commands.progress import progress_on
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.search import Stored, Vector, Vectors

Run = Callable[..., Any]


class FlatEmbedder:
    """Every text is the same vector."""

    fingerprint = "flat"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return numpy.ones((len(texts), 1), dtype=numpy.float32)

    def embed_query(self, _text: str) -> Vector:
        return numpy.ones(1, dtype=numpy.float32)


class NoStore:
    """Keeps no vectors."""

    def add(self, *_: object) -> None: ...

    def remove(self, _: str) -> None: ...

    def nearest(self, *_: object, **__: object) -> list[Any]:
        return []

    def stored(self) -> Stored:
        return Stored(policy_of={})

    def claim(self, *_: object, **__: object) -> None: ...


@pytest.fixture
def indexing(run: Run, tmp_path: Path) -> Run:
    path = tmp_path / "data" / "catalog.sqlite3"

    def indexer(*_: object) -> Indexer:
        return Indexer(Catalog.open(path, create=True), NoStore(), FlatEmbedder)

    parts = Parts(catalog=lambda _: Catalog.open(path), indexer=indexer)
    return lambda *arguments: run(*arguments, parts=parts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "办法.txt").write_text("某办法\n\n第一条 为了扶持企业，制定本办法。\n", encoding="utf-8")
    (made / "photo.heic").write_bytes(b"?")
    return made


def test_report_names_each_file_and_lists_what_was_skipped(indexing: Run, folder: Path) -> None:
    ran = indexing("ingest", str(folder))
    assert ran.code == 0
    assert "办法.txt  added" in ran.out
    assert "skipped" in ran.out
    assert "photo.heic" in ran.out


def test_second_run_changes_nothing(indexing: Run, folder: Path) -> None:
    indexing("ingest", str(folder))
    files = indexing("ingest", str(folder), "--json").json["files"]
    assert {file["status"] for file in files} == {"unchanged", "skipped"}


def test_failed_file_is_named_the_others_go_on_and_the_exit_code_is_1(indexing: Run, folder: Path) -> None:
    ran = indexing("ingest", str(folder / "photo.heic"), str(folder / "办法.txt"), "--json")
    assert ran.code == 1
    assert [(Path(file["path"]).name, file["status"]) for file in ran.json["files"]] == [
        ("photo.heic", "failed"),
        ("办法.txt", "added"),
    ]
    assert "photo.heic" in ran.json["files"][0]["error"]
    assert ran.json["failed"] == 1


def test_pruned_document_is_reported_as_removed(indexing: Run, folder: Path) -> None:
    indexing("ingest", str(folder))
    (folder / "办法.txt").unlink()
    assert [file["status"] for file in indexing("ingest", "--prune-most", "--json").json["files"]] == [
        "removed"
    ]


def test_pruning_an_index_whose_files_are_all_gone_is_refused(indexing: Run, folder: Path) -> None:
    indexing("ingest", str(folder))
    (folder / "办法.txt").unlink()
    ran = indexing("ingest", "--prune")
    assert ran.code != 0 and "--prune-most" in ran.err


def test_rebuild_reads_every_document_again(indexing: Run, folder: Path) -> None:
    indexing("ingest", str(folder))
    assert [file["status"] for file in indexing("ingest", "--rebuild", "--json").json["files"]] == [
        "replaced"
    ]


def test_samples_come_with_the_package(indexing: Run) -> None:
    ran = indexing("ingest", "--samples", "--json")
    assert ran.code == 0
    assert len(ran.json["files"]) >= 6


def test_paths_that_do_not_exist_are_all_named_before_anything_is_done(
    indexing: Run, folder: Path, tmp_path: Path
) -> None:
    ran = indexing("ingest", str(folder / "办法.txt"), str(folder / "没有.docx"), "/nowhere", "x" * 300)
    assert (ran.code, ran.out) == (1, "")
    told = ran.err.removeprefix("clausewise: ").splitlines()
    assert [line.split(":")[0] for line in told] == [str(folder / "没有.docx"), "/nowhere", "x" * 300]
    assert all("check the path" in line for line in told)
    assert not (tmp_path / "data").exists()


def test_each_file_is_counted_and_named_without_a_terminal(indexing: Run, folder: Path) -> None:
    (folder / "细则[1].txt").write_text("某细则\n\n第一条 为了扶持企业，制定本细则。\n", encoding="utf-8")
    told = indexing("ingest", str(folder)).err.splitlines()
    assert [line for line in told if " of " in line] == [
        "1 of 3: reading photo.heic",
        "2 of 3: reading 办法.txt",
        "3 of 3: reading 细则[1].txt",
    ]
    assert "2 of 2: reading 细则[1].txt" in indexing("ingest", "--rebuild").err.splitlines()


def test_a_terminal_shows_the_file_and_its_count(folder: Path) -> None:
    screen = io.StringIO()
    with progress_on(Console(file=screen, force_terminal=True, width=100)) as progress:
        progress("reading 办法.txt", 12, 39)
        progress("embedding 《某办法》", 3, 9)
    assert "reading 办法.txt" in screen.getvalue() and "12/39" in screen.getvalue()
    assert "embedding 《某办法》" in screen.getvalue()


def test_nothing_to_do_is_a_usage_error(indexing: Run) -> None:
    assert indexing("ingest").code == 2
