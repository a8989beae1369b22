"""What a page folds away and opens on a click: answers to questions, panels of tabs."""

import re

from lxml import html

from ingest.webpage.markup import pattern

_POINTS_AT = ("aria-controls", "data-target", "data-bs-target", "href", "for", "data-tab", "data-id")
_NAMES = re.compile(r"[\w-]+")
_OPENERS = frozenset({"summary", "button", "label"})
_LEVELS_UP = 3


class Folding:
    """Tells whether something on the page opens an element."""

    def __init__(self, root: html.HtmlElement) -> None:
        """Without a script, an `onclick` or a box to tick, only `details` unfold."""
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        ticked = any(each.tag == "input" and each.get("type") in {"checkbox", "radio"} for each in elements)
        self._moves = ticked or any(each.tag == "script" or each.get("onclick") for each in elements)
        self._named = {
            name
            for each in elements
            for attribute in _POINTS_AT
            for name in _NAMES.findall(each.get(attribute) or "")
        }

    def opens(self, element: html.HtmlElement) -> bool:
        """Whether a click brings up what the element holds."""
        if any(above.tag == "details" for above in element.iterancestors()):
            return True
        if not self._moves:
            return False
        if element.get("id") in self._named or _follows_an_opener(element):
            return True
        near = [element, *element.iterancestors()][:_LEVELS_UP]
        return any(pattern("folded").search(_marks(each)) for each in near)


def _follows_an_opener(element: html.HtmlElement) -> bool:
    before = element.getprevious()
    return before is not None and any(_is_opener(each) for each in before.iter())


def _is_opener(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in _OPENERS or element.get("onclick") or element.get("aria-expanded"):
        return True
    if element.get("role") in {"tab", "button"} or any("toggle" in name for name in element.attrib):
        return True
    href = element.get("href") or ""
    return element.tag == "a" and (href.startswith("javascript:") or href == "#")


def _marks(element: html.HtmlElement) -> str:
    return " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
