"""Which elements of a web page stand around the document: navigation, footer, lists of other pages."""

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.webpage.markup import element_names, pattern
from ingest.webpage.rendering import is_shown, shown_text

_SENTENCE_MARKS = re.compile("[，。；]")
_MAIN_SHARE = 0.7
_MUCH_PROSE = 0.2  # of all prose of the page is more than what stands around a document has
_MOST_LINK_SHARE = 0.7
_FEWEST_LINKS = 3
_TAGS = {
    "nav": "navigation of the web page",
    "footer": "footer of the web page",
    "button": "buttons of the web page",
}
_REASONS = {
    "navigation": "navigation of the web page",
    "footer": "footer of the web page",
    "sharing": "buttons of the web page",
    "related": "related pages",
}
_LINKS = "links to other pages"


def surroundings(body: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """The outermost elements that are not the document's, each with the reason."""
    main = main_element(body)
    above = {main, *main.iterancestors()}
    prose = _scores(body)
    within = False
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if element is main and main is not body:
            within = event == "start"
        if event == "end" or not is_shown(element):
            continue
        much = prose.get(element, 0) > _MUCH_PROSE * prose[body]
        reason = None if much or element in above else _reason(element, in_document=within)
        if reason:
            yield element, reason
            walk.skip_subtree()


def main_element(body: html.HtmlElement) -> html.HtmlElement:
    """The innermost element of several lines that holds most of the page's sentences outside links."""
    scores = _scores(body)
    main = body
    while True:
        lines = (child for child in main if any(each.tag in element_names("blocks") for each in child))
        best = max(lines, key=lambda child: scores.get(child, 0), default=None)
        if best is None or scores.get(best, 0) < _MAIN_SHARE * scores[body] or not scores[body]:
            return main
        main = best


def _scores(body: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """How much prose stands in each element: its characters in text that has sentence marks."""
    scores: dict[html.HtmlElement, int] = {}
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if not is_shown(element) or element.tag == "a":
                scores[element] = 0
                walk.skip_subtree()
            else:
                scores[element] = _prose(element.text)
        else:
            above = element.getparent()
            if above in scores and element is not body:
                scores[above] += scores[element] + _prose(element.tail)
    return scores


def _prose(text: str | None) -> int:
    return len(text.strip()) if text and _SENTENCE_MARKS.search(text) else 0


def _reason(element: html.HtmlElement, *, in_document: bool) -> str | None:
    if in_document:
        return None
    if element.tag in _TAGS:
        return _TAGS[element.tag]
    text = shown_text(element)
    if not text or pattern("kept").search(text):
        return None
    marks = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
    for name in _REASONS:
        if pattern(name).search(marks):
            return _REASONS[name]
    return _LINKS if _is_list_of_links(element, text) else None


def _is_list_of_links(element: html.HtmlElement, text: str) -> bool:
    links = [shown_text(link) for link in element.iter("a")]
    return len(links) >= _FEWEST_LINKS and sum(map(len, links)) >= _MOST_LINK_SHARE * len(text)
