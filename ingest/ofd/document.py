"""The parts of an OFD file → its pages in order, each with the objects that are printed on it."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits
from ingest.ofd.names import child, children, descendants
from ingest.zipped_xml import ZippedXml

_ROOT = "OFD.xml"
# A4, which a document that names no page size is printed on.
_A4 = "0 0 210 297"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdPage:
    """A page: its number from 1, its size in millimetres, and the layers of its template and its own."""

    number: int
    width: float
    height: float
    layers: tuple[etree._Element, ...]


def pages_of(content: bytes, name: str, limits: Limits) -> Iterator[OfdPage]:
    """The pages of all documents of the file, or an IngestError that names the part at fault."""
    package = ZippedXml(content, name, limits, expected="an OFD document")
    if any(posixpath.basename(path) == "Encryptions.xml" for path in package.names()):
        raise PasswordError(f"{name}: it is encrypted; save a copy that is not")
    root = _part(package, _ROOT, name)
    number = 0
    for location in descendants(root, "DocRoot"):
        path = _resolved("", location.text or "")
        document = _part(package, path, name)
        templates = {
            template.get("ID"): _resolved(path, template.get("BaseLoc") or "")
            for template in descendants(document, "TemplatePage")
        }
        default = _box(child(document, "CommonData", "PageArea", "PhysicalBox"), _A4)
        for page in children(child(document, "Pages"), "Page"):
            number += 1
            if number > limits.pages:
                raise LimitExceededError(
                    f"{name}: expected at most {limits.pages:,} pages, found more; "
                    "split it, or raise CLAUSEWISE_LIMITS__PAGES"
                )
            yield _page(package, _resolved(path, page.get("BaseLoc") or ""), name, number, templates, default)


def _page(
    package: ZippedXml,
    path: str,
    name: str,
    number: int,
    templates: dict[str | None, str],
    default: tuple[float, float],
) -> OfdPage:
    page = _part(package, path, name)
    shown = []
    for used in children(page, "Template"):
        template = templates.get(used.get("TemplateID"))
        if template is not None:
            shown += list(descendants(_part(package, template, name), "Layer"))
    width, height = _box(child(page, "Area", "PhysicalBox"), f"0 0 {default[0]} {default[1]}")
    layers = [*shown, *descendants(page, "Layer")]
    return OfdPage(number=number, width=width, height=height, layers=tuple(layers))


def _part(package: ZippedXml, path: str, name: str) -> etree._Element:
    part = package.part(path)
    if part is None:
        raise UnreadableFileError(
            f"{name}: expected an OFD document, found no {path}; open it in its program and save it anew"
        )
    return part


def _resolved(base: str, location: str) -> str:
    """A location as the standard has it: from the root with a leading slash, else beside its part."""
    location = location.strip()
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location))


def _box(element: etree._Element | None, default: str) -> tuple[float, float]:
    text = (element.text if element is not None else None) or default
    try:
        _, _, width, height = (float(part) for part in text.split()[:4])
    except ValueError:
        return _box(None, _A4)
    return width, height
