"""Pages, read from a text layer or from pictures, → the text and the blocks of a document."""

from collections.abc import Iterable

from ingest.paper.composition import composed
from ingest.paper.page import page_of
from ingest.paper.sheet import Sheet
from ingest.paper.writing import written
from ingest.source import Block


def document_of(sheets: Iterable[Sheet]) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages in order, with tables, notes, page marks and pages as blocks."""
    pages = [page_of(sheet) for sheet in sheets]
    recognised = {page.number for page in pages if page.read_by_ocr}
    return written(composed(pages), recognised)
