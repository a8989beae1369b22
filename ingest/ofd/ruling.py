"""A path object of OFD → the straight lines it draws across and down the page: GB/T 33190-2016, 9.1."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from ingest.ofd.document import Placed
from ingest.ofd.matrix import Matrix
from ingest.ofd.names import child, children, number, numbers
from ingest.paper.sheet import Edge

_STRAIGHT = 0.3  # millimetres that a straight line may be aslant
_THIN = 0.9  # millimetres: a rectangle that thin is a line
_SHORTEST = 1.4  # millimetres
_WHITE = 250  # of 255
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

_Point = tuple[float, float]


def ruling_lines(path: Placed, outer: Matrix) -> Iterator[Edge]:
    """The lines, in millimetres."""
    if not _is_seen(path.element):
        return
    matrix = path.matrix.within(outer)
    for data in children(path.element, "AbbreviatedData"):
        for stroke in _strokes(data.text or ""):
            yield from _lines([matrix.place(x, y) for x, y in stroke])


def _is_seen(path: etree._Element) -> bool:
    stroked = path.get("Stroke") != "false" and not _is_white(child(path, "StrokeColor"))
    filled = path.get("Fill") == "true" and not _is_white(child(path, "FillColor"))
    return stroked or filled


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    if number(colour.get("Alpha"), 255) == 0:
        return True
    parts = numbers(colour.get("Value"))
    return parts == [0.0] * 4 if len(parts) == 4 else bool(parts) and min(parts) >= _WHITE


def _strokes(data: str) -> Iterator[list[_Point]]:
    """The points of each stretch of straight lines: M and S begin one, C goes back there, a curve ends it."""
    stroke: list[_Point] = []
    begin = (0.0, 0.0)
    tokens = _TOKEN.findall(data)
    place = 0
    while place < len(tokens):
        step = tokens[place]
        count = _OPERANDS.get(step, 0)
        values = [number(token) for token in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        point = (values[-2], values[-1]) if len(values) >= 2 else begin
        if step in {"M", "S", "Q", "B", "A"}:
            yield stroke
            stroke = [point]
            begin = point if step in {"M", "S"} else begin
        elif step in {"L", "C"}:
            stroke.append(point)
    yield stroke


def _lines(points: list[_Point]) -> Iterator[Edge]:
    """The straight lines of a stroke; a thin rectangle is one line."""
    if len(points) < 2:
        return
    across, down = [x for x, _ in points], [y for _, y in points]
    width, height = max(across) - min(across), max(down) - min(down)
    if len(points) > 3 and min(width, height) <= _THIN:
        middle = ((min(across) + max(across)) / 2, (min(down) + max(down)) / 2)
        if width >= height:
            yield from _line((min(across), middle[1]), (max(across), middle[1]))
        else:
            yield from _line((middle[0], min(down)), (middle[0], max(down)))
        return
    for one, other in pairwise(points):
        yield from _line(one, other)


def _line(one: _Point, other: _Point) -> Iterator[Edge]:
    (x1, y1), (x2, y2) = one, other
    if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _SHORTEST:
        yield Edge(direction="horizontal", place=(y1 + y2) / 2, start=min(x1, x2), end=max(x1, x2))
    elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _SHORTEST:
        yield Edge(direction="vertical", place=(x1 + x2) / 2, start=min(y1, y2), end=max(y1, y2))
