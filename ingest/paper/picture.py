"""A picture of a page: turned upright, cut into strips where it is long, and its ruling lines."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.paper.recognition import LONGEST_SIDE, Picture
from ingest.paper.sheet import Edge

_LONG = 2.0  # times its width is a picture that is no page but a strip of pages
_STRIP = 1.4  # times the width
_SEARCHED = 0.25  # of a strip for a blank row to cut at
_INK = 110  # levels of 255 and less is print
_DARK = 40  # levels darker than its surroundings is ink
_SHORTEST_LINE = 0.02  # of the longer side is a ruling line
_THICKEST_LINE = 0.006
_STEEPEST = 0.002  # slope to which a ruling line is level


def shrunk(picture: Picture) -> Picture:
    """The picture with no side longer than is recognised; a long strip is measured by its width."""
    import cv2

    height, width = picture.shape[:2]
    longest = width if is_long(picture) else max(height, width)
    if longest <= LONGEST_SIDE:
        return picture
    scale = LONGEST_SIDE / longest
    size = (round(width * scale), round(height * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def is_long(picture: Picture) -> bool:
    """Whether it is a strip of pages, as web sites publish them."""
    height, width = picture.shape[:2]
    return bool(height > _LONG * width and height > LONGEST_SIDE)


def strips(picture: Picture) -> Iterator[tuple[int, Picture]]:
    """The picture in parts that can be recognised, each with its top, cut between two lines of text."""
    if not is_long(picture):
        yield 0, picture
        return
    height, width = picture.shape[:2]
    step = int(_STRIP * width)
    top = 0
    while top < height:
        bottom = min(height, top + step)
        if bottom < height:
            first = bottom - int(_SEARCHED * step)
            ink = np.ptp(picture[first:bottom].max(axis=2), axis=1)
            bottom = first + _middle_of_longest(np.asarray(ink <= ink.min(), dtype=np.bool_))
        yield top, picture[top:bottom]
        top = bottom


def _middle_of_longest(blank: NDArray[np.bool_]) -> int:
    """The middle of the longest run of blank rows."""
    borders = np.flatnonzero(np.diff(np.concatenate(([0], blank.astype(np.int8), [0]))))
    starts, ends = borders[::2], borders[1::2]
    longest = int(np.argmax(ends - starts))
    return max(1, int(starts[longest] + ends[longest]) // 2)


def turned(picture: Picture, degrees: float) -> Picture:
    """The picture turned counterclockwise; what comes in at the corners is white."""
    import cv2

    if degrees % 90 == 0:
        return np.ascontiguousarray(np.rot90(picture, int(degrees) // 90))
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), borderValue=(255, 255, 255)), dtype=np.uint8
    )


def ink_outside(picture: Picture, boxes: Sequence[NDArray[np.float64]]) -> float:
    """Which share of the ink stands outside the boxes, each given by its corners."""
    ink = picture.min(axis=2) < _INK
    whole = int(ink.sum())
    for corners in boxes:
        left, top = np.floor(corners.min(axis=0)).astype(int).clip(0)
        right, bottom = np.ceil(corners.max(axis=0)).astype(int).clip(0)
        ink[top:bottom, left:right] = False
    return int(ink.sum()) / whole if whole else 0.0


def ruling_lines(picture: Picture) -> Iterator[Edge]:
    """The level and upright lines of the picture, as tables have them."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, _DARK)
    length = max(20, int(max(picture.shape[:2]) * _SHORTEST_LINE))
    thickest = max(4, int(max(picture.shape[:2]) * _THICKEST_LINE))
    for across in (True, False):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
        # A scan breaks thin lines and leans a little; a grown line is whole again.
        drawn = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
        _, _, found, _ = cv2.connectedComponentsWithStats(drawn)
        yield from _edges(np.asarray(found[1:], dtype=np.int64), across, length, thickest)


def _edges(found: NDArray[np.int64], across: bool, length: int, thickest: int) -> Iterator[Edge]:
    for left, top, width, height, _ in found.tolist():
        along, thick = (width, height) if across else (height, width)
        if along < 1.5 * length or thick > thickest + along * _STEEPEST * 5:
            continue
        if across:
            yield Edge(direction="horizontal", place=top + height / 2, start=left, end=left + width)
        else:
            yield Edge(direction="vertical", place=left + width / 2, start=top, end=top + height)
