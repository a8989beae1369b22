"""Pages, read from a text layer or from pictures, → the text and the blocks of a document."""

from collections.abc import Iterable

from ingest.paper.composition import composed
from ingest.paper.page import Page
from ingest.paper.writing import written
from ingest.source import Block


def document_of(pages: Iterable[Page]) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages in order, with tables, notes, page marks and pages as blocks."""
    bound = list(pages)
    recognised = {page.number for page in bound if page.read_by_ocr}
    return written(composed(bound), recognised)
