"""Files → policies, on one core or several, in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from ingest.errors import IngestError
from ingest.input_files import InputFile
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.policy import Policy

# Files parsed ahead of the one being stored, for each process.
_AHEAD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file held, or why nothing could be had of it."""

    sha256: str = ""
    policies: tuple[Policy, ...] = ()
    error: str = ""


Parse = Callable[[InputFile, Limits], Parsed]


def parse_file(file: InputFile, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """The policies of the file, or the message of the error that says what to do."""
    # Whoever only asks reads no files, and need not wait for what reads them.
    from ingest.parse import parse

    try:
        document = file.read(limits)
        return Parsed(sha256=document.sha256, policies=parse(document))
    except IngestError as error:
        return Parsed(error=str(error))


def parsed_in_order(
    files: Iterable[InputFile], limits: Limits, *, jobs: int = 1, parse: Parse = parse_file
) -> Iterator[tuple[InputFile, Parsed]]:
    """Each file with what it held; several processes read ahead where `jobs` asks for them."""
    if jobs == 1:
        for file in files:
            yield file, parse(file, limits)
        return
    # A forked process would inherit the locks of the threads that the embedder runs.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[InputFile, Future[Parsed]]] = deque()
        for file in files:
            waiting.append((file, pool.submit(parse, file, limits)))
            if len(waiting) >= jobs * _AHEAD:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
