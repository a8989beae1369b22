"""Accepted work is done by the next process if this one does not come to it."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy
import pytest

from bot.documents.jobs import Job, Jobs
from bot.documents.publishing import Publishing
from bot.documents.staging import Staging
from bot.errors import UnknownJobError, UnknownUploadError
from ingest.limits import DEFAULT_LIMITS
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.search import ScoredId, SearchFilter, Stored, Vector, Vectors

TEXT = "澄湖区租金补助办法\n\n第一条 为了扶持企业，制定本办法。\n"
Start = Callable[[], Publishing]


class FlatEmbedder:
    """Every text is the same vector."""

    fingerprint = "flat"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return numpy.ones((len(texts), 1), dtype=numpy.float32)

    def embed_query(self, text: str) -> Vector:
        return numpy.ones(len(text) > 0, dtype=numpy.float32)


class NoStore:
    """Keeps no vectors."""

    def add(self, policy_id: str, clause_ids: Sequence[str], vectors: Vectors) -> None: ...

    def remove(self, policy_id: str) -> None: ...

    def nearest(self, vector: Vector, *, limit: int, search_filter: SearchFilter) -> list[ScoredId]:
        return []

    def stored(self) -> Stored:
        return Stored(policy_of={})

    def claim(self, *_: object, **__: object) -> None: ...


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Another process on the same data folder."""
    path = tmp_path / "catalog.sqlite3"
    with Catalog.open(path, create=True):
        pass

    def started() -> Publishing:
        return Publishing(
            Staging(tmp_path / "uploads", tmp_path / "documents", DEFAULT_LIMITS),
            Jobs(),
            lambda: Catalog.open(path),
            lambda _progress: Indexer(Catalog.open(path), NoStore(), FlatEmbedder),
        )

    return started


def uploaded(publishing: Publishing, name: str = "办法.txt", text: str = TEXT) -> str:
    upload = publishing.staging.place_for(name)
    upload.path.write_text(text, encoding="utf-8")
    return upload.upload_id


def ended(publishing: Publishing, job_id: str) -> Job:
    for _ in range(500):
        if (job := publishing.job(job_id)).state in ("done", "failed"):
            return job
        time.sleep(0.01)
    raise AssertionError(f"the job did not end: {job}")


def titles(tmp_path: Path) -> list[str]:
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog:
        return [each.metadata.title for each in catalog.policies()]


def accepted_and_stopped(start: Start, tmp_path: Path) -> str:
    """The id of a publish job that was accepted by a process that ended before it came to it."""
    publishing = start()
    upload_id = uploaded(publishing)
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog, catalog.exclusive():
        job_id = publishing.publish(upload_id).job_id
        publishing.jobs.close()
    return job_id


def test_accepted_document_is_published_by_the_next_process_under_the_same_job(
    start: Start, tmp_path: Path
) -> None:
    job_id = accepted_and_stopped(start, tmp_path)
    assert titles(tmp_path) == []
    following = start()
    assert following.job(job_id).state == "waiting"
    following.resume()
    job = ended(following, job_id)
    assert (job.state, [report.status for report in job.reports]) == ("done", ["added"])
    assert titles(tmp_path) == ["澄湖区租金补助办法"]
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["办法.txt"]
    assert list((tmp_path / "uploads").iterdir()) == []
    assert start().job(job_id) == job


def test_accepted_upload_can_neither_be_discarded_nor_forgotten(start: Start, tmp_path: Path) -> None:
    publishing = start()
    upload_id = uploaded(publishing)
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog, catalog.exclusive():
        job_id = publishing.publish(upload_id).job_id
        with pytest.raises(UnknownUploadError):
            publishing.staging.discard(upload_id)
    assert ended(publishing, job_id).state == "done"


def test_upload_set_apart_but_never_promised_waits_again(start: Start) -> None:
    publishing = start()
    upload_id = uploaded(publishing)
    publishing.staging.accept(upload_id)
    assert not publishing.staging.is_waiting(upload_id)
    start().resume()
    assert publishing.staging.is_waiting(upload_id)


def test_document_put_in_its_place_before_a_crash_is_not_lost(start: Start, tmp_path: Path) -> None:
    job_id = accepted_and_stopped(start, tmp_path)
    publishing = start()
    (folder,) = (tmp_path / "uploads").iterdir()
    upload_id = folder.name.removesuffix(".accepted")
    indexer = publishing._open_indexer(lambda *_: None)
    indexer.publish(folder / "办法.txt", tmp_path / "documents" / "办法.txt")
    publishing.staging.place(upload_id)
    publishing.resume()
    assert ended(publishing, job_id).state == "done"
    assert titles(tmp_path) == ["澄湖区租金补助办法"]
    assert list((tmp_path / "uploads").iterdir()) == []


def test_work_that_always_ends_the_process_is_given_up_and_told(start: Start, tmp_path: Path) -> None:
    job_id = accepted_and_stopped(start, tmp_path)
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog:
        for _ in range(10):
            catalog.journal.begin(job_id)
    publishing = start()
    publishing.resume()
    job = ended(publishing, job_id)
    assert job.state == "failed" and "begun 10 times" in job.error
    assert list((tmp_path / "uploads").iterdir()) == []


def test_removal_that_was_half_done_is_done_by_the_next_process(start: Start, tmp_path: Path) -> None:
    publishing = start()
    assert ended(publishing, publishing.publish(uploaded(publishing)).job_id).state == "done"
    with Catalog.open(tmp_path / "catalog.sqlite3") as catalog:
        (policy,) = catalog.policies()
        with catalog.exclusive():
            job_id = publishing.remove(policy.policy_id).job_id
            publishing.jobs.close()
    (tmp_path / "documents" / "办法.txt").unlink()  # as far as a crash let it come
    following = start()
    following.resume()
    assert ended(following, job_id).state == "done"
    assert titles(tmp_path) == []


def test_unknown_job_is_told(start: Start) -> None:
    with pytest.raises(UnknownJobError):
        start().job("none")
