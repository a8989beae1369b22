"""Makes the index match files: adds, replaces and removes; whole policy by whole policy.

The catalog shows a policy only when its vectors are in: before vectors change, the policy is marked
unsettled, and the transaction that writes it takes the mark away. What a crash leaves marked is put
right at the start of the next run: vectors of unknown policies go, known policies are embedded again.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy

from ingest import parse, readers
from ingest.errors import IngestError
from ingest.policy import Policy
from ingest.source import SourceDocument
from vectorstore.catalog import Catalog
from vectorstore.context import context_of
from vectorstore.errors import EmbedderMismatchError
from vectorstore.listing import ListedFile, listed
from vectorstore.search import Embedder, Vectors, VectorStore

IngestStatus = Literal["added", "replaced", "unchanged", "removed", "skipped", "failed"]
# What is being done, steps done, steps in all.
Progress = Callable[[str, int, int], None]
OnReport = Callable[["IngestReport"], None]
_NO_VECTORS: Vectors = numpy.zeros((0, 0), dtype=numpy.float32)
# Passages embedded between two calls of the progress callback.
_STRIDE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of one file; counts are those of the whole file as it now stands in the catalog."""

    path: Path
    status: IngestStatus
    policies: int = 0
    clauses: int = 0
    facts: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0


def _no_progress(_what: str, _done: int, _total: int) -> None: ...


def _no_report(_report: IngestReport) -> None: ...


class Indexer:
    """Writes catalog and vectors together; the model is loaded only when something is to be embedded."""

    def __init__(
        self,
        catalog: Catalog,
        vector_store: VectorStore,
        embedder_factory: Callable[[], Embedder],
        *,
        read: Callable[[Path], SourceDocument] = readers.read,
        parse: Callable[[SourceDocument], tuple[Policy, ...]] = parse.parse,
    ) -> None:
        """The factory must be cheap: it gives an embedder that knows its fingerprint and loads when used."""
        self._catalog = catalog
        self._vector_store = vector_store
        self._embedder_factory = embedder_factory
        self._embedder: Embedder | None = None
        self._read = read
        self._parse = parse

    def index(
        self,
        paths: Sequence[Path],
        *,
        progress: Progress = _no_progress,
        on_report: OnReport = _no_report,
    ) -> list[IngestReport]:
        """Indexes files and folders; each report is also handed over as soon as its file is done.

        Raises EmbedderMismatchError before anything is written, CatalogBusyError beside another run.
        """
        with self._catalog.exclusive():
            self._check_fingerprint()
            self._settle(progress)
            return _collected((self._index(file, progress) for file in listed(paths)), on_report)

    def rebuild(
        self, *, progress: Progress = _no_progress, on_report: OnReport = _no_report
    ) -> list[IngestReport]:
        """Reads every indexed file again and embeds everything with the embedder at hand.

        What came from a file that is gone or can no longer be read stays, embedded from the catalog.
        """
        with self._catalog.exclusive():
            everything = [summary.policy_id for summary in self._catalog.policies()]
            self._catalog.set_fingerprint(self._current_embedder().fingerprint, unsettled=everything)
            self._drop_vectors(everything)
            reports = _collected((self._again(path, progress) for path in self._one_path_each()), on_report)
            self._settle(progress)
            return reports

    def prune(self) -> list[IngestReport]:
        """Removes what came from files that are gone."""
        with self._catalog.exclusive():
            gone = [Path(path) for path in self._catalog.files() if not Path(path).exists()]
            for path in gone:
                self._drop(self._catalog.remove_file(str(path)))
            return [IngestReport(path=path, status="removed") for path in gone]

    def remove_policy(self, policy_id: str) -> None:
        """Removes one policy with its vectors; UnknownPolicyError without one."""
        with self._catalog.exclusive():
            self._catalog.remove_policy(policy_id)
            self._drop([policy_id])

    def _index(self, file: ListedFile, progress: Progress) -> IngestReport:
        began = time.perf_counter()
        if not file.known:
            return IngestReport(path=file.path, status="skipped")
        try:
            report = self._index_known(file.path, progress)
        except IngestError as error:
            report = IngestReport(path=file.path, status="failed", error=str(error))
        return replace(report, seconds=time.perf_counter() - began)

    def _index_known(self, path: Path, progress: Progress) -> IngestReport:
        sha256, source = _sha256(path), str(path.resolve())
        files = self._catalog.files()
        if sha256 is not None and files.get(source) == sha256:
            return self._report(path, "unchanged", sha256)
        if sha256 is not None and sha256 in files.values():
            other = next(known for known, content in files.items() if content == sha256)
            self._drop(self._catalog.add_path(source, sha256))
            report = self._report(path, "replaced" if source in files else "unchanged", sha256)
            return replace(report, warnings=(f"same content as {other}", *report.warnings))
        document = self._store(path, progress)
        return self._report(path, "replaced" if source in files else "added", document.sha256)

    def _one_path_each(self) -> list[Path]:
        """A path for each content, one that still exists where there is one."""
        paths: dict[str, Path] = {}
        for path, sha256 in self._catalog.files().items():
            if sha256 not in paths or not paths[sha256].exists():
                paths[sha256] = Path(path)
        return list(paths.values())

    def _again(self, path: Path, progress: Progress) -> IngestReport:
        began = time.perf_counter()
        try:
            sha256 = self._store(path, progress).sha256
            report = self._report(path, "replaced", sha256)
        except IngestError as error:
            report = IngestReport(path=path, status="failed", error=f"{error}; its former clauses are kept")
        return replace(report, seconds=time.perf_counter() - began)

    def _store(self, path: Path, progress: Progress) -> SourceDocument:
        """Vectors first, then the catalog: a policy is never found by one and unknown to the other."""
        progress(f"reading {path.name}", 0, 1)
        document = self._read(path)
        policies = self._parse(document)
        embedder = self._current_embedder()
        if self._catalog.fingerprint() is None:
            self._catalog.set_fingerprint(embedder.fingerprint)
        self._catalog.mark_unsettled(policy.policy_id for policy in policies)
        for policy in policies:
            self._write_vectors(policy, progress)
        self._drop(self._catalog.replace_file(str(path.resolve()), document.sha256, policies))
        return document

    def _settle(self, progress: Progress) -> None:
        """Puts right what a crash left between catalog and vectors."""
        unsettled = self._catalog.unsettled()
        if not unsettled:
            return
        self._drop_vectors(unsettled)
        known = {summary.policy_id for summary in self._catalog.policies()}
        for policy_id in unsettled:
            if policy_id in known:
                self._write_vectors(self._catalog.policy(policy_id), progress)
            self._catalog.mark_settled([policy_id])

    def _drop(self, policy_ids: Sequence[str]) -> None:
        """Removes the vectors of policies that the catalog no longer has."""
        self._drop_vectors(policy_ids)
        if policy_ids:
            self._catalog.mark_settled(policy_ids)

    def _drop_vectors(self, policy_ids: Sequence[str]) -> None:
        for policy_id in policy_ids:
            self._vector_store.replace(policy_id, [], _NO_VECTORS)

    def _write_vectors(self, policy: Policy, progress: Progress) -> None:
        title = policy.metadata.title
        texts = [context_of(clause, title) for clause in policy.clauses]
        vectors = _embedded(self._current_embedder(), texts, f"embedding 《{title}》", progress)
        ids = [clause.clause_id for clause in policy.clauses]
        self._vector_store.replace(policy.policy_id, ids, vectors)

    def _check_fingerprint(self) -> None:
        indexed = self._catalog.fingerprint()
        current = self._current_embedder().fingerprint
        if indexed is not None and indexed != current:
            raise EmbedderMismatchError(indexed=indexed, current=current)

    def _current_embedder(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self._embedder_factory()
        return self._embedder

    def _report(self, path: Path, status: IngestStatus, sha256: str) -> IngestReport:
        ids = set(self._catalog.policy_ids_of(sha256))
        found = [summary for summary in self._catalog.policies() if summary.policy_id in ids]
        warnings = (warning for policy_id in ids for warning in self._catalog.policy(policy_id).warnings)
        return IngestReport(
            path=path,
            status=status,
            policies=len(found),
            clauses=sum(summary.clause_count for summary in found),
            facts=sum(summary.fact_count for summary in found),
            warnings=tuple(dict.fromkeys(warnings)),
        )


def _collected(reports: Iterable[IngestReport], on_report: OnReport) -> list[IngestReport]:
    collected = []
    for report in reports:
        on_report(report)
        collected.append(report)
    return collected


def _embedded(embedder: Embedder, texts: Sequence[str], what: str, progress: Progress) -> Vectors:
    """Vectors in the order of the texts, embedded by length: a batch takes its longest's time."""
    if not texts:
        return _NO_VECTORS
    order = sorted(range(len(texts)), key=lambda each: len(texts[each]))
    parts = []
    for start in range(0, len(order), _STRIDE):
        progress(what, start, len(order))
        parts.append(embedder.embed_passages([texts[each] for each in order[start : start + _STRIDE]]))
    progress(what, len(order), len(order))
    vectors = numpy.empty((len(texts), parts[0].shape[1]), dtype=numpy.float32)
    vectors[order] = numpy.concatenate(parts)
    return vectors


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        # The reader of the file says what is wrong with it.
        return None
