"""A page of OFD that is a picture → the picture, put together of those that the page prints."""

import numpy as np

from ingest.errors import UnreadableFileError
from ingest.ofd.document import OfdPage, Placed
from ingest.ofd.names import local
from ingest.ofd.package import Package
from ingest.paper.picture_file import pictures
from ingest.paper.recognition import LONGEST_SIDE, Picture
from ingest.paper.sheet import Sheet

_FEWEST_GLYPHS = 12  # on a page that is a picture: a stamp or a page number printed over it
_COVERED = 0.4  # of a page by the pictures of a scan
_DOTS = 200 / 25.4  # in a millimetre

_Box = tuple[float, float, float, float]


def is_picture(page: OfdPage, sheet: Sheet) -> bool:
    """Whether the text of the page tells nothing of what it shows."""
    glyphs = sum(len(ink.text) for ink in (*sheet.inks, *sheet.asides))
    boxes = [_box(each, page) for each in _images(page)]
    covered = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)
    if not glyphs:
        return bool(boxes)
    return glyphs < _FEWEST_GLYPHS and covered >= _COVERED * page.width * page.height


def picture_of(page: OfdPage, package: Package) -> Picture:
    """What the page shows, without its text, or an IngestError."""
    import cv2

    dots = min(_DOTS, LONGEST_SIDE / max(page.width, page.height))
    size = (max(1, round(page.height * dots)), max(1, round(page.width * dots)), 3)
    drawn: Picture = np.full(size, 255, np.uint8)
    for image in _images(page):
        left, top, right, bottom = (round(side * dots) for side in _box(image, page))
        if right > left and bottom > top:
            picture = _turned(_picture(image, page, package), image.matrix.turn)
            drawn[top:bottom, left:right] = cv2.resize(
                picture, (right - left, bottom - top), interpolation=cv2.INTER_AREA
            )
    return drawn


def _images(page: OfdPage) -> list[Placed]:
    return [each for each in page.objects if local(each.element) == "ImageObject"]


def _box(image: Placed, page: OfdPage) -> _Box:
    """The part of the page that the picture covers: it is one unit wide and high before it is placed."""
    corners = [image.matrix.place(x, y) for x in (0, 1) for y in (0, 1)]
    across = [min(max(x, 0.0), page.width) for x, _ in corners]
    down = [min(max(y, 0.0), page.height) for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _picture(image: Placed, page: OfdPage, package: Package) -> Picture:
    path = page.pictures.get(image.element.get("ResourceID") or "")
    if path is None:
        raise UnreadableFileError(
            f"{package.name}: expected a picture on page {page.number}, found none of its number; "
            "open it in its program and save it anew"
        )
    name = f"{package.name}/{path}"
    found = next(pictures(package.picture(path), name, package.limits), None)
    if found is None:
        raise UnreadableFileError(f"{name}: expected a picture, found none; save it anew")
    return found


def _turned(picture: Picture, turn: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, -(turn // 90) if turn % 90 == 0 else 0))
