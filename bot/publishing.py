"""What an administrator does with the documents: each a job, since files are read and embedded."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.jobs import Job, Jobs
from bot.staging import Staging
from ingest.input_files import InputFile
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer, IngestReport, Progress


class Publishing:
    """Publishes, removes and re-reads documents, one job after another."""

    def __init__(
        self,
        staging: Staging,
        jobs: Jobs,
        open_catalog: Callable[[], Catalog],
        open_indexer: Callable[[Progress], Indexer],
    ) -> None:
        """An indexer is opened for each job: its model takes memory only while it is at work."""
        self.staging = staging
        self.jobs = jobs
        self._open_catalog = open_catalog
        self._open_indexer = open_indexer

    def publish(self, upload_id: str, *, replaces: str | None = None) -> Job:
        """Indexes an uploaded file; the policy it replaces goes when the new one is in.

        Raises UnknownUploadError at once; what goes wrong later is told by the job.
        """
        path = self.staging.publish(upload_id)

        def work(progress: Progress) -> Sequence[IngestReport]:
            reports = self._open_indexer(progress).index([path], progress=progress)
            if all(report.status == "failed" for report in reports):
                self.staging.withdraw(path)
            elif replaces is not None:
                self._remove_replaced(replaces, path, progress)
            return reports

        return self.jobs.start(work)

    def remove(self, policy_id: str) -> Job:
        """Removes a policy; its file too where it was uploaded and held nothing else."""

        def work(progress: Progress) -> Sequence[IngestReport]:
            self._remove(policy_id, progress)
            return ()

        return self.jobs.start(work)

    def rebuild(self) -> Job:
        """Reads every indexed file again and embeds everything anew."""
        return self.jobs.start(lambda progress: self._open_indexer(progress).rebuild(progress=progress))

    def _remove_replaced(self, policy_id: str, path: Path, progress: Progress) -> None:
        with self._open_catalog() as catalog:
            known = {each.policy_id for each in catalog.policies()}
            sha256 = catalog.files.sha256_of(InputFile(path=path).source())
            new = set(catalog.files.policy_ids_of(sha256)) if sha256 else set()
        # A file of the same name has taken its place already, and a copy gives way by itself.
        if policy_id in known - new:
            self._remove(policy_id, progress)

    def _remove(self, policy_id: str, progress: Progress) -> None:
        with self._open_catalog() as catalog:
            sha256 = catalog.policy(policy_id).source_sha256
            paths = catalog.files.paths_of(sha256)
            self._open_indexer(progress).remove_policy(policy_id)
            if not catalog.files.policy_ids_of(sha256):
                for path in paths:
                    self.staging.withdraw(path)
