"""Pages, read from a text layer or from pictures, → the text and the blocks of a document."""

from collections.abc import Iterable, Iterator

from ingest.errors import LimitExceededError
from ingest.limits import Limits
from ingest.paper.composition import composed
from ingest.paper.page import Page
from ingest.paper.table import PaperTable
from ingest.paper.writing import written
from ingest.source import Block


def document_of(pages: Iterable[Page]) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages in order, with tables, notes, page marks and pages as blocks."""
    bound = list(pages)
    recognised = {page.number for page in bound if page.read_by_ocr}
    return written(composed(bound), recognised)


def within_cells(pages: Iterable[Page], name: str, limits: Limits) -> Iterator[Page]:
    """The pages as they come, until their tables have more cells than the limit."""
    cells = 0
    for page in pages:
        cells += sum(len(part.cells) for part in page.parts if isinstance(part, PaperTable))
        if cells > limits.cells:
            raise LimitExceededError(
                f"{name}: expected at most {limits.cells:,} cells of tables, found more; "
                "split it, or raise CLAUSEWISE_LIMITS__CELLS"
            )
        yield page
