"""OFD, the national format of official documents."""

from ingest.limits import Limits
from ingest.ofd.sheets import sheets
from ingest.paper.document import document_of, within_cells
from ingest.paper.page import page_of
from ingest.source import Block


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages in reading order, with tables, notes and what the pages repeat."""
    pages = (page_of(sheet) for sheet in sheets(content, name, limits))
    return document_of(within_cells(pages, name, limits))
