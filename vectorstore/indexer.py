"""Makes the index match files: adds, replaces and removes; whole policy by whole policy.

A policy is marked unsettled before its vectors change, and settled by the transaction that writes it:
what a crash leaves between the two, `VectorIndex.settle` puts right.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Self

from ingest.input_files import InputFile, disk_path, find_file, former_source, gone_file, listed
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.opening import is_file
from ingest.policy import Clause, Policy
from vectorstore.catalog import Catalog
from vectorstore.context import context_of
from vectorstore.copies import Rivalry
from vectorstore.errors import PruneRefusedError
from vectorstore.ingest_report import IngestReport, IngestStatus, Progress
from vectorstore.parsing import Parse, Parsed, parse_file, parsed_in_order
from vectorstore.search import Embedder, VectorStore
from vectorstore.vector_index import Repair, VectorIndex

OnReport = Callable[[IngestReport], None]


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
        parse: Parse = parse_file,
        limits: Limits = DEFAULT_LIMITS,
        embedded_text: Callable[[Clause, str], str] = context_of,
    ) -> None:
        """The factory must be cheap: it gives an embedder that knows its fingerprint and loads when used.

        `embedded_text` says what of a clause under a title is embedded.
        """
        self._catalog = catalog
        self._vectors = VectorIndex(catalog, vector_store, embedder_factory, embedded_text=embedded_text)
        self._parse = parse
        self._limits = limits

    def parsing_by(self, parse: Parse) -> Self:
        """An indexer of the same catalog, vectors and embedder, with files parsed by another."""
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
            self._vectors.settle(progress)
            files = listed(paths, self._limits)
            return _collected(self._indexed(files, jobs, progress), on_report)

    def publish(self, waiting: Path, path: Path, *, progress: Progress = _no_progress) -> list[IngestReport]:
        """Indexes the file `waiting` as the one that is to stand at the real path `path`, before it does.

        If one stood there before, its policies go only if all of the new one can be read; whatever goes
        wrong, they stay or come back.
        """
        with self._catalog.exclusive():
            self._vectors.settle(progress)
            files = [_as_if_at(path, file, waiting) for file in listed([waiting], self._limits)]
            former = [each for each in self._catalog.files.all() if Path(each).is_relative_to(path)]
            parsed = ((file, self._parse(file, self._limits)) for file in files if file.known)
            if former and (broken := _broken(parsed)):
                return broken
            try:
                reports = list(self._indexed(files, 1, progress))
            except Exception:
                if former:
                    # The index is made to match the file that still stands at the path.
                    list(self._indexed(listed([path], self._limits), 1, progress))
                raise
            new = {file.source() for file in files}
            for gone in [each for each in former if each not in new]:
                self._vectors.forget(self._catalog.files.remove(gone))
            return reports

    def rebuild(
        self, *, jobs: int = 1, progress: Progress = _no_progress, on_report: OnReport = _no_report
    ) -> list[IngestReport]:
        """Reads every indexed file again and embeds everything with the embedder at hand.

        What came from a file that is gone or can no longer be read stays, embedded from the catalog.
        """
        with self._catalog.exclusive():
            self._vectors.start_over()
            sources = _one_source_each(self._catalog.files.all())
            reports = _collected(self._again(sources, jobs, progress), on_report)
            self._vectors.settle(progress)
            return reports

    def repair(self, *, progress: Progress = _no_progress) -> Repair:
        """Makes the vectors those of the catalog, without reading a file; also part of every other run.

        Raises EmbedderMismatchError before anything is written, CatalogBusyError beside another run.
        """
        with self._catalog.exclusive():
            return self._vectors.settle(progress)

    def prune(self, *, most: bool = False, progress: Progress = _no_progress) -> list[IngestReport]:
        """Removes what came from files that are gone.

        Raises PruneRefusedError if those are more than half, unless `most` says that they may be: a share
        that is not mounted must not empty the index.
        """
        with self._catalog.exclusive():
            self._vectors.drop_unknown()
            sources = self._catalog.files.all()
            gone = [source for source in sources if find_file(source, self._limits) is None]
            if not most and 2 * len(gone) > len(sources):
                raise PruneRefusedError(Path(gone[0]), gone=len(gone), total=len(sources))
            for source in gone:
                self._vectors.forget(self._catalog.files.remove(source))
            if self._vectors.matches_embedder():
                self._vectors.settle(progress)
            return [IngestReport(path=Path(source), status="removed") for source in gone]

    def remove_policy(self, policy_id: str) -> None:
        """Removes one policy with its vectors; UnknownPolicyError without one."""
        with self._catalog.exclusive():
            self._vectors.drop_unknown()
            self._catalog.remove_policy(policy_id)
            self._vectors.forget([policy_id])

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
        self._vectors.forget(self._catalog.files.add(source, sha256))
        report = self._report(file.path, "unchanged" if before is None else "replaced", sha256)
        return replace(report, warnings=(f"same content as {Path(others[0])}",))

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
        self._vectors.begin()
        self._catalog.vectors.mark_unsettled(policy.policy_id for policy in kept)
        # Known content is stored again if one of its policies was removed, and by a rebuild.
        self._vectors.remove(self._catalog.files.policy_ids_of(parsed.sha256))
        for policy in kept:
            self._vectors.write(policy, progress)
        self._vectors.forget(self._catalog.files.replace(source, parsed.sha256, kept))
        warnings = [*rivalry.settle()]
        self._vectors.forget(rivalry.gone)
        warnings += [warning for policy in kept for warning in policy.warnings]
        status: IngestStatus = "superseded" if not kept else "replaced" if was_known else "added"
        report = self._report(file.path, status, parsed.sha256)
        return replace(report, warnings=tuple(dict.fromkeys(warnings)), pages=_pages(kept))

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


def _broken(parsed: Iterable[tuple[InputFile, Parsed]]) -> list[IngestReport]:
    """The reports of the files that cannot be read; none if all can."""
    return [
        IngestReport(
            path=file.path, status="failed", error=f"{found.error}; the former file is kept as it was"
        )
        for file, found in parsed
        if found.error
    ]


def _one_source_each(sha256_of: Mapping[str, str]) -> list[str]:
    """Of the files by path a file for each content, one that still exists if there is one."""
    sources: dict[str, str] = {}
    for source, sha256 in sha256_of.items():
        if sha256 not in sources or not is_file(disk_path(sources[sha256])):
            sources[sha256] = source
    return list(sources.values())
