"""Web pages: the text a browser shows; what stands around the document is set apart as chrome.

Written on the element tree itself: libraries that extract the main content of a page give back a
text of their own, in which no character can be traced to the page, and drop tables that look odd.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import html

from ingest.limits import Limits
from ingest.source import Block
from ingest.webpage.grid import header_rows, is_data_table
from ingest.webpage.page import read_page
from ingest.webpage.rendering import Rendering, Span, shown_text
from ingest.webpage.surroundings import main_element, surroundings
from ingest.webpage.visibility import unseen

# 关于印发办法的通知 - 某市人民政府门户网站
_SITE = re.compile(r"(?:\s[-–—]+\s|\s?[_|]|-(?=[^-]{2,30}(?:网站?|政府|平台|门户)$)).*")

_HIDDEN = "hidden by the web page"


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the page with its headings, its tables of data and what is not the document's."""
    page = read_page(content, name, limits)
    title = _SITE.sub("", page.title)
    lead = "" if _bare(title) in _bare(shown_text(page.body)) else page.title
    tables = {table for table in page.body.iter("table") if is_data_table(table)}
    document = main_element(page.body)
    rendering = Rendering(page.body, tables, lead=lead, document=document)
    text = rendering.text()
    blocks = [*_blocks(page.body, rendering)]
    if lead:
        start = rendering.spans[document][0]
        site = (start + len(title), start + len(lead))
        blocks.append(Block(kind="chrome", start=site[0], end=site[1], reason="name of the web site"))
    blocks = [_trimmed(text, block) for block in blocks]
    return text, tuple(
        sorted((each for each in blocks if each.end > each.start), key=lambda each: each.start)
    )


def _blocks(body: html.HtmlElement, rendering: Rendering) -> Iterator[Block]:
    nowhere: Span = (0, 0)
    around = [(*rendering.spans.get(element, nowhere), reason) for element, reason in surroundings(body)]
    hidden = [(start, end, _HIDDEN) for start, end in rendering.pieces(unseen(body))]
    for start, end, reason in _outermost([*around, *hidden]):
        yield Block(kind="chrome", start=start, end=end, reason=reason)
    for table, cells in rendering.cells.items():
        start, end = rendering.spans[table]
        # The caption of a table is a paragraph above it.
        start = min((cell.start for cell in cells), default=start)
        yield Block(kind="table", start=start, end=end, cells=cells, header_rows=header_rows(table))
    for element in body.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        start, end = rendering.spans.get(element, nowhere)
        yield Block(kind="heading", start=start, end=end, level=int(str(element.tag)[1]))


def _outermost(stretches: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The stretches that lie in no other one, in order: they are nested or apart, as elements are."""
    last = 0
    for start, end, reason in sorted(stretches, key=lambda each: (each[0], -each[1])):
        if end > max(start, last):
            yield start, end, reason
            last = end


def _bare(text: str) -> str:
    return "".join(text.split())


def _trimmed(text: str, block: Block) -> Block:
    piece = text[block.start : block.end]
    start = block.start + len(piece) - len(piece.lstrip())
    return replace(block, start=start, end=max(start, block.start + len(piece.rstrip())))
