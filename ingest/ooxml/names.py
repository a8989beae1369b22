"""Qualified names of WordprocessingML."""

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def local(element: etree._Element) -> str:
    """The name of the element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first element down this path of names."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The elements right below with this name."""
    return [each for each in element if local(each) == name]


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of the main namespace, in either of its editions."""
    if element is None:
        return None
    for namespace in (_W, _STRICT):
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return str(value)
    return None


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """The attribute as a whole number; None where there is none."""
    value = attribute(element, name)
    return int(value) if value is not None and value.lstrip("-").isdecimal() else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle is set: present and not said to be off."""
    return element is not None and attribute(element) not in ("0", "false", "off", "none")
