"""Elements → the text that a browser shows, with the place of every element.

White space follows CSS Text: runs collapse to one space, and a line break of the markup between two
East Asian characters vanishes.
"""

import re
from collections.abc import Collection, Iterator

from lxml import etree, html

from ingest.source import SourceCell
from ingest.webpage.grid import spans_of, table_rows
from ingest.webpage.markup import element_names

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")
_BROKEN_BEFORE = re.compile(rf"[ \t\r\f]*\n\s*{_WIDE}")
_WIDE_END = re.compile(rf"{_WIDE}\Z")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr"})  # without text of their own

Span = tuple[int, int]


class Rendering:
    """The text of an element as it is shown; `spans` holds where each element in it stands."""

    def __init__(
        self,
        element: html.HtmlElement,
        data_tables: Collection[html.HtmlElement],
        *,
        lead: str = "",
        document: html.HtmlElement | None = None,
    ) -> None:
        """The lead is printed on a line above the element that holds the document."""
        self.spans: dict[html.HtmlElement, Span] = {}
        self.cells: dict[html.HtmlElement, tuple[SourceCell, ...]] = {}
        self._tables = data_tables
        self._parts: list[str] = []
        self._length = 0
        self._floor = 0  # where the cell begins that is being written
        self._depth = 0  # of cells inside cells
        self._lead = lead
        self._document = document
        self._walk(element)

    def text(self) -> str:
        """All that is shown."""
        return "".join(self._parts)

    def pieces(self, chosen: Collection[html.HtmlElement]) -> Iterator[Span]:
        """Where the own text of the chosen elements stands, what lies in others of them included."""
        for element in chosen:
            if element not in self.spans or element.tag in _OF_TABLES:
                continue
            place, end = self.spans[element]
            for child in element:
                if child in self.spans:
                    yield place, self.spans[child][0]
                    place = self.spans[child][1]
            yield place, end

    def _walk(self, root: html.HtmlElement) -> None:
        starts: dict[html.HtmlElement, int] = {}
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                starts[element] = self._start(element)
                if not self._is_open(element):
                    walk.skip_subtree()
            else:
                self.spans[element] = (starts.pop(element), self._length)
                self._end(element, is_root=element is root)

    def _is_open(self, element: html.HtmlElement) -> bool:
        """Whether its children are still to be walked through."""
        return is_shown(element) and element not in self._tables

    def _start(self, element: html.HtmlElement) -> int:
        if not is_shown(element):
            return self._length
        if element.tag == "br":
            self._add("\n")
        elif element.tag in element_names("blocks"):
            self._break()
        start = self._length
        if element is self._document and self._lead:
            self._add(f"{self._lead}\n")
        if element in self._tables:
            self._table(element)
        elif element.tag == "pre":
            self._add(element.text or "")
        else:
            self._say(element.text)
        return start

    def _end(self, element: html.HtmlElement, *, is_root: bool) -> None:
        if is_shown(element):
            if element.tag in element_names("blocks"):
                self._break()
            elif element.tag in {"td", "th"}:
                self._say(" ")
        if not is_root:
            self._say(element.tail)

    def _table(self, table: html.HtmlElement) -> None:
        caption = table.find("caption")
        if caption is not None:
            self._walk(caption)
            self._break()
        rows = table_rows(table)
        places = spans_of(rows)
        cells = []
        floor, self._depth = self._floor, self._depth + 1
        for place, row in enumerate(rows):
            for position, element in enumerate(row):
                self._add("\t" if position else "")
                start = self._floor = self._length
                self._walk(element)
                self._trim()
                row_place, column, row_span, column_span = places[place, position]
                cells.append(
                    SourceCell(
                        row=row_place,
                        column=column,
                        start=start,
                        end=self._length,
                        row_span=row_span,
                        column_span=column_span,
                    )
                )
            self._add("\n")
        self._floor, self._depth = floor, self._depth - 1
        if not self._depth:
            self.cells[table] = tuple(cells)

    def _say(self, words: str | None) -> None:
        shown = _BROKEN.sub("", words or "")
        if _BROKEN_BEFORE.match(shown) and self._parts and _WIDE_END.search(self._parts[-1]):
            shown = shown.lstrip()
        shown = _BLANKS.sub(" ", shown)
        if shown.startswith(" ") and (self._at_line_start() or self._parts[-1].endswith(" ")):
            shown = shown[1:]
        self._add(shown)

    def _add(self, words: str) -> None:
        if words:
            self._parts.append(words)
            self._length += len(words)

    def _break(self) -> None:
        if not self._at_line_start():
            self._add("\n")

    def _at_line_start(self) -> bool:
        return self._length == self._floor or self._parts[-1].endswith("\n")

    def _trim(self) -> None:
        """Take back the blanks and line breaks at the end of a cell."""
        while self._length > self._floor and not self._parts[-1].strip():
            self._length -= len(self._parts.pop())


def is_shown(element: html.HtmlElement) -> bool:
    """Whether a browser shows what the element holds, as far as its tag tells."""
    return isinstance(element.tag, str) and element.tag not in element_names("unshown")


def shown_text(element: html.HtmlElement) -> str:
    """What the element shows, without white space."""
    return "".join("".join(_texts(element)).split())


def _texts(element: html.HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "start":
            if is_shown(each):
                yield each.text or ""
            else:
                walk.skip_subtree()
        elif each is not element:
            yield each.tail or ""
