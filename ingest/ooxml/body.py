"""The body of a Word document → its text and the blocks it sets apart."""

from collections.abc import Iterator
from typing import Literal

from lxml import etree

from ingest.errors import LimitExceededError
from ingest.limits import Limits
from ingest.ooxml.names import attribute, child, local, number
from ingest.ooxml.numbering import Numbering
from ingest.ooxml.runs import Notes, paragraph_text, text_boxes
from ingest.ooxml.styles import Styles
from ingest.ooxml.tables import TableCell, cells_of, header_rows, is_data_table
from ingest.source import Block, SourceCell

# Wrappers whose content stands where they stand.
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)


class Body:
    """Writes the text of a document, paragraph by paragraph."""

    def __init__(self, styles: Styles, numbering: Numbering, name: str, limits: Limits) -> None:
        self._styles = styles
        self._numbering = numbering
        self._name, self._limits = name, limits
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self.notes = Notes()
        self.blocks: list[Block] = []

    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def write(self, container: etree._Element) -> None:
        """The paragraphs and tables of the container, in order."""
        for element in self._contents(container):
            if local(element) == "p":
                self._paragraph(element)
            elif is_data_table(element):
                self._table(element)
            else:
                for cell in cells_of(element):
                    self.write(cell.element)

    def write_note(self, mark: str, note: etree._Element) -> None:
        """A footnote or endnote as a paragraph of its own, with its mark."""
        start = self._length
        lines = [
            paragraph_text(each, self.notes).strip() for each in self._contents(note) if local(each) == "p"
        ]
        self._add(f"{mark} " + "\n".join(filter(None, lines)) + "\n")
        self._block("note", start)

    def _contents(self, container: etree._Element) -> Iterator[etree._Element]:
        for element in container:
            name = local(element)
            if name in {"p", "tbl"}:
                yield element
            elif name in _WRAPPERS:
                yield from self._contents(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        text = self._numbered(paragraph)
        start = self._length
        if text.strip():
            self._add(text + "\n")
            level = self._heading_level(paragraph)
            if level is not None:
                self._block("heading", start, level=level)
        for box in text_boxes(paragraph):
            self.write(box)

    def _numbered(self, paragraph: etree._Element) -> str:
        text = paragraph_text(paragraph, self.notes)
        place = self._list_place(paragraph)
        # Word numbers an empty paragraph of a list too.
        return self._numbering.next_number(*place) + text if place else text

    def _list_place(self, paragraph: etree._Element) -> tuple[int, int] | None:
        style_id = attribute(child(paragraph, "pPr", "pStyle"))
        own = child(paragraph, "pPr", "numPr")
        of_style = self._styles.list_place(style_id)
        list_id = number(child(own, "numId"))
        if list_id is None and of_style is not None:
            list_id = of_style.list_id
        if not list_id:
            return None
        level = number(child(own, "ilvl"))
        if level is None and of_style is not None:
            level = of_style.level
        if level is None:
            level = self._numbering.level_of_style(list_id, self._styles.ids_in_chain(style_id))
        return list_id, level

    def _heading_level(self, paragraph: etree._Element) -> int | None:
        own = number(child(paragraph, "pPr", "outlineLvl"))
        if own is not None:
            return own + 1 if own < 9 else None
        return self._styles.heading_level(attribute(child(paragraph, "pPr", "pStyle")))

    def _table(self, table: etree._Element) -> None:
        start, written = self._length, []
        row = 0
        for cell in cells_of(table):
            while cell.row > row:
                self._add("\n")
                row += 1
            if cell.position:
                self._add("\t")
            begin = self._length
            self._add(self._cell_text(cell.element))
            written.append(self._source_cell(cell, begin))
        self._add("\n")
        self._cells += len(written)
        if self._cells > self._limits.cells:
            raise LimitExceededError(
                f"{self._name}: expected at most {self._limits.cells:,} table cells, found more; "
                "split the document, or raise CLAUSEWISE_LIMITS__CELLS"
            )
        self._block("table", start, cells=tuple(written), header_rows=header_rows(table))

    def _cell_text(self, cell: etree._Element) -> str:
        lines = []
        for element in self._contents(cell):
            if local(element) == "p":
                lines.append(self._numbered(element).strip())
                lines += [self._cell_text(box) for box in text_boxes(element)]
            else:
                # A table inside a cell is read as lines of the cell.
                lines += [self._cell_text(inner.element) for inner in cells_of(element)]
        return "\n".join(filter(None, lines))

    def _source_cell(self, cell: TableCell, start: int) -> SourceCell:
        return SourceCell(
            row=cell.row,
            column=cell.column,
            start=start,
            end=self._length,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _since(self, start: int) -> str:
        """What was written from this place on."""
        length, place = self._length, len(self._parts)
        while length > start:
            place -= 1
            length -= len(self._parts[place])
        return "".join(self._parts[place:])

    def _block(
        self,
        kind: Literal["heading", "table", "note"],
        start: int,
        *,
        level: int | None = None,
        cells: tuple[SourceCell, ...] = (),
        header_rows: int = 0,
    ) -> None:
        piece = self._since(start)
        first = start + len(piece) - len(piece.lstrip())
        end = start + len(piece.rstrip())
        if first < end:
            self.blocks.append(
                Block(
                    kind=kind,
                    start=first,
                    end=end,
                    level=level,
                    cells=cells,
                    header_rows=header_rows,
                )
            )
