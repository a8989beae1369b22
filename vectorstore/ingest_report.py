"""What became of a file that was to be indexed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

IngestStatus = Literal["added", "replaced", "unchanged", "superseded", "removed", "skipped", "failed"]
# What is being done, steps done, steps in all; of files, which of them it is and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of one file; counts are those of the whole file as it now stands in the catalog."""

    path: Path
    status: IngestStatus
    policies: int = 0
    clauses: int = 0
    facts: int = 0
    pages: int = 0  # of a format that has pages; known if the file was read
    warnings: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0
