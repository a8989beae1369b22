"""Pages → paragraphs, tables and notes; what runs over a page break is put together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.paper.margins import measured
from ingest.paper.notes import begins_note, mark_notes
from ingest.paper.page import Line, Page, usual_size
from ingest.paper.paragraphs import goes_on
from ingest.paper.running_lines import running_lines
from ingest.paper.table import PaperTable, continued

HEADER_AGAIN = "table header repeated on the next page"
TABLE_GOES_ON = "the table goes on"
_GOES_ON = re.compile(
    r"[(（]?续[)）]?|续\s?(?:上\s?)?表\s?[\d一二三四五六七八九十.-]*.{0,30}"
    r"|表\s?[\d一二三四五六七八九十.-]+\s?[(（]续[)）].{0,30}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A line that only the paper repeats, and why it is none of the document's."""

    text: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The lines of a paragraph or a note, and what stands between them at a page break."""

    pieces: tuple[Line | Running, ...]
    is_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTable:
    """A table from its first page to its last; what is printed above a row stands before that row."""

    table: PaperTable
    header_rows: int = 0
    running: tuple[tuple[int, Running], ...] = ()  # the row it stands before


Part = Paragraph | WholeTable | Running


def composed(pages: Sequence[Page]) -> Iterator[Part]:
    """The parts of the document in order."""
    running = running_lines(pages)
    marked = mark_notes(pages, running)
    composition = _Composition(usual_size=usual_size(marked, running))
    for page in measured(marked, running):
        for part in page.parts:
            reason = None if isinstance(part, PaperTable) else running.get(_unmeasured(part))
            yield from composition.add(part, reason)
        for aside in page.asides:
            yield from composition.add_aside(aside, running.get(aside))
    yield from composition.end()


def _unmeasured(line: Line) -> Line:
    return replace(line, indent=0.0, room=0.0)


@dataclass(slots=True)
class _Composition:
    """The part that may still go on, what was printed since, and the notes that wait for its end."""

    usual_size: float
    paragraph: list[Line | Running] = field(default_factory=list)
    table: WholeTable | None = None
    since: list[Running] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)

    def add(self, part: Line | PaperTable, reason: str | None) -> Iterator[Part]:
        if isinstance(part, PaperTable):
            yield from self._add_table(part)
        elif reason is not None:
            self.since.append(Running(text=part.text, page=part.page, reason=reason))
        elif part.is_note:
            self._add_note(part)
        elif self._is_on_a_later_page(part) and _GOES_ON.fullmatch(part.text):
            self.since.append(Running(text=part.text, page=part.page, reason=TABLE_GOES_ON))
        else:
            yield from self._add_line(part)

    def _is_on_a_later_page(self, part: Line | PaperTable) -> bool:
        """Whether a table is open that may go on at the top of this page."""
        return self.table is not None and part.page > self.table.table.cells[-1].page

    def add_aside(self, aside: Line, reason: str | None) -> Iterator[Part]:
        """Text in another direction stands for itself, behind what goes on over the page break."""
        if reason is not None:
            self.since.append(Running(text=aside.text, page=aside.page, reason=reason))
        else:
            self.notes.append([replace(aside, is_note=False)])
        yield from ()

    def end(self) -> Iterator[Part]:
        """What is still open."""
        if self.paragraph:
            yield Paragraph(pieces=tuple(self.paragraph))
        if self.table is not None:
            yield self.table
        yield from self.since
        for note in self.notes:
            yield Paragraph(pieces=tuple(note), is_note=note[0].is_note)
        self.paragraph, self.table, self.since, self.notes = [], None, [], []

    def _add_line(self, line: Line) -> Iterator[Part]:
        lines = [piece for piece in self.paragraph if isinstance(piece, Line)]
        if lines and goes_on(lines, line, self.usual_size):
            self.paragraph += [*self.since, line]
            self.since = []
        else:
            yield from self.end()
            self.paragraph = [line]

    def _add_note(self, line: Line) -> None:
        last = self.notes[-1] if self.notes else []
        if last and last[-1].is_note and not begins_note(line.text) and last[-1].page == line.page:
            last.append(line)
        else:
            self.notes.append([line])

    def _add_table(self, table: PaperTable) -> Iterator[Part]:
        whole = self.table
        joined = continued(whole.table, table) if whole and self._is_on_a_later_page(table) else None
        if whole is None or joined is None:
            yield from self.end()
            self.table = WholeTable(table=table)
            return
        both, repeated = joined
        place = whole.table.row_count
        rows = [
            "\t".join(cell.text for cell in table.cells if cell.row == row).replace("\n", "")
            for row in range(repeated)
        ]
        headers = [Running(text=row, page=table.page, reason=HEADER_AGAIN) for row in rows if row.strip()]
        self.table = WholeTable(
            table=both,
            header_rows=max(whole.header_rows, repeated),
            running=(*whole.running, *((place, each) for each in (*self.since, *headers))),
        )
        self.since = []
