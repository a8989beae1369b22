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
from ingest.webpage.page import Page, read_page
from ingest.webpage.rendering import Rendering, Span, shown_text
from ingest.webpage.surroundings import main_element, surroundings
from ingest.webpage.visibility import unseen

# 关于印发办法的通知 - 某市人民政府门户网站
_SITE = re.compile(r"(?:\s[-–—]+\s|\s?[_|]|-(?=[^-]{2,30}(?:网站?|政府|平台|门户)$)).*")

_HIDDEN = "hidden by the web page"
_NAVIGATION = "navigation of the web page"


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the page with its headings, its tables of data and what is not the document's."""
    page = read_page(content, name, limits)
    title = page.article or _SITE.sub("", page.title)
    lead = "" if _bare(title) in _bare(shown_text(page.body)) else page.article or page.title
    tables = {table for table in page.body.iter("table") if is_data_table(table)}
    document = main_element(page.body)
    rendering = Rendering(page.body, tables, lead=lead, document=document)
    text = rendering.text()
    above = _links_above(page, text) if page.article and not lead else ()
    blocks = [*_blocks(page.body, rendering, above)]
    if lead:
        start = rendering.spans[document][0]
        site = (start + len(title), start + len(lead))
        blocks.append(Block(kind="chrome", start=site[0], end=site[1], reason="name of the web site"))
    blocks = [_trimmed(text, block) for block in blocks]
    return text, tuple(
        sorted((each for each in blocks if each.end > each.start), key=lambda each: each.start)
    )


def _links_above(page: Page, text: str) -> Iterator[Span]:
    """The lines above the title of the article that hold the words of a link and nothing else."""
    links = {_bare(shown_text(link)) for link in page.body.iter("a")}
    lines = list(re.finditer(r"[^\n]+", text))
    bare = _bare(page.article)
    place = next((place for place, line in enumerate(lines) if _bare(line.group()) == bare), 0)
    for line in lines[:place]:
        if _bare(line.group()) in links:
            yield line.span()


def _blocks(body: html.HtmlElement, rendering: Rendering, above: Iterable[Span]) -> Iterator[Block]:
    nowhere: Span = (0, 0)
    around = [(*rendering.spans.get(element, nowhere), reason) for element, reason in surroundings(body)]
    hidden = [(start, end, _HIDDEN) for start, end in rendering.pieces(unseen(body))]
    navigation = [(start, end, _NAVIGATION) for start, end in above]
    for start, end, reason in _disjoint([*around, *hidden, *navigation]):
        yield Block(kind="chrome", start=start, end=end, reason=reason)
    for table, cells in rendering.cells.items():
        start, end = rendering.spans[table]
        # The caption of a table is a paragraph above it.
        start = min((cell.start for cell in cells), default=start)
        yield Block(kind="table", start=start, end=end, cells=cells, header_rows=header_rows(table))
    for element in body.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        start, end = rendering.spans.get(element, nowhere)
        yield Block(kind="heading", start=start, end=end, level=int(str(element.tag)[1]))


def _disjoint(stretches: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The stretches in order, each without what an earlier one holds of it."""
    last = 0
    for start, end, reason in sorted(stretches, key=lambda each: (each[0], -each[1])):
        if end > max(start, last):
            yield max(start, last), end, reason
            last = end


def _bare(text: str) -> str:
    return "".join(text.split())


def _trimmed(text: str, block: Block) -> Block:
    piece = text[block.start : block.end]
    start = block.start + len(piece) - len(piece.lstrip())
    return replace(block, start=start, end=max(start, block.start + len(piece.rstrip())))
