"""What an administrator does with the documents: each a job, since files are read and embedded.

A job is in the journal of the catalog before anybody is told that it is accepted, and stays there until
it has come to an end: what a crash, a stop or a full disk interrupts is taken up by the next process.
All of it may be done again without harm.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter

from bot.documents.jobs import Job, Jobs, Work, new_job_id
from bot.documents.staging import Staging
from bot.errors import JobGivenUpError, UnknownJobError
from ingest.input_files import InputFile
from vectorstore.catalog import Catalog
from vectorstore.errors import CatalogMissingError, StoreError, UnknownPolicyError
from vectorstore.indexer import Indexer
from vectorstore.ingest_report import IngestReport, Progress
from vectorstore.journal import Ending, Entry

# A document that ends the process whenever it is read must not do so for ever.
_MOST_BEGINNINGS = 10
_JOB = TypeAdapter(Job)
_log = logging.getLogger(__name__)


def _nothing_to_stop() -> None: ...


class Publishing:
    """Publishes, removes and re-reads documents, one job after another."""

    def __init__(
        self,
        staging: Staging,
        jobs: Jobs,
        open_catalog: Callable[[], Catalog],
        open_indexer: Callable[[Progress], Indexer],
        *,
        stop: Callable[[], None] = _nothing_to_stop,
    ) -> None:
        """An indexer is opened for each job: its model takes memory only while it is at work.

        `stop` ends at once what reads files.
        """
        self.staging = staging
        self.jobs = jobs
        self._open_catalog = open_catalog
        self._open_indexer = open_indexer
        self._stop = stop

    def close(self) -> None:
        """Stops what is at work; the next process takes it up."""
        self.jobs.stop()
        self._stop()
        self.jobs.close()

    def resume(self) -> None:
        """Takes up what an earlier process accepted and did not end."""
        try:
            with self._open_catalog() as catalog:
                waiting = catalog.journal.waiting()
                promised = {entry.subject for entry in waiting if entry.action == "publish"}
                self.staging.tidy(promised, lambda upload: catalog.journal.of("publish", upload) is not None)
        except CatalogMissingError:
            return
        except (StoreError, OSError) as error:
            # Serving begins all the same, and every request says what is wrong with the data folder.
            _log.error("what was accepted before cannot be taken up yet: %s", error)
            return
        for entry in waiting:
            self._start(entry)

    def publish(self, upload_id: str, *, replaces: str | None = None) -> Job:
        """Indexes an uploaded file; the policy it replaces goes when the new one is in.

        Raises UnknownUploadError at once; what goes wrong later is told by the job. Asked for again, as
        after a lost answer, it gives the job that there is.
        """
        if not self.staging.is_waiting(upload_id) and (known := self._publishing_of(upload_id)):
            return self.job(known.job_id)
        self.staging.accept(upload_id)
        try:
            return self._accept("publish", upload_id, replaces)
        except BaseException:
            self.staging.give_back(upload_id)
            raise

    def remove(self, policy_id: str) -> Job:
        """Removes a policy; its file too where it was uploaded and held nothing else."""
        return self._accept("remove", policy_id)

    def rebuild(self) -> Job:
        """Reads every indexed file again and embeds everything anew."""
        return self._accept("reindex")

    def job(self, job_id: str) -> Job:
        """The job as it stands, also one of an earlier process; UnknownJobError without one."""
        try:
            return self.jobs.job(job_id)
        except UnknownJobError:
            entry = self._entry(job_id)
            if entry is None:
                raise
            return _JOB.validate_json(entry.outcome) if entry.outcome else Job(job_id=job_id)

    def _accept(self, action: str, subject: str = "", replaces: str | None = None) -> Job:
        entry = Entry(job_id=new_job_id(), action=action, subject=subject, replaces=replaces)
        try:
            catalog = self._open_catalog()
        except CatalogMissingError:
            self._open_indexer(_untold)  # makes the catalog
            catalog = self._open_catalog()
        with catalog:
            catalog.journal.accept(entry)
        return self._start(entry)

    def _start(self, entry: Entry) -> Job:
        return self.jobs.start(
            self._counted(entry), job_id=entry.job_id, on_end=lambda job: self._end(entry, job)
        )

    def _counted(self, entry: Entry) -> Work:
        """The work of the entry, which counts how often the process ended in it."""

        def work(progress: Progress) -> Sequence[IngestReport]:
            with self._open_catalog() as catalog:
                begun = catalog.journal.begin(entry.job_id)
            if begun > _MOST_BEGINNINGS:
                raise JobGivenUpError(begun - 1)
            try:
                return self._done(entry, progress)
            finally:
                with self._open_catalog() as catalog:
                    catalog.journal.interrupt(entry.job_id)

        return work

    def _done(self, entry: Entry, progress: Progress) -> Sequence[IngestReport]:
        if entry.action == "publish":
            return self._publish(entry.subject, entry.replaces, progress)
        if entry.action == "remove":
            self._remove(entry.subject, progress)
            return ()
        return self._open_indexer(progress).rebuild(progress=progress)

    def _end(self, entry: Entry, job: Job) -> None:
        state: Ending = "done" if job.state == "done" else "failed"
        with self._open_catalog() as catalog:
            catalog.journal.end(entry.job_id, state, _JOB.dump_json(job).decode())
        if entry.action == "publish":
            self.staging.forget(entry.subject)

    def _publish(self, upload_id: str, replaces: str | None, progress: Progress) -> Sequence[IngestReport]:
        """Indexes the file where it waits; only a whole success puts it in place of a former one."""
        indexer = self._open_indexer(progress)
        waiting = self.staging.accepted(upload_id)
        if waiting is None:
            # An earlier beginning put it in its place already; only what comes after may be missing.
            reports: Sequence[IngestReport] = ()
            path = self.staging.placed(upload_id)
        else:
            path = self.staging.target_of(waiting)
            reports = indexer.publish(waiting, path, progress=progress)
            if all(report.status == "failed" for report in reports):
                return reports
            self.staging.place(upload_id)
        if replaces is not None and path is not None:
            self._remove_replaced(replaces, path, progress)
        return reports

    def _remove_replaced(self, policy_id: str, path: Path, progress: Progress) -> None:
        with self._open_catalog() as catalog:
            known = {each.policy_id for each in catalog.policies()}
            sha256 = catalog.files.sha256_of(InputFile(path=path).source())
            new = set(catalog.files.policy_ids_of(sha256)) if sha256 else set()
        # A file of the same name has taken its place already, and a copy gives way by itself.
        if policy_id in known - new:
            self._remove(policy_id, progress)

    def _remove(self, policy_id: str, progress: Progress) -> None:
        """The file goes first: left behind by a crash, it would bring the policy back."""
        with self._open_catalog() as catalog:
            try:
                sha256 = catalog.policy(policy_id).source_sha256
            except UnknownPolicyError:
                sha256 = ""  # an earlier beginning or another process removed it
            if sha256 and catalog.files.policy_ids_of(sha256) == [policy_id]:
                with catalog.exclusive():
                    for path in catalog.files.paths_of(sha256):
                        self.staging.withdraw(path)
        # A removal that was ended may have left vectors, which go also if the policy has gone.
        with suppress(UnknownPolicyError):
            self._open_indexer(progress).remove_policy(policy_id)

    def _publishing_of(self, upload_id: str) -> Entry | None:
        try:
            with self._open_catalog() as catalog:
                return catalog.journal.of("publish", upload_id)
        except CatalogMissingError:
            return None

    def _entry(self, job_id: str) -> Entry | None:
        try:
            with self._open_catalog() as catalog:
                return catalog.journal.find(job_id)
        except CatalogMissingError:
            return None


def _untold(_what: str, _done: int, _total: int) -> None: ...
