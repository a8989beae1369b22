"""Work on the index that takes longer than a request: one job after another, with its progress."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Literal
from uuid import uuid4

from bot.errors import BotError, JobStoppedError, UnknownJobError
from ingest.errors import IngestError
from vectorstore.errors import CatalogBusyError, StoreError
from vectorstore.ingest_report import IngestReport, Progress

JobState = Literal["waiting", "running", "done", "failed"]
Work = Callable[[Progress], Sequence[IngestReport]]
OnEnd = Callable[["Job"], None]
# The page looks at a job while it runs; older ones nobody asks for.
_MOST_KEPT = 200
# Between two looks whether another process still writes the index.
_RETRY_SECONDS = 0.5
# Longer than a step of any job as a rule; a server must not outstay its stopping.
_STOP_SECONDS = 6.0
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


def new_job_id() -> str:
    """An id no other job has."""
    return uuid4().hex


class Jobs:
    """Runs jobs in a thread of its own: two at once would contend for the index.

    While another process writes the index, a job waits. Work may therefore run more than once.
    """

    def __init__(self) -> None:
        """No thread is started before the first job."""
        self._queue: SimpleQueue[tuple[Job, Work, OnEnd] | None] = SimpleQueue()
        self._worker: Thread | None = None
        self._stopping = Event()
        self._lock = Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, work: Work, *, job_id: str, on_end: OnEnd) -> Job:
        """Queues the work; the job tells how far it is. `on_end` comes before the job is seen as ended."""
        job = Job(job_id=job_id)
        with self._lock:
            self._jobs[job.job_id] = job
            while len(self._jobs) > _MOST_KEPT:
                self._jobs.popitem(last=False)
            if self._worker is None:
                # The process may end while a step is at work: what it leaves is put right by the next one.
                self._worker = Thread(target=self._work, name="clausewise-job", daemon=True)
                self._worker.start()
        self._queue.put((job, work, on_end))
        return job

    def job(self, job_id: str) -> Job:
        """The job as it stands; UnknownJobError without one."""
        with self._lock:
            if job_id not in self._jobs:
                raise UnknownJobError(job_id)
            return self._jobs[job_id]

    def stop(self) -> None:
        """The running job is to end at its next step, and no other begins; does not wait for it."""
        self._stopping.set()

    def close(self) -> None:
        """Stops the running job at its next step and drops those that wait."""
        self.stop()
        self._queue.put(None)
        if self._worker is not None:
            self._worker.join(_STOP_SECONDS)

    def _work(self) -> None:
        while (queued := self._queue.get()) is not None and not self._stopping.is_set():
            self._run(*queued)

    def _run(self, job: Job, work: Work, on_end: OnEnd) -> None:
        running = replace(job, state="running")

        def progress(doing: str, done: int, total: int) -> None:
            if self._stopping.is_set():
                raise JobStoppedError(job.job_id)
            self._note(replace(running, doing=doing, done=done, total=total))

        self._note(running)
        try:
            ended = self._ended(running, work, progress)
        except JobStoppedError:
            self._note(job)
            return
        try:
            on_end(ended)
        except Exception:
            # The work is done; at worst the next process does it once more, which changes nothing.
            _log.exception("the end of a job could not be noted")
        self._note(ended)

    def _ended(self, running: Job, work: Work, progress: Progress) -> Job:
        try:
            reports = self._patiently(work, progress)
        except JobStoppedError:
            raise
        except Exception as error:
            if self._stopping.is_set():
                # Its parts are stopped too, and what they raise then is not the fault of the work.
                raise JobStoppedError(running.job_id) from error
            if isinstance(error, (StoreError, IngestError, BotError)):
                return replace(running, state="failed", error=str(error))
            # Nobody waits for the thread, so what it raises is told here and in the log.
            _log.exception("a job failed")
            return replace(running, state="failed", error="it failed; the log says why")
        errors = "; ".join(report.error for report in reports if report.error)
        return replace(running, state="failed" if errors else "done", reports=reports, error=errors)

    def _patiently(self, work: Work, progress: Progress) -> tuple[IngestReport, ...]:
        while True:
            try:
                return tuple(work(progress))
            except CatalogBusyError:
                progress("waiting until another program has written the index", 0, 0)
                self._stopping.wait(_RETRY_SECONDS)

    def _note(self, job: Job) -> None:
        with self._lock:
            if job.job_id in self._jobs:
                self._jobs[job.job_id] = job
