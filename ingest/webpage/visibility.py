"""Which elements of a web page hold text that a reader cannot see, whatever he does.

What is folded away and comes up on a click is text of the page: see ingest/webpage/folding.py.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import html

from ingest.webpage.colours import BLACK, WHITE, Colour, colour_of, is_legible, over
from ingest.webpage.folding import Folding
from ingest.webpage.stylesheet import Declared, declared_styles

_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|%|vw|vh|cm|mm|in|pc)?")
_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "rem": 16, "vw": 12, "vh": 8}
_FAR = 500.0
_BEYOND_ANY_SCREEN = 5000.0
_TINY = 1.0
_FAINT = 0.1
_BODY_SIZE = 16.0
_NOTHING_OF_IT = re.compile(
    r"rect\((?:[01](?:px)?[\s,]+){3}[01](?:px)?\)|inset\((?:[5-9]\d|100)%.*\)|circle\(0.*\)|polygon\(0[^)]*\)"
)
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]")
_SHIFTED = re.compile(r"translate(?:3d|x|y)?\(([^)]*)\)")
_WHOLE_PAGE = frozenset({"html", "body"})
_NONE: Declared = {}


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands on to those within it."""

    gone: bool = False  # with all that is in it
    folded: bool = False
    visible: bool = True
    colour: Colour | None = BLACK
    ground: Colour | None = WHITE  # None behind a picture
    size: float = _BODY_SIZE
    indent: float = 0.0


def unseen(body: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """The elements whose own text nobody can see."""
    root = body.getroottree().getroot()
    styles, folding = declared_styles(root), Folding(root)
    looks: dict[html.HtmlElement, _Look] = {}
    hidden = set()
    for element in (each for each in root.iter() if isinstance(each.tag, str)):
        parent = element.getparent()
        above = _Look() if parent is None else looks[parent]
        look = _look(element, styles.get(element, _NONE), above, folding)
        looks[element] = look
        if look.gone or not _is_legible(look):
            hidden.add(element)
    return frozenset(hidden)


def _is_legible(look: _Look) -> bool:
    if not look.visible or look.size <= _TINY or look.indent <= -_FAR:
        return False
    return look.colour is None or look.ground is None or is_legible(look.colour, look.ground)


def _look(element: html.HtmlElement, style: Declared, above: _Look, folding: Folding) -> _Look:
    look = _inherited(style, above)
    if element.tag in _WHOLE_PAGE:
        # A page that hides itself whole is shown by its script once it is laid out.
        return replace(look, gone=False, visible=True)
    closed = _is_closed(style) or element.get("aria-hidden") == "true"
    if look.gone or _is_away(style, look.size):
        return replace(look, gone=True)
    shut = closed or (not look.visible and above.visible)
    if shut and (above.folded or folding.opens(element)):
        return replace(look, folded=True, visible=True)
    return replace(look, gone=closed)


def _inherited(style: Declared, above: _Look) -> _Look:
    visible = {"hidden": False, "collapse": False, "visible": True}.get(style.get("visibility", ""))
    colour = style.get("-webkit-text-fill-color") or style.get("color", "inherit")
    size = _size(style, above.size)
    return _Look(
        gone=above.gone,
        folded=above.folded,
        visible=above.visible if visible is None else visible,
        colour=above.colour if colour in {"inherit", "unset", "currentcolor"} else colour_of(colour),
        ground=_ground(style, above.ground),
        size=size,
        indent=_pixels(style["text-indent"], size) if "text-indent" in style else above.indent,
    )


def _ground(style: Declared, above: Colour | None) -> Colour | None:
    """What stands behind the text; unknown behind a picture or a gradient."""
    ground = above
    for name in ("background", "background-color"):
        words = style.get(name, "")
        if "url(" in words or "gradient" in words:
            return None
        colours = [found for found in map(colour_of, _words(words)) if found]
        if colours and (ground is not None or colours[-1][3] == 1):
            ground = over(colours[-1], ground or WHITE)
    image = style.get("background-image", "none")
    return ground if image in {"none", "initial"} else None


def _words(printed: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"[\w#-]+(?:\([^)]*\))?", printed))


def _size(style: Declared, above: float) -> float:
    size = above
    short = re.search(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%))(?:/\S+)?\s", style.get("font", ""))
    for printed in (short[1] if short else "", style.get("font-size", "")):
        match = _LENGTH.fullmatch(printed)
        if match:
            size = above * float(match[1]) / 100 if match[2] == "%" else _pixels(printed, above)
    return size


def _pixels(printed: str, size: float) -> float:
    match = _LENGTH.match(printed.strip())
    if not match:
        return 0.0
    unit = match[2] or "px"
    if unit == "em":
        return float(match[1]) * size
    return float(match[1]) * (_FAR / 100 if unit == "%" else _PIXELS[unit])


def _is_closed(style: Declared) -> bool:
    """Whether it takes no room on the page, as what is folded away does."""
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return True
    return _is_cut(style) and any(
        _is_nothing(style.get(name, "")) for name in ("height", "max-height", "width", "max-width")
    )


def _is_cut(style: Mapping[str, str]) -> bool:
    return any(
        word in style.get(name, "")
        for name in ("overflow", "overflow-x", "overflow-y")
        for word in ("hidden", "clip")
    )


def _is_nothing(printed: str) -> bool:
    match = _LENGTH.fullmatch(printed)
    return match is not None and 0 <= float(match[1]) <= 1 and match[2] in (None, "px", "pt", "%", "em")


def _is_away(style: Declared, size: float) -> bool:
    """Whether it is transparent, clipped to nothing, or off the screen."""
    opacity = _LENGTH.fullmatch(style.get("opacity", "1"))
    if opacity and float(opacity[1]) / (100 if opacity[2] == "%" else 1) < _FAINT:
        return True
    if any(_NOTHING_OF_IT.fullmatch(style.get(name, "")) for name in ("clip", "clip-path")):
        return True
    transform = style.get("transform", "")
    shifts = (part for match in _SHIFTED.finditer(transform) for part in match[1].split(","))
    if _SHRUNK.search(transform) or any(abs(_pixels(shift, size)) >= _FAR for shift in shifts):
        return True
    places = ["margin-left", "margin-top"]
    if style.get("position") in {"absolute", "fixed", "relative"}:
        places += ["left", "top", "right", "bottom"]
    shifted = [_pixels(style.get(name, ""), size) for name in places]
    return any(place <= -_FAR or place >= _BEYOND_ANY_SCREEN for place in shifted)
