"""Of two files that hold the same policy one is kept, and the other is named."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.policy import Metadata
from vectorstore.catalog import Catalog
from vectorstore.copies import identity_of
from vectorstore.indexer import Indexer
from vectorstore.search import Embedder, VectorStore

NOTICE = (
    "澄湖区人民政府关于印发科技创新办法的通知\n澄政发〔2024〕3号\n第一条 区科技局牵头推进创新。\n第二条 {}"
)
DATED = Metadata(title="科技创新办法实施细则", issuers=("澄湖区科技局",), signed_on=date(2024, 3, 1))


@pytest.fixture
def indexer(catalog: Catalog, memory_store: VectorStore, word_embedder: Embedder) -> Indexer:
    return Indexer(catalog, memory_store, lambda: word_embedder)


def _write(path: Path, last: str, *, written_at: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(NOTICE.format(last), encoding="utf-8")
    os.utime(path, (written_at, written_at))
    return path


def test_the_newer_copy_takes_the_place_of_the_older(
    tmp_path: Path, indexer: Indexer, catalog: Catalog
) -> None:
    older = _write(tmp_path / "files" / "b.txt", "自发布之日起施行。", written_at=1000)
    newer = _write(tmp_path / "c.txt", "自印发之日起施行。", written_at=2000)
    assert [report.status for report in indexer.index([older])] == ["added"]
    (report,) = indexer.index([newer])
    assert report.status == "added" and str(older) in report.warnings[0]
    assert [summary.source for summary in catalog.policies()] == ["c.txt"]


def test_an_older_copy_is_not_taken_in_and_the_kept_one_is_named(
    tmp_path: Path, indexer: Indexer, catalog: Catalog
) -> None:
    newer = _write(tmp_path / "files" / "a.txt", "自印发之日起施行。", written_at=2000)
    older = _write(tmp_path / "files" / "b.txt", "自发布之日起施行。", written_at=1000)
    reports = indexer.index([tmp_path / "files"])
    assert [report.status for report in reports] == ["added", "superseded"]
    assert str(newer) in reports[1].warnings[0]
    assert [report.status for report in indexer.index([older])] == ["unchanged"]


def test_the_older_copy_comes_back_when_the_newer_goes(
    tmp_path: Path, indexer: Indexer, catalog: Catalog
) -> None:
    newer = _write(tmp_path / "files" / "a.txt", "自印发之日起施行。", written_at=2000)
    _write(tmp_path / "files" / "b.txt", "自发布之日起施行。", written_at=1000)
    indexer.index([tmp_path / "files"])
    newer.unlink()
    assert [report.path for report in indexer.prune()] == [newer]
    assert [report.status for report in indexer.index([tmp_path / "files"])] == ["added"]
    assert [summary.source for summary in catalog.policies()] == ["b.txt"]


def test_brackets_and_blanks_make_no_other_policy() -> None:
    first = Metadata(title="关于印发 科技创新办法的通知", document_number="澄政发〔2024〕3号")
    second = Metadata(title="关于印发科技创新办法的通知", document_number="澄政发[2024]3号")
    assert identity_of(first) == identity_of(second) != ""


def test_a_policy_without_a_number_is_known_by_issuers_and_date() -> None:
    assert identity_of(DATED) != identity_of(replace(DATED, signed_on=date(2025, 3, 1)))
    assert identity_of(replace(DATED, issuers=())) == ""


def test_too_short_a_title_tells_nothing() -> None:
    assert identity_of(Metadata(title="通知", document_number="澄政发〔2024〕3号")) == ""
