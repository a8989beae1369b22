"""What `clausewise ingest --json` writes."""

from collections.abc import Sequence
from pathlib import Path

from bot.api.schemas import Body
from vectorstore.ingest_report import IngestReport, IngestStatus


class FileBody(Body):
    """What became of one file."""

    path: Path
    status: IngestStatus
    policies: int
    clauses: int
    facts: int
    pages: int
    warnings: list[str]
    error: str
    seconds: float


class IngestBody(Body):
    """What became of all files."""

    files: list[FileBody]
    failed: int
    skipped: int

    @classmethod
    def of(cls, reports: Sequence[IngestReport]) -> "IngestBody":
        """The reports, with those counted that need a look."""
        statuses = [report.status for report in reports]
        return cls(
            files=[FileBody.model_validate(report) for report in reports],
            failed=statuses.count("failed"),
            skipped=statuses.count("skipped"),
        )
