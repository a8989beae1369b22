"""Runs the installed program on a folder of documents and times it from outside."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx

_START_SECONDS = 120.0
_MEGABYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramFigures:
    """Seconds of whole commands, milliseconds of warm requests, megabytes of the server at its peak."""

    first_ingest_seconds: float
    second_ingest_seconds: float
    list_seconds: float
    ask_p50_ms: float
    ask_p95_ms: float
    server_peak_mb: float | None  # None where the system does not tell


def measure_program(paths: Sequence[Path], questions: Sequence[str], data: Path) -> ProgramFigures:
    """Ingests the paths twice, lists them, then asks the questions of a served program, one after another."""
    first = _timed("ingest", *map(str, paths), "--data", str(data))
    second = _timed("ingest", *map(str, paths), "--data", str(data))
    listed = _timed("docs", "list", "--data", str(data))
    with served(data) as (address, process_id):
        milliseconds = [_ask(address, question) for question in questions]
        peak = _peak_megabytes(process_id)
    return ProgramFigures(
        first_ingest_seconds=first,
        second_ingest_seconds=second,
        list_seconds=listed,
        ask_p50_ms=median(milliseconds),
        ask_p95_ms=quantiles(milliseconds, n=20)[-1],
        server_peak_mb=peak,
    )


def _timed(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


@contextmanager
def served(data: Path, *options: str) -> Iterator[tuple[str, int]]:
    """The address and the process of `clausewise serve` with these options, ready; ended with the block."""
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--data", str(data), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            address = address_of(server)
            _wait_until_ready(address)
            yield address, server.pid
        finally:
            server.terminate()


def address_of(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    for line in server.stdout:
        address = next((word for word in line.split() if word.startswith("http://")), None)
        if address:
            return address.rstrip("/")
    raise RuntimeError("the server ended before it printed its address")


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"{address}: not ready after {_START_SECONDS:.0f} seconds")


def _ask(address: str, question: str) -> float:
    began = time.perf_counter()
    httpx.post(f"{address}/api/ask", json={"question": question}, timeout=60).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _peak_megabytes(process_id: int) -> float | None:
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / _MEGABYTE
