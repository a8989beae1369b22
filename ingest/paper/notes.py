"""Footnotes: small print at the foot of a page that begins with a mark."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from ingest.paper.page import Line, Page, usual_size

_SMALL = 0.9  # of the size of the text is a note at most
_LOWER_PART = 0.5  # of the page
_MARK = re.compile(
    r"[①-⑳⑴-⒇*※†]|[\[〔［(（]\d{1,2}[\]〕］)）]|\d{1,2}\s?(?![\d.．、年月日%])|注\s?\d*\s?[:：]"
)


def begins_note(text: str) -> bool:
    """Whether it begins with the mark of a note."""
    return _MARK.match(text) is not None


def mark_notes(pages: Sequence[Page], running: Container[Line]) -> list[Page]:
    """The pages with their footnotes marked as such."""
    usual = usual_size(pages, running)
    return [_marked(page, usual, running) for page in pages]


def _marked(page: Page, usual: float, running: Container[Line]) -> Page:
    if page.read_by_ocr:
        return page  # sizes are too rough there
    notes: set[Line] = set()
    small: list[Line] = []
    for part in reversed(page.parts):
        if not isinstance(part, Line) or part in running:
            if isinstance(part, Line):
                continue
            break
        if part.ink.size > _SMALL * usual or part.ink.top < _LOWER_PART * page.height:
            break
        small.append(part)
        if begins_note(part.text):
            notes.update(small)
    return replace(
        page,
        parts=tuple(
            replace(part, is_note=True) if isinstance(part, Line) and part in notes else part
            for part in page.parts
        ),
    )
