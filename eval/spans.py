"""Stretches of source text: what a citation, a found clause and the evidence of a case have in common."""

from dataclasses import dataclass

from ingest.policy import Policy
from ingest.source import source_offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the source text of the file with this hash."""

    sha256: str
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.sha256 == other.sha256 and self.start < other.end and other.start < self.end


def span_of(policy: Policy, start: int, end: int) -> Span | None:
    """Where these characters of the policy text stand in its source; None where it has no such characters."""
    if not 0 <= start < end <= len(policy.text):
        return None
    return Span(
        sha256=policy.source_sha256,
        start=source_offset(policy.source_map, start),
        # The position behind a stretch may belong to a later segment, so its last character is mapped.
        end=source_offset(policy.source_map, end - 1) + 1,
    )


def without_deletions(policy: Policy, source: str, span: Span) -> str:
    """The source text of the span, less what the policy lists as deleted."""
    kept, position = [], span.start
    for deletion in sorted(policy.deletions, key=lambda deletion: deletion.start):
        if deletion.end > position and deletion.start < span.end:
            kept.append(source[position : max(position, deletion.start)])
            position = deletion.end
    return "".join((*kept, source[position : span.end]))
