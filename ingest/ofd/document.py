"""The parts of an OFD file → its pages in order, each with the objects that are printed on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.ofd.matrix import Matrix, matrix_of
from ingest.ofd.names import child, children, descendants, local, numbers
from ingest.ofd.package import Package

_ROOT = "OFD.xml"
_A4 = (210.0, 297.0)  # which a document that names no page size is printed on
_LEAST_OF_GROUP = 1_000  # bytes that a group counts for wherever it is printed
_CONTAINERS = frozenset({"Content", "Layer", "PageBlock"})
_PRINTED = frozenset({"TextObject", "PathObject", "ImageObject"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An object of text, path or picture, and where it stands on the page."""

    element: etree._Element
    matrix: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdPage:
    """A page: its number from 1, its size in millimetres, what its template and it print."""

    number: int
    width: float
    height: float
    objects: tuple[Placed, ...]
    pictures: Mapping[str, str]  # paths of picture files by their identifiers


@dataclass(slots=True, kw_only=True)
class _Resources:
    """What objects refer to, by identifier: groups of objects, and paths of picture files."""

    units: dict[str, etree._Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def add(self, package: Package, path: str) -> None:
        part = package.part(path)
        folder = package.resolved(path, f"{part.get('BaseLoc') or '.'}/_")
        for unit in descendants(part, "CompositeGraphicUnit"):
            self.units[unit.get("ID") or ""] = unit
        for medium in descendants(part, "MultiMedia"):
            file = child(medium, "MediaFile")
            if file is not None and file.text:
                found = package.resolved(folder, file.text)
                # Some programs name the folder of the file once more.
                beside = package.resolved(path, file.text)
                self.pictures[medium.get("ID") or ""] = found if package.holds(found) else beside

    def size(self, identifier: str) -> int:
        """How many bytes printing the group of objects counts for."""
        if identifier not in self.sizes:
            self.sizes[identifier] = max(_LEAST_OF_GROUP, len(etree.tostring(self.units[identifier])))
        return self.sizes[identifier]


def pages_of(package: Package) -> Iterator[OfdPage]:
    """The pages of all documents of the file, or an IngestError that names the part at fault."""
    root = package.part(_ROOT)
    if child(root, "Encryptions") is not None:
        raise package.encrypted()
    locations = [location for body in children(root, "DocBody") for location in children(body, "DocRoot")]
    if not locations:
        raise UnreadableFileError(
            f"{package.name}: expected an OFD document, found none named in {_ROOT}; "
            "open it in its program and save it anew"
        )
    number = 0
    for location in locations:
        document = _Document(package, package.resolved("", location.text or ""))
        for path in document.pages:
            number += 1
            if number > package.limits.pages:
                raise LimitExceededError(
                    f"{package.name}: expected at most {package.limits.pages:,} pages, found more; "
                    "split it, or raise CLAUSEWISE_LIMITS__PAGES"
                )
            yield document.page(path, number)


class _Document:
    """One document of the file: GB/T 33190-2016, 7.5."""

    def __init__(self, package: Package, path: str) -> None:
        root = package.part(path)
        common = child(root, "CommonData")
        self._package = package
        self._area = child(common, "PageArea")
        self._templates = {
            template.get("ID"): package.resolved(path, template.get("BaseLoc") or "")
            for template in children(common, "TemplatePage")
        }
        self._resources = _Resources()
        for name in ("PublicRes", "DocumentRes"):
            for location in children(common, name):
                # A list that is empty is often left out of the file.
                if package.holds(found := package.resolved(path, location.text or "")):
                    self._resources.add(package, found)
        self._read: dict[str, etree._Element] = {}
        self.pages = [
            package.resolved(path, page.get("BaseLoc") or "")
            for page in children(child(root, "Pages"), "Page")
        ]

    def page(self, path: str, number: int) -> OfdPage:
        """The page of this path."""
        page = self._package.part(path)
        shown, areas = [], [child(page, "Area")]
        for used in children(page, "Template"):
            location = self._templates.get(used.get("TemplateID"))
            if location is not None:
                template = self._template(location)
                shown.append(template)
                areas.append(child(template, "Area"))
        width, height = _size([*areas, self._area])
        resources = self._resources
        for location_of_page in children(page, "PageRes"):
            resources = _Resources(units=dict(resources.units), pictures=dict(resources.pictures))
            resources.add(self._package, self._package.resolved(path, location_of_page.text or ""))
        parts = [(each, Matrix()) for each in (*shown, page)]
        return OfdPage(
            number=number,
            width=width,
            height=height,
            objects=tuple(_placed(parts, resources, self._package, path)),
            pictures=resources.pictures,
        )

    def _template(self, path: str) -> etree._Element:
        if path in self._read:
            # What is printed on many pages costs its reader as much as a page of its own does.
            self._package.spend(self._package.size(path), path)
        else:
            self._read[path] = self._package.part(path)
        return self._read[path]


def _placed(
    parts: list[tuple[etree._Element, Matrix]], resources: _Resources, package: Package, path: str
) -> Iterator[Placed]:
    """The objects in order of printing, those inside groups at any depth as well."""
    waiting: list[tuple[etree._Element, Matrix, int]] = []

    def wait_for(inner: etree._Element, matrix: Matrix, depth: int) -> None:
        waiting.extend((each, matrix, depth) for each in reversed(inner))

    for part, matrix in reversed(parts):
        wait_for(part, matrix, 0)
    while waiting:
        element, outer, depth = waiting.pop()
        name = local(element)
        if element.get("Visible") == "false":
            continue
        if name in _CONTAINERS:
            wait_for(element, outer, depth)
        elif name in _PRINTED:
            yield Placed(element=element, matrix=matrix_of(element, outer))
        elif name == "CompositeObject":
            used = element.get("ResourceID") or ""
            if depth >= package.limits.element_depth:
                raise LimitExceededError(
                    f"{package.name}: {path} nests more than {package.limits.element_depth} groups of "
                    "objects; save it anew, or raise CLAUSEWISE_LIMITS__ELEMENT_DEPTH"
                )
            if used not in resources.units:
                raise UnreadableFileError(
                    f"{package.name}: expected the objects of {path}, found none numbered {used}; "
                    "open it in its program and save it anew"
                )
            package.spend(resources.size(used), path)
            wait_for(resources.units[used], matrix_of(element, outer), depth + 1)


def _size(areas: list[etree._Element | None]) -> tuple[float, float]:
    """Width and height of the first area that names them."""
    for area in areas:
        for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
            box = child(area, name)
            values = numbers(box.text) if box is not None else []
            if len(values) == 4 and min(values[2:]) > 0:
                return values[2], values[3]
    return _A4
