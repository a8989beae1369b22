"""Paragraph styles: the list and the heading level that a paragraph takes from its style."""

import re
from dataclasses import dataclass

from lxml import etree

from ingest.ooxml.names import attribute, child, children, number

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """A list by its id, and the level in it from 0; None where the style leaves it open."""

    list_id: int
    level: int | None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        """Without a part of styles every paragraph is plain."""
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        for style in children(root, "style") if root is not None else ():
            style_id = attribute(style, "styleId") or ""
            self._styles[style_id] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                self._default = style_id

    def list_place(self, style_id: str | None) -> ListPlace | None:
        """The list that paragraphs of the style are in."""
        for style in self._chain(style_id):
            list_id = number(child(style, "pPr", "numPr", "numId"))
            if list_id is not None:
                return ListPlace(list_id=list_id, level=number(child(style, "pPr", "numPr", "ilvl")))
        return None

    def heading_level(self, style_id: str | None) -> int | None:
        """The level from 1 at which paragraphs of the style are headings."""
        for style in self._chain(style_id):
            level = number(child(style, "pPr", "outlineLvl"))
            if level is not None:
                return level + 1 if level < _BODY_LEVEL else None
            named = _HEADING.fullmatch(attribute(child(style, "name")) or "")
            if named:
                return int(named[1])
        return None

    def ids_in_chain(self, style_id: str | None) -> list[str]:
        """The style and those it is based on."""
        return [attribute(style, "styleId") or "" for style in self._chain(style_id)]

    def _chain(self, style_id: str | None) -> list[etree._Element]:
        chain: list[etree._Element] = []
        current = style_id or self._default
        while current in self._styles and len(chain) < _LONGEST_CHAIN:
            style = self._styles[current]
            chain.append(style)
            current = attribute(child(style, "basedOn"))
        return chain
