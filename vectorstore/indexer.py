"""Makes the index match files: adds, replaces and removes; whole policy by whole policy.

The catalog shows a policy only when its vectors are in: before vectors change, the policy is marked
unsettled, and the transaction that writes it takes the mark away. What a crash leaves marked is put
right at the start of the next run: vectors of unknown policies go, known policies are embedded again.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

import numpy

from ingest.input_files import InputFile, disk_path, find_file, former_source, gone_file, listed
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.opening import is_file
from ingest.policy import Clause, Policy
from vectorstore.agreement import difference
from vectorstore.catalog import Catalog
from vectorstore.catalog_writing import new_mark
from vectorstore.context import context_of, is_substantive
from vectorstore.copies import Rivalry
from vectorstore.errors import EmbedderMismatchError, PruneRefusedError
from vectorstore.parsing import Parse, Parsed, parse_file, parsed_in_order
from vectorstore.search import Embedder, Vectors, VectorStore
from vectorstore.sentences import sentence_spans

IngestStatus = Literal["added", "replaced", "unchanged", "superseded", "removed", "skipped", "failed"]
# What is being done, steps done, steps in all; of files, which of them it is and how many there are.
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
    pages: int = 0  # of a format that has pages; known where the file was read
    warnings: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0


def _no_progress(_what: str, _done: int, _total: int) -> None: ...


def _no_report(_report: IngestReport) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The documents whose vectors were embedded again, and the vectors that had no business there."""

    embedded: int = 0
    removed: int = 0


class Indexer:
    """Writes catalog and vectors together; the model is loaded only when something is to be embedded."""

    def __init__(
        self,
        catalog: Catalog,
        vector_store: VectorStore,
        embedder_factory: Callable[[], Embedder],
        *,
        parse: Parse = parse_file,
        limits: Limits = DEFAULT_LIMITS,
        embedded_text: Callable[[Clause, str], str] = context_of,
    ) -> None:
        """The factory must be cheap: it gives an embedder that knows its fingerprint and loads when used.

        `embedded_text` says what of a clause under a title is embedded.
        """
        self._catalog = catalog
        self._vector_store = vector_store
        self._embedder_factory = embedder_factory
        self._embedder: Embedder | None = None
        self._parse = parse
        self._limits = limits
        self._embedded_text = embedded_text

    def parsing_by(self, parse: Parse) -> Self:
        """The same indexer, with files parsed by another."""
        other = copy(self)
        other._parse = parse
        return other

    def index(
        self,
        paths: Sequence[Path],
        *,
        jobs: int = 1,
        progress: Progress = _no_progress,
        on_report: OnReport = _no_report,
    ) -> list[IngestReport]:
        """Indexes files, folders and archives; each report is also handed over as soon as its file is done.

        `jobs` processes read and parse. Raises EmbedderMismatchError before anything is written,
        CatalogBusyError beside another run.
        """
        with self._catalog.exclusive():
            self._settle(progress)
            files = listed(paths, self._limits)
            return _collected(self._indexed(files, jobs, progress), on_report)

    def publish(self, waiting: Path, path: Path, *, progress: Progress = _no_progress) -> list[IngestReport]:
        """Indexes the file `waiting` as the one that is to stand at the real path `path`, before it does.

        If one stood there before, its policies go only if all of the new one can be read; whatever goes
        wrong, they stay or come back.
        """
        with self._catalog.exclusive():
            self._settle(progress)
            files = [_as_if_at(path, file, waiting) for file in listed([waiting], self._limits)]
            former = self._below(path)
            if former and (broken := self._broken(files)):
                return broken
            try:
                reports = list(self._indexed(files, 1, progress))
            except Exception:
                if former:
                    self._restore(path, progress)
                raise
            new = {file.source() for file in files}
            for gone in [each for each in former if each not in new]:
                self._drop(self._catalog.files.remove(gone))
            return reports

    def rebuild(
        self, *, jobs: int = 1, progress: Progress = _no_progress, on_report: OnReport = _no_report
    ) -> list[IngestReport]:
        """Reads every indexed file again and embeds everything with the embedder at hand.

        What came from a file that is gone or can no longer be read stays, embedded from the catalog.
        """
        with self._catalog.exclusive():
            everything = [summary.policy_id for summary in self._catalog.policies()]
            self._catalog.set_fingerprint(self._current_embedder().fingerprint, unsettled=everything)
            # All of them will be written anew, whatever is there.
            self._claim(tuple(self._vector_store.stored().policy_of))
            # What a crash left of policies that the catalog never had goes too.
            self._drop_vectors([*everything, *self._catalog.unsettled()])
            reports = _collected(self._again(self._one_source_each(), jobs, progress), on_report)
            self._settle(progress)
            return reports

    def repair(self, *, progress: Progress = _no_progress) -> Repair:
        """Makes the vectors those of the catalog, without reading a file; also part of every other run.

        Raises EmbedderMismatchError before anything is written, CatalogBusyError beside another run.
        """
        with self._catalog.exclusive():
            return self._settle(progress)

    def prune(self, *, most: bool = False, progress: Progress = _no_progress) -> list[IngestReport]:
        """Removes what came from files that are gone.

        Raises PruneRefusedError if those are more than half, unless `most` says that they may be: a share
        that is not mounted must not empty the index.
        """
        with self._catalog.exclusive():
            self._drop_unknown()
            sources = self._catalog.files.all()
            gone = [source for source in sources if find_file(source, self._limits) is None]
            if not most and 2 * len(gone) > len(sources):
                raise PruneRefusedError(Path(gone[0]), gone=len(gone), total=len(sources))
            for source in gone:
                self._drop(self._catalog.files.remove(source))
            if self._catalog.fingerprint() == self._current_embedder().fingerprint:
                self._settle(progress)
            return [IngestReport(path=Path(source), status="removed") for source in gone]

    def remove_policy(self, policy_id: str) -> None:
        """Removes one policy with its vectors; UnknownPolicyError without one."""
        with self._catalog.exclusive():
            self._drop_unknown()
            self._catalog.remove_policy(policy_id)
            self._drop([policy_id])

    def _below(self, path: Path) -> list[str]:
        """The indexed paths that are this one or lie in it."""
        return [each for each in self._catalog.files.all() if Path(each).is_relative_to(path)]

    def _broken(self, files: Sequence[InputFile]) -> list[IngestReport]:
        """The reports of the files that cannot be read; none if all can."""
        parsed = ((file, self._parse(file, self._limits)) for file in files if file.known)
        return [
            IngestReport(
                path=file.path, status="failed", error=f"{found.error}; the former file is kept as it was"
            )
            for file, found in parsed
            if found.error
        ]

    def _restore(self, path: Path, progress: Progress) -> None:
        """Makes the index match the file that still stands at the path."""
        for _ in self._indexed(listed([path], self._limits), 1, progress):
            pass

    def _indexed(self, files: Sequence[InputFile], jobs: int, progress: Progress) -> Iterator[IngestReport]:
        """A report a file, in order; only files whose content is new are read."""
        known: dict[str, IngestReport] = {}
        parsed = parsed_in_order(self._new(files, known), self._limits, jobs=jobs, parse=self._parse)
        following = next(parsed, None)
        for place, file in enumerate(files):
            progress(f"reading {file.path.name}", place + 1, len(files))
            began = time.perf_counter()
            if following is not None and following[0] is file:
                # What was parsed ahead may meanwhile have come in from another path.
                report = self._known(file) or self._store(*following, progress)
                following = next(parsed, None)
            else:
                report = known.pop(file.source())
            yield replace(report, seconds=time.perf_counter() - began)

    def _new(self, files: Iterable[InputFile], known: dict[str, IngestReport]) -> Iterator[InputFile]:
        for file in files:
            report = IngestReport(path=file.path, status="skipped") if not file.known else self._known(file)
            if report is None:
                yield file
            else:
                known[file.source()] = report

    def _known(self, file: InputFile) -> IngestReport | None:
        """The report of a file whose content is indexed already."""
        sha256, source = file.sha256(self._limits), file.source()
        if sha256 is None:
            return None
        former = former_source(file)
        if former is not None and self._catalog.files.sha256_of(former) is not None:
            self._catalog.files.rename(former, source)
        before = self._catalog.files.sha256_of(source)
        if before == sha256:
            return self._report(file.path, "unchanged", sha256)
        others = self._catalog.files.paths_of(sha256)
        if not others:
            return None
        self._drop(self._catalog.files.add(source, sha256))
        report = self._report(file.path, "unchanged" if before is None else "replaced", sha256)
        return replace(report, warnings=(f"same content as {Path(others[0])}",))

    def _one_source_each(self) -> list[str]:
        """A file for each content, one that still exists where there is one."""
        sources: dict[str, str] = {}
        for source, sha256 in self._catalog.files.all().items():
            if sha256 not in sources or not is_file(disk_path(sources[sha256])):
                sources[sha256] = source
        return list(sources.values())

    def _again(self, sources: Sequence[str], jobs: int, progress: Progress) -> Iterator[IngestReport]:
        files = (find_file(each, self._limits) or gone_file(each) for each in sources)
        again = parsed_in_order(files, self._limits, jobs=jobs, parse=self._parse)
        for place, (file, parsed) in enumerate(again):
            progress(f"reading {file.path.name}", place + 1, len(sources))
            began = time.perf_counter()
            report = self._store(file, parsed, progress)
            if report.status == "failed":
                report = replace(report, error=f"{report.error}; its former clauses are kept")
            elif report.status == "added":
                report = replace(report, status="replaced")
            yield replace(report, seconds=time.perf_counter() - began)

    def _store(self, file: InputFile, parsed: Parsed, progress: Progress) -> IngestReport:
        """Vectors first, then the catalog: a policy is never found by one and unknown to the other."""
        if parsed.error:
            return IngestReport(path=file.path, status="failed", error=parsed.error)
        source = file.source()
        was_known = self._catalog.files.sha256_of(source) is not None
        rivalry = Rivalry(self._catalog.files, file, parsed.policies, self._limits)
        kept = rivalry.kept
        embedder = self._current_embedder()
        if self._catalog.fingerprint() is None:
            self._catalog.set_fingerprint(embedder.fingerprint)
            self._claim(())
        self._catalog.mark_unsettled(policy.policy_id for policy in kept)
        # Known content is stored again where one of its policies was removed, and by a rebuild.
        self._drop_vectors(self._catalog.files.policy_ids_of(parsed.sha256))
        for policy in kept:
            self._write_vectors(policy, progress)
        self._drop(self._catalog.files.replace(source, parsed.sha256, kept))
        warnings = [*rivalry.settle()]
        self._drop(rivalry.gone)
        warnings += [warning for policy in kept for warning in policy.warnings]
        status: IngestStatus = "superseded" if not kept else "replaced" if was_known else "added"
        report = self._report(file.path, status, parsed.sha256)
        return replace(report, warnings=tuple(dict.fromkeys(warnings)), pages=_pages(kept))

    def _settle(self, progress: Progress) -> Repair:
        """Puts right what a crash, or a change of the store alone, left between catalog and vectors."""
        self._check_fingerprint()
        found = difference(self._catalog, self._vector_store)
        self._claim(found.foreign)
        if found.lacking:
            self._catalog.mark_unsettled(found.lacking)
        unsettled = self._catalog.unsettled()
        known = {summary.policy_id for summary in self._catalog.policies()}
        for policy_id in unsettled:
            self._drop_vectors([policy_id])
            if policy_id in known:
                self._write_vectors(self._catalog.policy(policy_id), progress)
            self._catalog.mark_settled([policy_id])
        return Repair(embedded=len(known.intersection(unsettled)), removed=len(found.foreign))

    def _claim(self, foreign: Sequence[str]) -> None:
        """Removes the foreign vectors and gives the store the mark of the catalog."""
        mark = self._catalog.vectors.mark()
        fingerprint = self._catalog.fingerprint()
        if mark is not None or fingerprint is None:
            self._vector_store.claim(mark, without=foreign)
            return
        # A catalog of before marks were kept: its vectors are taken for its own, in this order, since a
        # marked catalog beside a store without a mark would have all of them embedded again.
        kept = self._vector_store.stored().mark
        mark = kept if kept and kept.startswith(f"{fingerprint} ") else new_mark(fingerprint)
        self._vector_store.claim(mark, without=foreign)
        self._catalog.vectors.set_mark(mark)

    def _drop_unknown(self) -> None:
        """Removes the vectors that a removal left when it was ended; needs no model."""
        known = {summary.policy_id for summary in self._catalog.policies()}
        self._drop([each for each in self._catalog.unsettled() if each not in known])

    def _drop(self, policy_ids: Sequence[str]) -> None:
        """Removes the vectors of policies that the catalog no longer has."""
        self._drop_vectors(policy_ids)
        if policy_ids:
            self._catalog.mark_settled(policy_ids)

    def _drop_vectors(self, policy_ids: Sequence[str]) -> None:
        for policy_id in policy_ids:
            self._vector_store.remove(policy_id)
            self._catalog.sentences.replace(policy_id, {})

    def _write_vectors(self, policy: Policy, progress: Progress) -> None:
        title = policy.metadata.title
        texts = [self._embedded_text(clause, title) for clause in policy.clauses]
        sentences = [
            (clause.clause_id, clause.text[start - clause.start : end - clause.start])
            for clause in policy.clauses
            if is_substantive(clause)
            for start, end in sentence_spans(clause)
        ]
        texts += [text for _, text in sentences]
        vectors = _embedded(self._current_embedder(), texts, f"embedding 《{title}》", progress)
        ids = [clause.clause_id for clause in policy.clauses]
        self._vector_store.add(policy.policy_id, ids, vectors[: len(ids)])
        places: dict[str, list[int]] = {}
        for place, (clause_id, _) in enumerate(sentences, start=len(ids)):
            places.setdefault(clause_id, []).append(place)
        self._catalog.sentences.replace(
            policy.policy_id, {clause_id: vectors[found] for clause_id, found in places.items()}
        )

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
        policies, clauses, facts = self._catalog.files.counts_of(sha256)
        return IngestReport(path=path, status=status, policies=policies, clauses=clauses, facts=facts)


def _as_if_at(path: Path, file: InputFile, waiting: Path) -> InputFile:
    """The file with the name it will have, its content read from where it waits."""
    inside = file.path.relative_to(waiting)
    packed = path if file.archive else None
    return replace(file, path=path / inside, archive=packed, exact=path, lies_at=waiting)


def _pages(policies: Iterable[Policy]) -> int:
    return max((clause.page or 0 for policy in policies for clause in policy.clauses), default=0)


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
