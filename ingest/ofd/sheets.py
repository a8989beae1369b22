"""An OFD file → its pages as they are printed."""

import re
from collections.abc import Iterator

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.ofd.document import pages_of
from ingest.ofd.package import Package
from ingest.ofd.printing import sheet_of
from ingest.ofd.scanned import is_picture, picture_of
from ingest.paper.scan import recognised_sheet
from ingest.paper.sheet import Sheet

_NO_UNICODE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_MOST_UNKNOWN = 0.3


def sheets(content: bytes, name: str, limits: Limits) -> Iterator[Sheet]:
    """The pages in order, or an IngestError that names the part at fault.

    Stamps, signatures and remarks beside the pages (Signs, Annots) are no text of the document.
    """
    package = Package(content, name, limits)
    # The text of all pages is read before any is recognised, so that a limit costs no hours.
    found = []
    for page in pages_of(package):
        sheet = sheet_of(page)
        _check_unicode(sheet, name)
        found.append((sheet, page if is_picture(page, sheet) else None))
    scanned = sum(picture is not None for _, picture in found)
    if scanned > limits.ocr_pages:
        raise LimitExceededError(
            f"{name}: expected at most {limits.ocr_pages:,} pages that are pictures, found {scanned:,}; "
            "split it, or raise CLAUSEWISE_LIMITS__OCR_PAGES"
        )
    for sheet, picture in found:
        yield recognised_sheet(picture_of(picture, package), sheet.number) if picture else sheet


def _check_unicode(sheet: Sheet, name: str) -> None:
    text = "".join(ink.text for ink in sheet.inks)
    if len(_NO_UNICODE.findall(text)) > _MOST_UNKNOWN * len(text):
        raise UnreadableFileError(
            f"{name}: expected text on page {sheet.number}, found signs that only its own fonts know; "
            "print it to PDF and add that"
        )
