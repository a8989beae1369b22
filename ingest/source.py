"""What a reader takes from a file, what is left of it after cleaning, and the way back.

Offsets of `Block` count in `SourceDocument.text`; those of `SourceSegment` and `Deletion` are
explained in ingest/policy.py.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.policy import Deletion, SourceSegment

BlockKind = Literal[
    "paragraph",
    "heading",  # styled as a heading by the file; `level` from 1
    "table",  # with its cells; a row of the text is a line, a TAB stands between two cells
    "note",  # a footnote, an endnote or a remark beside the text
    "page",  # everything printed on one page; `page` from 1
    "chrome",  # what the file prints around the document: navigation, page headers; `reason` says which
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell of a table block: its text, and the rows and columns it covers, counted from 0."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the source text that the file itself sets apart.

    Blocks of one kind are in order and disjoint; page blocks hold blocks of the other kinds.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    page: int | None = None
    reason: str = ""
    cells: tuple[SourceCell, ...] = ()
    header_rows: int = 0  # of a table: how many rows at its top the file marks as its header
    read_by_ocr: bool = False  # of a page: its text was recognised in a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """The text of one file, exactly as its reader took it."""

    name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """Source text with spans deleted and white space normalised, and the map back to the source."""

    text: str
    segments: tuple[SourceSegment, ...]
    deletions: tuple[Deletion, ...] = ()
    truncated: bool = False

    def slice(self, start: int, end: int, *, reason: str = "not part of this document") -> "CleanText":
        """The text from start to end without outer white space; all else becomes deletions."""
        start, end = _stripped(self.text, start, end)
        dropped = [
            *self._dropped(0, start, reason),
            *self._dropped(end, len(self.text), reason),
        ]
        return CleanText(
            text=self.text[start:end],
            segments=tuple(clip_segments(self.segments, start, end)),
            deletions=tuple(sorted((*self.deletions, *dropped), key=lambda deletion: deletion.start)),
            truncated=self.truncated and not self.text[end:].strip(),
        )

    def source_offset(self, position: int) -> int:
        """Where the character at this position of the text stands in the source."""
        return source_offset(self.segments, position)

    def _dropped(self, start: int, end: int, reason: str) -> Iterator[Deletion]:
        starts = [deletion.start for deletion in self.deletions]
        open_start = open_end = -1
        for segment in clip_segments(self.segments, start, end):
            piece = self.text[start + segment.text_start : start + segment.text_start + segment.length]
            if not piece.strip():
                continue
            piece_start = segment.source_start + len(piece) - len(piece.lstrip())
            piece_end = segment.source_start + len(piece.rstrip())
            if open_start >= 0 and bisect_right(starts, open_end - 1) == bisect_right(starts, piece_start):
                open_end = piece_end
                continue
            if open_start >= 0:
                yield Deletion(start=open_start, end=open_end, reason=reason)
            open_start, open_end = piece_start, piece_end
        if open_start >= 0:
            yield Deletion(start=open_start, end=open_end, reason=reason)


def source_offset(segments: Sequence[SourceSegment], position: int) -> int:
    """Where the character at this position of the policy text stands in the source text.

    The position just behind the text gives the source offset just behind its last character.
    """
    if position < 0 or not segments:
        raise IndexError(f"position {position}: expected one inside the policy text")
    last = segments[bisect_right(segments, position, key=lambda segment: segment.text_start) - 1]
    inside = position - last.text_start
    if inside > last.length:
        raise IndexError(f"position {position}: the policy text ends at {last.text_start + last.length}")
    return last.source_start + inside


def clip_segments(segments: Sequence[SourceSegment], start: int, end: int) -> Iterator[SourceSegment]:
    """The parts of the segments between two positions of the text, counted from start."""
    for segment in segments:
        first = max(segment.text_start, start)
        last = min(segment.text_start + segment.length, end)
        if first < last:
            yield SourceSegment(
                text_start=first - start,
                source_start=segment.source_start + first - segment.text_start,
                length=last - first,
            )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    # A TAB at the start marks a table cell and belongs to the text.
    lead = len(piece) - len(piece.lstrip(" \n"))
    return start + lead, start + max(lead, len(piece.rstrip()))
