"""What ingestion, a question and the memory cost as the catalog grows, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import log
from pathlib import Path
from statistics import median, quantiles

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.answering.attempt import Attempt
from bot.settings import Settings
from bot.wiring import join_assistant, open_catalog, open_judge, open_understander
from eval.benchmarks.speed.memory import resident_megabytes
from eval.benchmarks.speed.stopwatch import Stopwatch, TimedEmbedder, TimedParse
from eval.benchmarks.speed.synthetic import SyntheticDocuments
from eval.runner import Progress
from vectorstore.agreement import Agreement
from vectorstore.catalog import Catalog
from vectorstore.indexer import Indexer
from vectorstore.rerankers.none import NoReranker
from vectorstore.retriever import Retriever
from vectorstore.search import Embedder
from vectorstore.stores.chroma import ChromaStore

INGEST_STEPS = ("read", "parse", "facts", "embed", "store")
QUERY_STEPS = ("understand", "embed", "retrieve", "read", "compose", "prove")
_DOCUMENTS_AT_ONCE = 20
_SHARE_AT_ONCE = 0.02  # of the documents there are, where that is more
_SPREAD = 7_919  # scatters questions over the documents, the same in every run
_BYTES_PER_MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The cost at a size: of the documents since the point before, and of questions."""

    documents: int
    clauses: int
    ingest_ms_per_clause: Mapping[str, float]  # by INGEST_STEPS
    first_question_ms: float  # after a change, when what the documents name is read anew
    query_ms: Mapping[str, float]  # the median by QUERY_STEPS
    query_p50_ms: float
    query_p95_ms: float
    resident_mb: float
    disk_mb: float


class GrowingLibrary:
    """A data folder that takes in ever more synthetic documents."""

    def __init__(
        self, documents: SyntheticDocuments, embedder: Embedder, settings: Settings, folder: Path
    ) -> None:
        """Starts empty in the folder."""
        self._documents = documents
        self._folder = folder
        self._day = settings.day_of_asking()
        self._watch = Stopwatch()
        self._written = 0
        self._asked_before = 0
        here = settings.model_copy(update={"data": folder / "data"})
        timed = TimedEmbedder(embedder, self._watch)
        self._catalog = open_catalog(here, create=True)
        store = ChromaStore(here.data / "chroma")
        self._indexer = Indexer(self._catalog, store, lambda: timed, parse=TimedParse(self._watch))
        self._assistant = _assistant(self._catalog, store, timed, here)

    def points(self, sizes: Sequence[int], questions: Sequence[str], progress: Progress) -> Iterator[Point]:
        """The cost at each size, counted in clauses, smallest first."""
        for size in sizes:
            before = self._catalog.clause_total()
            self._watch.taken()
            self._grow_to(size, progress)
            ingest, total = self._watch.taken(), self._catalog.clause_total()
            first, *asked = [self._asked(each) for each in (questions[0], *questions)]
            whole = [_milliseconds(each) for each in asked]
            yield Point(
                documents=self._written,
                clauses=total,
                ingest_ms_per_clause={
                    step: 1000 * ingest.get(step, 0.0) / (total - before) for step in INGEST_STEPS
                },
                first_question_ms=_milliseconds(first),
                query_ms={step: 1000 * median(each.get(step, 0.0) for each in asked) for step in QUERY_STEPS},
                query_p50_ms=median(whole),
                query_p95_ms=quantiles(whole, n=20)[-1],
                resident_mb=resident_megabytes(),
                disk_mb=_megabytes_of(self._folder / "data"),
            )

    def _grow_to(self, size: int, progress: Progress) -> None:
        while (total := self._catalog.clause_total()) < size:
            progress(f"growing to {size:,} clauses", total, size)
            more = max(_DOCUMENTS_AT_ONCE, int(self._written * _SHARE_AT_ONCE))
            numbers = range(self._written, self._written + more)
            batch = self._folder / "documents" / str(self._written)
            for _ in self._documents.write(batch, numbers):
                self._written += 1
            # What no other step claims of it is the work of catalog and vector store.
            self._watch.timed("store", partial(self._indexer.index, [batch]))

    def _asked(self, question: str) -> dict[str, float]:
        """The seconds of each step of one question on a place that a document is about."""
        self._asked_before += 1
        # A question that was asked before is not embedded again.
        place = (len(question) * _SPREAD + self._asked_before) % self._written
        value: object = Attempt(
            way="as_asked",
            question=Question(text=self._documents.question(question, place), on=self._day),
            candidates=self._assistant.candidates,
        )
        self._watch.taken()
        for name, step in self._assistant.steps.in_order():
            value = self._watch.timed(name, partial(step, value))
        return self._watch.taken()


def orders(points: Sequence[Point]) -> dict[str, float]:
    """With what power of the number of clauses each cost grows, between the first and the last point.

    Ingesting a library grows with power 1 where a clause always costs the same; a question with 0.
    """
    first, last = points[0], points[-1]
    found = {
        f"ingest: {step}": 1
        + _power(points, first.ingest_ms_per_clause[step], last.ingest_ms_per_clause[step])
        for step in INGEST_STEPS
    }
    found |= {
        f"query: {step}": _power(points, first.query_ms[step], last.query_ms[step]) for step in QUERY_STEPS
    }
    found["first question"] = _power(points, first.first_question_ms, last.first_question_ms)
    found["memory"] = _power(points, first.resident_mb, last.resident_mb)
    found["disk"] = _power(points, first.disk_mb, last.disk_mb)
    return found


def _power(points: Sequence[Point], before: float, after: float) -> float:
    grown = points[-1].clauses / points[0].clauses
    return log(after / before) / log(grown) if before > 0 < after and grown > 1 else 0.0


def _milliseconds(seconds: Mapping[str, float]) -> float:
    return 1000 * sum(seconds.values())


def _megabytes_of(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _BYTES_PER_MEGABYTE


def _assistant(catalog: Catalog, store: ChromaStore, embedder: Embedder, settings: Settings) -> Assistant:
    """As bot.wiring joins it, but with this embedder."""
    return join_assistant(
        settings,
        catalog=catalog,
        retriever=Retriever(catalog, catalog.keywords, store, embedder, NoReranker()),
        judge=open_judge(settings),
        understander=open_understander(settings),
        warm_up=lambda: None,
        check_vectors=Agreement(catalog, store).check,
    )
