"""Parsing in processes of its own, which can be stopped and have a bound of memory.

A server parses in them: a file that takes too long or too much ends such a process and nothing else, and
requests do not share an interpreter with it.
"""

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread

from ingest.input_files import InputFile
from ingest.limits import Limits
from vectorstore.errors import ParsingStoppedError
from vectorstore.parsing import Parse, Parsed, parse_file

# The job at work and one upload; each further one waits.
_AT_ONCE = 2
_MEBIBYTE = 1 << 20
_NICE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """What no error of reading foresees, as text: not every exception goes from process to process."""

    told: str


_Outcome = Parsed | _Failure | None  # None: it took more memory than it may


class ConfinedParsing:
    """A `Parse` in other processes, which are started when first needed and kept for the next file."""

    def __init__(self, parse: Parse = parse_file) -> None:
        """`parse` goes to another process by its name."""
        self._parse = parse
        self._places = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._is_closed = False

    def __call__(self, file: InputFile, limits: Limits) -> Parsed:
        """What the file holds, or an error that says which limit it went beyond.

        ParsingStoppedError once it is closed.
        """
        with self._places, self._worker() as worker:
            try:
                outcome = worker.ask(file, limits)
            except TimeoutError:
                return Parsed(error=_too_slow(file, limits))
            except (EOFError, OSError):
                if self._is_closed:
                    raise ParsingStoppedError from None
                return Parsed(error=_too_large(file, limits))
        if isinstance(outcome, _Failure):
            raise RuntimeError(f"{file.path.name} could not be parsed\n{outcome.told}")
        return outcome or Parsed(error=_too_large(file, limits))

    def is_busy(self) -> bool:
        """Whether a file is being parsed."""
        with self._lock:
            return bool(self._busy)

    def close(self) -> None:
        """Ends all processes, also those at work."""
        with self._lock:
            self._is_closed = True
            for worker in (*self._idle, *self._busy):
                worker.end()
            self._idle.clear()

    @contextmanager
    def _worker(self) -> Iterator["_Worker"]:
        with self._lock:
            if self._is_closed:
                raise ParsingStoppedError
            worker = self._idle.pop() if self._idle else _Worker(self._parse)
            self._busy.append(worker)
        try:
            yield worker
        finally:
            with self._lock:
                self._busy.remove(worker)
                if worker.is_fit and not self._is_closed:
                    self._idle.append(worker)
                else:
                    worker.end()


class _Worker:
    """One process; it is fit for another file as long as each came to an end in it."""

    def __init__(self, parse: Parse) -> None:
        # A forked process would inherit the locks of the threads that the server runs.
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, parse), name="clausewise-parsing", daemon=True
        )
        self._process.start()
        theirs.close()
        self._has_begun = False
        self.is_fit = True

    def ask(self, file: InputFile, limits: Limits) -> _Outcome:
        """TimeoutError if it takes too long, EOFError or OSError if the process ends."""
        self.is_fit = False
        if not self._has_begun:
            # What it takes to start is not the fault of the file.
            self._has_begun = bool(self._connection.recv())
        self._connection.send((file, limits))
        if not self._connection.poll(limits.parse_seconds):
            raise TimeoutError
        outcome: _Outcome = self._connection.recv()
        self.is_fit = outcome is not None
        return outcome

    def end(self) -> None:
        """Kills the process and the programs it runs; whoever asks it gets EOFError."""
        if self._process.exitcode is not None:
            return  # its number may be that of another by now
        if self._process.pid is not None and sys.platform != "win32":
            # It may not have come to open the group yet.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()


def _serve(connection: Connection, parse: Parse) -> None:
    """What the process does: a file in, what it holds out, until the server is gone."""
    if sys.platform != "win32":
        # Ctrl-C in a terminal is for the server, and programs that are run here end with this process.
        os.setsid()
        # Whoever asks comes first.
        os.nice(_NICE)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        connection.send(True)
        while True:
            file, limits = connection.recv()
            connection.send(_outcome(file, limits, parse))


def _outcome(file: InputFile, limits: Limits, parse: Parse) -> _Outcome:
    try:
        _bound_memory(limits.parse_bytes)
        return parse(file, limits)
    except MemoryError:
        return None
    except Exception:
        return _Failure(told=traceback.format_exc())


def _end_with_parent() -> None:
    """A killed server closes nothing; what parses for it must not go on for nobody."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _bound_memory(most_bytes: int) -> None:
    """Bounds what the process may take beyond what it has, if the system can."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _taken_bytes() + most_bytes
    with suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


def _taken_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _too_slow(file: InputFile, limits: Limits) -> str:
    return (
        f"{file.path}: expected a file parsed within {limits.parse_seconds:g} seconds, found one that "
        "takes longer; split it, or raise CLAUSEWISE_LIMITS__PARSE_SECONDS"
    )


def _too_large(file: InputFile, limits: Limits) -> str:
    return (
        f"{file.path}: expected a file parsed in {limits.parse_bytes // _MEBIBYTE} MiB of memory, found "
        "one that ended the process that parsed it; split it, or raise CLAUSEWISE_LIMITS__PARSE_BYTES"
    )
