"""The parts of a document → its text and blocks."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ingest.paper.composition import Paragraph, Part, Running, WholeTable
from ingest.paper.page import Line
from ingest.paper.table import PaperCell
from ingest.paper.writing_system import joint
from ingest.source import Block, SourceCell


def written(parts: Iterable[Part], recognised: Collection[int]) -> tuple[str, tuple[Block, ...]]:
    """The text with its blocks; the pages that were recognised are marked as such."""
    writing = _Writing()
    for part in parts:
        if isinstance(part, Paragraph):
            writing.paragraph(part)
        elif isinstance(part, WholeTable):
            writing.table(part)
        else:
            writing.running(part)
    pages = [
        Block(kind="page", start=start, end=end, page=page, read_by_ocr=page in recognised)
        for page, start, end in writing.pages
    ]
    blocks = sorted((*writing.blocks, *pages), key=lambda block: (block.start, -block.end))
    return "".join(writing.pieces), tuple(blocks)


@dataclass(slots=True)
class _Writing:
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    pages: list[tuple[int, int, int]] = field(default_factory=list)  # page, start, end

    def paragraph(self, paragraph: Paragraph) -> None:
        start = self.length
        before = ""
        for piece in paragraph.pieces:
            if isinstance(piece, Running):
                # The deleted stretch holds the line breaks too, so that the paragraph is whole without it.
                self.running(piece, lead="" if self.pieces[-1].endswith("\n") else "\n")
                continue
            self._write((joint(before, piece.text) if before else "") + piece.text, piece.page)
            before = piece.text
        if paragraph.is_note:
            self.blocks.append(Block(kind="note", start=start, end=self.length))
        self._write("\n", _last_page(paragraph))

    def table(self, whole: WholeTable) -> None:
        start = self.length
        cells: list[SourceCell] = []
        running = list(whole.running)
        rows: defaultdict[int, list[PaperCell]] = defaultdict(list)
        for cell in whole.table.cells:
            rows[cell.row].append(cell)
        for row in range(whole.table.row_count):
            while running and running[0][0] <= row:
                self.running(running.pop(0)[1])
            found = sorted(rows[row], key=lambda cell: cell.column)
            page = found[0].page if found else self.pages[-1][0]
            for place, cell in enumerate(found):
                self._write("\t" if place else "", page)
                cells.append(self._cell(cell))
            self._write("\n", page)
        for _, late in running:
            self.running(late)
        end = max((cell.end for cell in cells), default=start)
        self.blocks.append(
            Block(kind="table", start=start, end=end, cells=tuple(cells), header_rows=whole.header_rows)
        )

    def running(self, running: Running, *, lead: str = "") -> None:
        start = self.length
        self._write(f"{lead}{running.text}\n", running.page)
        self.blocks.append(Block(kind="chrome", start=start, end=self.length, reason=running.reason))

    def _cell(self, cell: PaperCell) -> SourceCell:
        start = self.length
        self._write(cell.text, cell.page)
        return SourceCell(
            row=cell.row,
            column=cell.column,
            start=start,
            end=self.length,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )

    def _write(self, text: str, page: int) -> None:
        if not text:
            return
        if self.pages and self.pages[-1][0] == page:
            self.pages[-1] = (page, self.pages[-1][1], self.length + len(text))
        else:
            self.pages.append((page, self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)


def _last_page(paragraph: Paragraph) -> int:
    return next(piece.page for piece in reversed(paragraph.pieces) if isinstance(piece, Line))
