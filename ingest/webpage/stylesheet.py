"""What the style sheets of a page and its elements' own attributes declare for each element.

Only the properties that can hide text are read. A rule that holds for other media than a screen, or
that depends on what the reader does, is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cssselect import HTMLTranslator, SelectorError, parse
from lxml import html

Declared = Mapping[str, str]

_READ = frozenset(
    {
        *("display", "visibility", "content-visibility", "opacity", "color", "-webkit-text-fill-color"),
        *("background", "background-color", "background-image", "font", "font-size", "text-indent"),
        *("position", "left", "top", "right", "bottom", "margin-left", "margin-top", "transform"),
        *("clip", "clip-path", "height", "max-height", "width", "max-width"),
        *("overflow", "overflow-x", "overflow-y"),
    }
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_URL = re.compile(r"url\([^)]*\)", re.IGNORECASE)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@(?P<name>[\w-]+)(?P<query>[^{};]*)\{(?P<rules>(?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_SCREEN = re.compile(r"(?:only\s+)?(?:screen|all)", re.IGNORECASE)
_DEPENDS = re.compile(
    r":(?:hover|focus|active|visited|target|checked|before|after|has|nth|not|is|where)|::|[~+]"
)
_LONGEST_SELECTOR = 200
_MOST_WORK = 5_000_000  # selectors × elements
_INLINE = (1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Rule:
    xpath: str
    weight: tuple[int, int, int, int]
    declarations: tuple[tuple[str, str, bool], ...]


def declared_styles(root: html.HtmlElement) -> dict[html.HtmlElement, Declared]:
    """The declarations that hold for each element, by property; elements without any are left out."""
    found: dict[html.HtmlElement, list[tuple[tuple[object, ...], str, str]]] = {}
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    most = _MOST_WORK // max(1, len(elements))
    for order, rule in enumerate(_rules(root)):
        if order >= most:
            break
        for element in root.xpath(rule.xpath):
            for name, value, important in rule.declarations:
                key = (important, rule.weight, order)
                found.setdefault(element, []).append((key, name, value))
    for element in elements:
        for name, value in _of_attributes(element):
            found.setdefault(element, []).append(((False, (0, 0, 0, 0), -1), name, value))
        for name, value, important in _declarations(element.get("style") or ""):
            found.setdefault(element, []).append(((important, _INLINE, 0), name, value))
    return {
        element: {name: value for _, name, value in sorted(entries, key=lambda entry: entry[0])}
        for element, entries in found.items()
    }


def _rules(root: html.HtmlElement) -> Iterator[_Rule]:
    for sheet in root.iter("style"):
        media = (sheet.get("media") or "all").strip()
        if _SCREEN.fullmatch(media):
            yield from _rules_of(_URL.sub("url()", _COMMENT.sub(" ", sheet.text or "")))


def _rules_of(sheet: str) -> Iterator[_Rule]:
    flat = _AT_BLOCK.sub(_on_screen, sheet)
    for match in _RULE.finditer(flat):
        declarations = tuple(_declarations(match[2]))
        if declarations and len(match[1]) <= _LONGEST_SELECTOR:
            yield from _selected(match[1].strip(), declarations)


def _on_screen(match: re.Match[str]) -> str:
    holds = match["name"].lower() == "media" and _SCREEN.fullmatch(match["query"].strip())
    return match["rules"] if holds else " "


def _selected(printed: str, declarations: tuple[tuple[str, str, bool], ...]) -> Iterator[_Rule]:
    translator = HTMLTranslator()
    for one in printed.split(","):
        if _DEPENDS.search(one):
            continue
        try:
            for selector in parse(one):
                weight = (0, *selector.specificity())
                yield _Rule(translator.selector_to_xpath(selector), weight, declarations)
        except SelectorError:
            continue  # what no browser understands holds for nothing


def _declarations(printed: str) -> Iterator[tuple[str, str, bool]]:
    for declaration in _COMMENT.sub(" ", printed).split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), " ".join(value.lower().split())
        if colon and name in _READ:
            plain = re.sub(r"\s*!\s*important$", "", value)
            yield name, plain, plain != value


def _of_attributes(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    if "hidden" in element.attrib:
        yield "display", "none"
    for attribute, name in (("bgcolor", "background-color"), ("background", "background-image")):
        if element.get(attribute):
            yield name, element.get(attribute, "").lower()
    colour = element.get("color") if element.tag == "font" else element.get("text")
    if colour and element.tag in {"font", "body"}:
        yield "color", colour.strip().lower()
