"""Elements of OFD by their names, whatever the prefix or namespace a program writes, and their values."""

import math
from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """The name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first element down this path of names."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The elements right below with this name."""
    return [] if element is None else [each for each in element if local(each) == name]


def descendants(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The elements at any depth below with this name, in order."""
    return iter(()) if element is None else (each for each in element.iter() if local(each) == name)


def number(text: str | None, default: float = 0.0) -> float:
    """The number that is written; the default where it is none or not finite."""
    try:
        value = float(text) if text is not None else default
    except ValueError:
        return default
    return value if math.isfinite(value) else default


def numbers(text: str | None) -> list[float]:
    """The numbers that are written with blanks between them."""
    return [number(part) for part in (text or "").split()]
