"""What the paper repeats around the document: page numbers, headers and footers of its pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ingest.paper.page import Line, Page
from ingest.paper.writing_system import is_numbered

PAGE_NUMBER = "page number"
HEADER = "header of the page"
FOOTER = "footer of the page"
WATERMARK = "watermark of the page"
_TOP, _BOTTOM = 0.12, 0.86  # of the height of the page end and begin the margins
_OUTERMOST = 3  # lines of a page may be its header or footer
_SAME_HEIGHT = 0.015  # of the height of the page
_SHARE = 0.4  # of the pages show it: headers of left and right pages differ

# What a recogniser makes of a dash is one of many.
_DASH = r"[-—–－―─一_~·•.。\s]"
_DASHED = re.compile(rf"{_DASH}+(?P<number>\d{{1,4}}){_DASH}+")
_COUNTED = re.compile(
    r"第?\s?(?P<number>\d{1,4})\s?页?\s?[/／,，、]?\s?共?\s?\d{1,4}\s?页?|第\s?(?P<only>\d{1,4})\s?页"
    r"|[Pp]age\s?(?P<page>\d{1,4})(?:\s?of\s?\d{1,4})?"
)
_BARE = re.compile(rf"{_DASH}*(?P<number>\d{{1,4}}|[ivxlIVXL]{{1,6}}){_DASH}*")
_NUMBER = re.compile(r"\d+")


def running_lines(pages: Sequence[Page]) -> dict[Line, str]:
    """The lines that are not the document's, each with the reason."""
    found = dict(_repeated(pages))
    found.update(_page_numbers(pages, found))
    if len(pages) > 1:
        counted = Counter(text for page in pages for text in {line.text for line in page.asides})
        for page in pages:
            for line in page.asides:
                if counted[line.text] > max(1, len(pages) * _SHARE):
                    found[line] = WATERMARK
    return found


def _margins(page: Page) -> Iterator[tuple[Line, str]]:
    """The outermost lines above and below the text, from without."""
    lines = sorted(page.lines, key=lambda line: line.ink.middle)
    for line in lines[:_OUTERMOST]:
        if line.ink.bottom <= _TOP * page.height:
            yield line, HEADER
    for line in reversed(lines[-_OUTERMOST:]):
        if line.ink.top >= _BOTTOM * page.height:
            yield line, FOOTER


def _repeated(pages: Sequence[Page]) -> Iterator[tuple[Line, str]]:
    groups: defaultdict[tuple[str, str], list[tuple[Line, Page]]] = defaultdict(list)
    for page in pages:
        for line, reason in _margins(page):
            if not is_numbered(line.text):
                groups[reason, _NUMBER.sub("#", _bare(line.text))].append((line, page))
    for (reason, _), members in groups.items():
        heights = [line.ink.middle / page.height for line, page in members]
        usual = sorted(heights)[len(heights) // 2]
        same = [
            line
            for (line, _), height in zip(members, heights, strict=True)
            if abs(height - usual) <= _SAME_HEIGHT
        ]
        count = len({line.page for line in same})
        if count > 1 and count >= len(pages) * _SHARE and _numbers_stay_or_count(same):
            yield from ((line, reason) for line in same)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _numbers_stay_or_count(lines: Sequence[Line]) -> bool:
    """Whether each number in them is the same on every page or is that of the page."""
    for values in zip(
        *([int(number) for number in _NUMBER.findall(line.text)] for line in lines), strict=False
    ):
        offsets = {value - line.page for value, line in zip(values, lines, strict=True)}
        if len(set(values)) > 1 and len(offsets) > 1:
            return False
    return True


def _page_numbers(pages: Sequence[Page], known: dict[Line, str]) -> Iterator[tuple[Line, str]]:
    candidates = [(line, number) for page in pages for line, number in _numbers_at_margin(page, known)]
    offsets = Counter(number - line.page for line, number in candidates if number is not None)
    for line, number in candidates:
        certain = _DASHED.fullmatch(line.text) or _COUNTED.fullmatch(line.text)
        counts = number is not None and (number == line.page or offsets[number - line.page] > 1)
        if counts or (certain and re.search("[页Pp—–]|^[-－].*[-－]$", line.text)):
            yield line, PAGE_NUMBER


def _numbers_at_margin(page: Page, known: dict[Line, str]) -> Iterator[tuple[Line, int | None]]:
    for line, _ in (*_margins(page), *((line, "") for line in page.asides)):
        for shape in (_DASHED, _COUNTED, _BARE):
            match = shape.fullmatch(line.text)
            if match:
                groups = [group for group in match.groups() if group]
                number = int(groups[0]) if groups and groups[0].isdecimal() else None
                if number is not None or known.get(line):
                    yield line, number
                break
