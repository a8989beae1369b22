"""One system over one set, in a process of its own: what it finds, how fast, with how much memory.

Run as `python -m eval.benchmarks.peers.measurement ORDER`; the order is JSON, the measurement is written
to its file.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from statistics import median

from pydantic import BaseModel

from bot.answer import Question
from bot.settings import Settings, StoreSettings
from eval.benchmarks.peers.machine import MeasuredWith, measured_with
from eval.benchmarks.peers.peer import Peer, SourceText
from eval.benchmarks.peers.recall import Stretch, recall_within
from eval.benchmarks.peers.systems import open_system
from eval.cases import Case, half_of, load_cases
from eval.documents import Documents
from eval.sets import set_path
from ingest.input_files import listed

# Passages asked for: enough to fill the greatest length with small chunks.
_LIMIT = 60
_STATUS = Path("/proc/self/status")
_KILOBYTES_PER_MEGABYTE = 1024


class Order(BaseModel):
    """What is to be measured."""

    system: str
    set: str
    half: str | None
    output: Path


class Asked(BaseModel):
    """A question and the share of its evidence within each of LENGTHS."""

    id: str
    half: str
    recall: tuple[float, ...]
    milliseconds: float


class Measurement(BaseModel):
    """All that is known of a system on a set."""

    system: str
    set: str
    ingest_seconds: float
    query_ms: float
    peak_mb: float | None  # None where the system does not tell
    asked: tuple[Asked, ...]
    measured_with: MeasuredWith


def measure(order: Order) -> Measurement:
    """Indexes the documents of the set with the system, then asks its questions one after another."""
    settings = Settings().model_copy(update={"store": StoreSettings()})
    cases, sources = read_set(order.set, settings)
    with tempfile.TemporaryDirectory(prefix="clausewise-peers-", ignore_cleanup_errors=True) as folder:
        system = open_system(order.system, settings, Path(folder))
        began = time.perf_counter()
        system.index(sources)
        ingest_seconds = time.perf_counter() - began
        asked = ask(system, chosen(cases, order.half), sources, settings)
    return Measurement(
        system=order.system,
        set=order.set,
        ingest_seconds=ingest_seconds,
        query_ms=median(each.milliseconds for each in asked),
        peak_mb=_peak_megabytes(),
        asked=asked,
        measured_with=measured_with(),
    )


def read_set(name: str, settings: Settings) -> tuple[tuple[Case, ...], tuple[SourceText, ...]]:
    """The cases of a set and the documents they are asked of."""
    with resources.as_file(resources.files("ingest") / "samples") as samples:
        documents = Documents(samples=samples, shared=settings.shared, beside=Path(name).parent)
        cases = load_cases(set_path(name), documents)
        return cases, source_texts(cases, documents)


def source_texts(cases: Sequence[Case], documents: Documents) -> tuple[SourceText, ...]:
    """Every document that stands beside one that a case refers to, by the name that cases use."""
    names = sorted({evidence.file for case in cases for evidence in case.evidence})
    folders = {Path(name).parent: documents.path(name).parent for name in names}
    read = []
    for prefix, folder in folders.items():
        for file in (each for each in listed([folder], Settings().limits) if each.known):
            name = str(prefix / file.path.name)
            source = documents.read(name)
            read.append(SourceText(file=name, path=file.path, sha256=source.sha256, text=source.text))
    return tuple(read)


def chosen(cases: Sequence[Case], half: str | None) -> list[Case]:
    """The cases with evidence to find, of the half or of both."""
    return [case for case in cases if case.evidence and (half is None or half_of(case.id) == half)]


def ask(
    system: Peer,
    cases: Sequence[Case],
    sources: Sequence[SourceText],
    settings: Settings,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[Asked, ...]:
    """What the system finds for each case, in order."""
    texts = {source.file: source.text for source in sources}
    asked = []
    for case in cases:
        question = Question(text=case.question, on=case.on or settings.day_of_asking(), history=case.history)
        began = clock()
        passages = system.search(question, limit=_LIMIT)
        milliseconds = 1000 * (clock() - began)
        evidence = [Stretch(file=each.file, start=each.start, end=each.end) for each in case.evidence]
        asked.append(
            Asked(
                id=case.id,
                half=half_of(case.id),
                recall=recall_within(passages, evidence, texts),
                milliseconds=milliseconds,
            )
        )
    return tuple(asked)


def _peak_megabytes() -> float | None:
    # Not ru_maxrss: it starts with the memory of the process that started this one.
    if not _STATUS.exists():
        return None
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / _KILOBYTES_PER_MEGABYTE


if __name__ == "__main__":
    ordered = Order.model_validate_json(sys.argv[1])
    ordered.output.write_text(measure(ordered).model_dump_json(), encoding="utf-8")
