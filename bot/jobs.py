"""Work on the index that takes longer than a request: one job after another, with its progress."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal
from uuid import uuid4

from bot.errors import BotError, UnknownJobError
from ingest.errors import IngestError
from vectorstore.errors import StoreError
from vectorstore.indexer import IngestReport, Progress

JobState = Literal["waiting", "running", "done", "failed"]
Work = Callable[[Progress], Sequence[IngestReport]]
# The page looks at a job while it runs; older ones nobody asks for.
_MOST_KEPT = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How far a piece of work is; `done` of `total` steps of what is being done."""

    job_id: str
    state: JobState = "waiting"
    doing: str = ""
    done: int = 0
    total: int = 0
    reports: tuple[IngestReport, ...] = ()
    error: str = ""


class Jobs:
    """Runs jobs in a thread of its own: two at once would contend for the index."""

    def __init__(self) -> None:
        """No thread is started before the first job."""
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="clausewise-job")
        self._lock = Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, work: Work) -> Job:
        """Queues the work; the job tells how far it is."""
        job = Job(job_id=uuid4().hex)
        with self._lock:
            self._jobs[job.job_id] = job
            while len(self._jobs) > _MOST_KEPT:
                self._jobs.popitem(last=False)
        self._worker.submit(self._run, job, work)
        return job

    def job(self, job_id: str) -> Job:
        """The job as it stands; UnknownJobError without one."""
        with self._lock:
            if job_id not in self._jobs:
                raise UnknownJobError(job_id)
            return self._jobs[job_id]

    def close(self) -> None:
        """Lets the running job end and drops those that wait."""
        self._worker.shutdown(cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        running = replace(job, state="running")

        def progress(doing: str, done: int, total: int) -> None:
            self._note(replace(running, doing=doing, done=done, total=total))

        self._note(running)
        try:
            reports = tuple(work(progress))
        except (StoreError, IngestError, BotError) as error:
            self._note(replace(running, state="failed", error=str(error)))
        except BaseException:
            # Nobody waits for the thread, so what it raises is told here and in the log.
            _log.exception("a job failed")
            self._note(replace(running, state="failed", error="it failed; the log says why"))
            raise
        else:
            errors = "; ".join(report.error for report in reports if report.error)
            state: JobState = "failed" if errors else "done"
            self._note(replace(running, state=state, reports=reports, error=errors))

    def _note(self, job: Job) -> None:
        with self._lock:
            if job.job_id in self._jobs:
                self._jobs[job.job_id] = job
