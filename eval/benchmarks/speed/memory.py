"""Memory while many documents are ingested: resident size as the number of documents grows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vectorstore.indexer import Indexer
from vectorstore.ingest_report import IngestReport

_STATUS = Path("/proc/self/status")
_ARTICLES = 8
_KILOBYTES_PER_MEGABYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPoint:
    """Resident memory after so many documents."""

    documents: int
    megabytes: float


def synthetic_documents(folder: Path, count: int) -> None:
    """Writes short documents with distinct content: an invented office, eight articles each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        lines = [f"云桥区第{number}号项目管理办法", f"云政规〔2024〕{number + 1}号"]
        lines += [
            f"第{article}条 区第{number}项目办公室负责第{number * _ARTICLES + place}号场地的日常管理，"
            f"每年{place + 1}月底前报送使用情况，按实际使用面积给予{number + place + 1}元补助。"
            for place, article in enumerate("一二三四五六七八")
        ]
        (folder / f"{number:05}.txt").write_text("\n".join(lines), encoding="utf-8")


def measure_memory(
    open_indexer: Callable[[], Indexer], folder: Path, count: int, *, every: int
) -> Iterator[MemoryPoint]:
    """Ingests the synthetic documents and gives the resident memory after every so many."""
    synthetic_documents(folder, count)
    points: list[MemoryPoint] = []
    done = 0

    def note(_report: IngestReport) -> None:
        nonlocal done
        done += 1
        if done % every == 0:
            points.append(MemoryPoint(documents=done, megabytes=resident_megabytes()))

    open_indexer().index([folder], on_report=note)
    yield from points


def resident_megabytes() -> float:
    """The resident memory of this process, as Linux reports it; 0 where it does not."""
    if not _STATUS.exists():
        return 0.0
    for line in _STATUS.read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / _KILOBYTES_PER_MEGABYTE
    return 0.0
