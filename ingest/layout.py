"""What the file itself sets apart, by its place in the policy text: headings, tables, notes, pages."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.policy import SourceSegment
from ingest.source import Block, CleanText


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The blocks of a document as far as its policy text holds them; offsets count in that text."""

    headings: tuple[Block, ...] = ()
    tables: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()
    pages: tuple[Block, ...] = ()

    def page_at(self, position: int) -> Block | None:
        """The page on which the character at this position stands."""
        place = bisect_right(self.pages, position, key=lambda page: page.start) - 1
        return self.pages[place] if place >= 0 else None


NO_LAYOUT = Layout()


def layout_of(text: CleanText, blocks: Sequence[Block]) -> Layout:
    """The blocks moved to where their text stands in the policy text; those that went are left out."""
    kept: dict[str, list[Block]] = {"heading": [], "table": [], "note": [], "page": []}
    if any(block.kind in kept for block in blocks):
        segments = _Segments(text)
        for block in blocks:
            if block.kind in kept and (moved := segments.moved(block)) is not None:
                kept[block.kind].append(moved)
    return Layout(
        headings=tuple(kept["heading"]),
        tables=tuple(kept["table"]),
        notes=tuple(kept["note"]),
        pages=tuple(kept["page"]),
    )


class _Segments:
    """The map from the source to the policy text."""

    def __init__(self, text: CleanText) -> None:
        self._text = text.text
        self._segments: Sequence[SourceSegment] = text.segments
        self._starts = [segment.source_start for segment in text.segments]

    def moved(self, block: Block) -> Block | None:
        span = self._span(block.start, block.end)
        if span is None:
            return None
        cells = tuple(
            replace(cell, start=place[0], end=place[1])
            for cell in block.cells
            if (place := self._span(cell.start, cell.end) or self._nowhere(cell.start)) is not None
        )
        return replace(block, start=span[0], end=span[1], cells=cells)

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """What the text keeps of a stretch of the source, without outer white space."""
        pieces = list(self._pieces(start, end))
        if not pieces:
            return None
        first, last = pieces[0][0], pieces[-1][1]
        piece = self._text[first:last]
        if not piece.strip():
            return None
        return first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        place = max(0, bisect_right(self._starts, start) - 1)
        while place < len(self._segments) and self._starts[place] < end:
            segment = self._segments[place]
            first = max(start, segment.source_start)
            last = min(end, segment.source_start + segment.length)
            if first < last:
                moved = segment.text_start - segment.source_start
                yield first + moved, last + moved
            place += 1

    def _nowhere(self, start: int) -> tuple[int, int] | None:
        """The empty place at which an empty cell stands."""
        place = bisect_left(self._starts, start)
        position = self._segments[place].text_start if place < len(self._segments) else len(self._text)
        return position, position
