"""PDF: the text layer, and the picture of a page that has none."""

from collections.abc import Iterator

from ingest.errors import LimitExceededError
from ingest.limits import Limits
from ingest.paper.document import document_of, within_cells
from ingest.paper.page import Page, page_of
from ingest.paper.scan import drawn_page, recognised_sheet
from ingest.paper.text_layer import layer_pages
from ingest.source import Block


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages with tables, notes and what the pages repeat, or an IngestError."""
    return document_of(within_cells(_pages(content, name, limits), name, limits))


def _pages(content: bytes, name: str, limits: Limits) -> Iterator[Page]:
    # All text layers are read before any page is recognised, so that a limit costs no hours.
    pages = [None if page.is_picture else page_of(page.sheet) for page in layer_pages(content, name, limits)]
    pictures = pages.count(None)
    if pictures > limits.ocr_pages:
        raise LimitExceededError(
            f"{name}: expected at most {limits.ocr_pages} pages that are pictures, found {pictures}; "
            "split it, or raise CLAUSEWISE_LIMITS__OCR_PAGES"
        )
    for number, page in enumerate(pages, 1):
        yield page or page_of(recognised_sheet(drawn_page(content, name, number), number))
