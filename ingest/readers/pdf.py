"""PDF: the text layer, and the picture of a page that has none."""

from collections.abc import Iterator

from ingest.errors import LimitExceededError
from ingest.limits import Limits
from ingest.paper.document import document_of
from ingest.paper.scan import recognised_pages
from ingest.paper.sheet import Sheet
from ingest.paper.text_layer import layer_pages
from ingest.source import Block


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages with tables, notes and what the pages repeat, or an IngestError."""
    return document_of(_sheets(content, name, limits))


def _sheets(content: bytes, name: str, limits: Limits) -> Iterator[Sheet]:
    pages = list(layer_pages(content, name, limits))
    pictures = [page.sheet.number for page in pages if page.is_picture]
    if len(pictures) > limits.ocr_pages:
        raise LimitExceededError(
            f"{name}: expected at most {limits.ocr_pages} pages that are pictures, found {len(pictures)}; "
            "split it, or raise CLAUSEWISE_LIMITS__OCR_PAGES"
        )
    scans = recognised_pages(content, name, pictures)
    for page in pages:
        yield next(scans) if page.is_picture else page.sheet
