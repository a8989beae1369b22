"""Seconds by step, and parts that note theirs."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import ingest.parse
from ingest.input_files import InputFile
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.policy import Clause, Fact
from vectorstore.parsing import Parsed
from vectorstore.search import Embedder, Vector, Vectors

_Result = TypeVar("_Result")


class Stopwatch:
    """Adds up seconds by the name of a step."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Stands at zero."""
        self._clock = clock
        self.seconds: dict[str, float] = defaultdict(float)

    def timed(self, step: str, work: Callable[[], _Result]) -> _Result:
        """What the work gives; its seconds go to the step, less those that it gave to other steps."""
        before = sum(self.seconds.values())
        began = self._clock()
        result = work()
        inner = sum(self.seconds.values()) - before
        self.seconds[step] += self._clock() - began - inner
        return result

    def taken(self) -> dict[str, float]:
        """The seconds so far, and back to zero."""
        seconds = dict(self.seconds)
        self.seconds.clear()
        return seconds


class TimedEmbedder:
    """Notes what an embedder takes as the step `embed`."""

    def __init__(self, embedder: Embedder, watch: Stopwatch) -> None:
        """In front of this embedder."""
        self._embedder = embedder
        self._watch = watch

    @property
    def fingerprint(self) -> str:
        """Of the embedder behind."""
        return self._embedder.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        return self._watch.timed("embed", lambda: self._embedder.embed_passages(texts))

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question."""
        return self._watch.timed("embed", lambda: self._embedder.embed_query(text))


class TimedParse:
    """Reads and parses as the program does, and notes `read`, `parse` and `facts`."""

    def __init__(self, watch: Stopwatch) -> None:
        """With this stopwatch."""
        self._watch = watch

    def __call__(self, file: InputFile, limits: Limits = DEFAULT_LIMITS) -> Parsed:
        """The policies of the file; what cannot be read is no business of a benchmark and raises."""
        document = self._watch.timed("read", lambda: file.read(limits))
        with _extracting(self._watch):
            policies = self._watch.timed("parse", lambda: ingest.parse.parse(document))
        return Parsed(sha256=document.sha256, policies=policies)


@contextmanager
def _extracting(watch: Stopwatch) -> Iterator[None]:
    """Facts are extracted in the middle of parsing; only from there can their time be told apart."""
    extract: Callable[[tuple[Clause, ...], str], tuple[Fact, ...]] = vars(ingest.parse)["extract"]

    def timed(clauses: tuple[Clause, ...], policy_id: str) -> tuple[Fact, ...]:
        return watch.timed("facts", lambda: extract(clauses, policy_id))

    vars(ingest.parse)["extract"] = timed
    try:
        yield
    finally:
        vars(ingest.parse)["extract"] = extract
