"""Pictures of pages → sheets; the page of a PDF is drawn first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UnreadableFileError
from ingest.paper.picture import ink_outside, ruling_lines, shrunk, strips, turned
from ingest.paper.recognition import (
    LONGEST_SIDE,
    Picture,
    Stretch,
    recognised,
    recognised_lines,
)
from ingest.paper.sheet import Edge, Ink, Sheet
from ingest.paper.writing_system import width

_DOTS_PER_INCH = 200
_POINTS_PER_INCH = 72
_UNREADABLE = 0.5  # certainty of what is a stain rather than text
_UNCERTAIN = 0.75  # usual certainty of a page that is upside down
_MOST_UNREAD = 0.5  # of the ink, which a recogniser passes over where letters stand on their heads
_TALL = 1.5  # times its width is a stretch of a page that lies on its side
_LEAST_SLOPE, _MOST_SLOPE = 0.003, 0.2
_STROKE = 0.2  # of its height may a stroke reach beyond the box of a text
_BOX_TO_EM = 0.8  # of the height of a box is the em
_FEWEST_WIDE = 4  # characters that tell the em by their width
_ONE_AT_A_TIME = Lock()  # PDFium is not made for threads

Corners = NDArray[np.float64]


def recognised_sheet(picture: Picture, number: int) -> Sheet:
    """What can be read in the picture of a page."""
    upright, stretches = _upright(shrunk(picture))
    stretches = [stretch for stretch in stretches if stretch.certainty >= _UNREADABLE]
    slope = _slope(stretches)
    if slope:
        upright = turned(upright, float(np.degrees(np.arctan(slope))))
        stretches = [_levelled(stretch, slope, upright) for stretch in stretches]
    height, across = upright.shape[:2]
    edges = tuple(edge for edge in ruling_lines(upright) if not _is_stroke(edge, stretches))
    inks = [part for stretch in stretches for part in _within_cells(stretch, edges, upright)]
    return Sheet(
        number=number,
        width=float(across),
        height=float(height),
        inks=tuple(_of_one_size(inks)),
        edges=edges,
        read_by_ocr=True,
    )


def drawn_page(content: bytes, name: str, number: int) -> Picture:
    """The picture of a page of a PDF, counted from 1."""
    import pypdfium2  # type: ignore[import-untyped]

    with _ONE_AT_A_TIME:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(
                f"{name}: expected a PDF that can be drawn, found it damaged; download or export it again"
            ) from error
        try:
            page = pdf[number - 1]
            scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, LONGEST_SIDE / max(page.get_size()))
            bitmap = page.render(scale=scale, rev_byteorder=False)
            picture = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
            bitmap.close()
            page.close()
        finally:
            pdf.close()
    return picture


def _upright(picture: Picture) -> tuple[Picture, list[Stretch]]:
    """The picture as it is read, and what is read in it: a page may have been scanned on its side."""
    found = _read(picture)
    tall = sum(len(stretch.text) for stretch in found if _is_tall(stretch))
    if tall * 2 > sum(len(stretch.text) for stretch in found):
        ways = [turned(picture, 90), turned(picture, 270)]
    elif (
        median([stretch.certainty for stretch in found] or [1.0]) < _UNCERTAIN
        or ink_outside(picture, [stretch.corners for stretch in found]) > _MOST_UNREAD
    ):
        ways = [turned(picture, 180)]
    else:
        return picture, found
    tried = [(picture, found), *((way, _read(way)) for way in ways)]
    return max(tried, key=lambda way: sum(stretch.certainty * len(stretch.text) for stretch in way[1]))


def _read(picture: Picture) -> list[Stretch]:
    return [
        stretch._replace(corners=stretch.corners + np.array([0.0, float(top)]))
        for top, strip in strips(picture)
        for stretch in recognised(strip)
    ]


def _is_tall(stretch: Stretch) -> bool:
    across, down = np.ptp(stretch.corners, axis=0)
    return bool(down > _TALL * across) and len(stretch.text) > 1


def _slope(stretches: Sequence[Stretch]) -> float:
    """How the lines of text lean, as a page that was put askew on the glass; 0 where they do not."""
    found = [
        (stretch.corners[1][1] - stretch.corners[0][1]) / (stretch.corners[1][0] - stretch.corners[0][0])
        for stretch in stretches
        if width(stretch.text) >= 8 and stretch.corners[1][0] > stretch.corners[0][0]
    ]
    slope = float(median(found)) if len(found) > 2 else 0.0
    return slope if _LEAST_SLOPE <= abs(slope) <= _MOST_SLOPE else 0.0


def _levelled(stretch: Stretch, slope: float, picture: Picture) -> Stretch:
    height, across = picture.shape[:2]
    middle = np.array([across / 2, height / 2])
    angle = -np.arctan(slope)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return stretch._replace(corners=(stretch.corners - middle) @ turn.T + middle)


def _is_stroke(edge: Edge, stretches: Sequence[Stretch]) -> bool:
    """Whether it is a stroke of a large letter: it lies inside a stretch of text."""
    for stretch in stretches:
        left, top = stretch.corners.min(axis=0)
        right, bottom = stretch.corners.max(axis=0)
        across, down = (left, right), (top, bottom)
        along, beside = (across, down) if edge.direction == "horizontal" else (down, across)
        margin = _STROKE * (bottom - top)
        if (
            along[0] - margin <= edge.start
            and edge.end <= along[1] + margin
            and beside[0] < edge.place < beside[1]
        ):
            return True
    return False


def _within_cells(stretch: Stretch, edges: Sequence[Edge], picture: Picture) -> Iterator[Ink]:
    """The stretch, read again in parts where it runs across the lines of a table."""
    left, top = stretch.corners.min(axis=0)
    right, bottom = stretch.corners.max(axis=0)
    margin = (bottom - top) / 3
    middle = (top + bottom) / 2
    borders = sorted(
        edge.place
        for edge in edges
        if edge.direction == "vertical"
        and left + margin < edge.place < right - margin
        and edge.start < middle < edge.end
    )
    if not borders:
        yield _ink(stretch.text, (left, top, right, bottom))
        return
    places = [left, *borders, right]
    boxes = [(first, top, last, bottom) for first, last in pairwise(places)]
    texts = recognised_lines([_cut_out(picture, box) for box in boxes])
    for box, text in zip(boxes, texts, strict=True):
        if text.strip():
            yield _ink(text, box)


_Box = tuple[float, float, float, float]


def _cut_out(picture: Picture, box: _Box) -> Picture:
    left, top, right, bottom = (max(0, round(place)) for place in box)
    return np.ascontiguousarray(picture[top:bottom, left + 2 : right - 2])


def _ink(text: str, box: _Box) -> Ink:
    left, top, right, bottom = (float(place) for place in box)
    size = max(1.0, (bottom - top) * _BOX_TO_EM)
    return Ink(text=text.strip(), left=left, top=top, right=right, bottom=bottom, size=size)


def _of_one_size(inks: Sequence[Ink]) -> Iterator[Ink]:
    """The em by the width of the text, which is surer than the height of a box; short text by the height."""
    wide = {ink: (ink.right - ink.left) / width(ink.text) for ink in inks if width(ink.text) >= _FEWEST_WIDE}
    ratio = median([size / (ink.bottom - ink.top) for ink, size in wide.items()] or [_BOX_TO_EM])
    for ink in inks:
        yield replace(ink, size=wide.get(ink, (ink.bottom - ink.top) * ratio))
