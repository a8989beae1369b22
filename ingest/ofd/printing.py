"""The objects of an OFD page → ink and ruling lines at their places, in points.

Text: GB/T 33190-2016, 11.3; paths: 9.1. Coordinates are millimetres and count downwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from ingest.ofd.document import OfdPage
from ingest.ofd.names import children, local
from ingest.paper.sheet import Edge, Ink, Sheet

_POINTS = 72 / 25.4  # in a millimetre
# How much of the em stands above the line that letters stand on.
_ASCENT = 0.86
_STRAIGHT = 0.3  # millimetres that a straight line may be aslant
_THIN = 0.9  # millimetres: a rectangle that thin is a line
_STEP = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE]-?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_TEXT_OBJECTS = frozenset({"TextObject"})
_PATH_OBJECTS = frozenset({"PathObject"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where an object stands: its boundary's corner and its transformation."""

    left: float
    top: float
    matrix: tuple[float, float, float, float, float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return self.left + a * x + c * y + e, self.top + b * x + d * y + f


def sheet_of(page: OfdPage) -> Sheet:
    """The page as it is printed."""
    inks: list[Ink] = []
    edges: list[Edge] = []
    for layer in page.layers:
        for element in layer.iter():
            name = local(element)
            if name in _TEXT_OBJECTS:
                inks += _inks(element)
            elif name in _PATH_OBJECTS:
                edges += _edges(element)
    return Sheet(
        number=page.number,
        width=page.width * _POINTS,
        height=page.height * _POINTS,
        inks=tuple(inks),
        edges=tuple(edges),
    )


def _inks(element: etree._Element) -> Iterator[Ink]:
    frame = _frame(element)
    size = _number(element.get("Size"), 3.5)
    a, b, _, d, _, _ = frame.matrix
    if abs(b) > abs(a):
        return  # written aslant or upwards: a watermark or a stamp
    em = size * (abs(d) or 1.0)
    for code in children(element, "TextCode"):
        text = "".join((code.text or "").split("\n"))
        x, y = _number(code.get("X"), 0.0), _number(code.get("Y"), 0.0)
        steps, falls = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        for place, character in enumerate(text):
            left, base = frame.place(x, y)
            step = steps[place] if place < len(steps) else _advance(character) * size
            if character.strip():
                width = min(abs(step * a) or em, em) if place < len(text) - 1 else _advance(character) * em
                yield _ink(character, left, base, width, em)
            x += step
            y += falls[place] if place < len(falls) else 0.0


def _ink(character: str, left: float, base: float, width: float, em: float) -> Ink:
    top = base - _ASCENT * em
    return Ink(
        text=character,
        left=left * _POINTS,
        top=top * _POINTS,
        right=(left + width) * _POINTS,
        bottom=(top + em) * _POINTS,
        size=em * _POINTS,
    )


def _advance(character: str) -> float:
    """How wide a character is printed, in ems, where its object does not say."""
    return 0.5 if ord(character) < 0x2E80 and character not in "“”‘’…—·" else 1.0


def _edges(element: etree._Element) -> Iterator[Edge]:
    if element.get("Visible") == "false":
        return
    frame = _frame(element)
    for data in children(element, "AbbreviatedData"):
        for stroke in _strokes(data.text or ""):
            points = [frame.place(x, y) for x, y in stroke]
            yield from _lines(points)


def _lines(points: list[tuple[float, float]]) -> Iterator[Edge]:
    """The straight lines of a stroke; a thin rectangle is one line."""
    across = [x for x, _ in points]
    down = [y for _, y in points]
    width, height = max(across) - min(across), max(down) - min(down)
    if len(points) > 3 and min(width, height) <= _THIN:
        middle = ((min(across) + max(across)) / 2, (min(down) + max(down)) / 2)
        if width >= height:
            yield _edge("horizontal", middle[1], min(across), max(across))
        else:
            yield _edge("vertical", middle[0], min(down), max(down))
        return
    for (x1, y1), (x2, y2) in pairwise(points):
        if abs(y1 - y2) <= _STRAIGHT < abs(x1 - x2):
            yield _edge("horizontal", (y1 + y2) / 2, min(x1, x2), max(x1, x2))
        elif abs(x1 - x2) <= _STRAIGHT < abs(y1 - y2):
            yield _edge("vertical", (x1 + x2) / 2, min(y1, y2), max(y1, y2))


def _edge(direction: str, place: float, start: float, end: float) -> Edge:
    return Edge(
        direction="horizontal" if direction == "horizontal" else "vertical",
        place=place * _POINTS,
        start=start * _POINTS,
        end=end * _POINTS,
    )


def _strokes(data: str) -> Iterator[list[tuple[float, float]]]:
    """The points of each stroke of a path: M and S begin one, C goes back to its beginning."""
    stroke: list[tuple[float, float]] = []
    tokens = _STEP.findall(data)
    place = 0
    while place < len(tokens):
        step = tokens[place]
        count = _OPERANDS.get(step, 0)
        numbers = [_number(token, 0.0) for token in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        if step in {"M", "S"}:
            if len(stroke) > 1:
                yield stroke
            stroke = []
        if step == "C" and stroke:
            stroke.append(stroke[0])
        elif len(numbers) >= 2:
            stroke.append((numbers[-2], numbers[-1]))
    if len(stroke) > 1:
        yield stroke


def _frame(element: etree._Element) -> _Frame:
    boundary = [_number(part, 0.0) for part in (element.get("Boundary") or "").split()]
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    numbers = [_number(part, 0.0) for part in (element.get("CTM") or "").split()]
    if len(numbers) == 6:
        a, b, c, d, e, f = numbers
        return _Frame(left=left, top=top, matrix=(a, b, c, d, e, f))
    return _Frame(left=left, top=top, matrix=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def _deltas(printed: str | None) -> list[float]:
    """The steps between characters; `g n d` stands for n times the step d."""
    steps: list[float] = []
    parts = (printed or "").split()
    place = 0
    while place < len(parts):
        if parts[place] == "g" and place + 2 < len(parts):
            steps += [_number(parts[place + 2], 0.0)] * min(int(_number(parts[place + 1], 0.0)), 100_000)
            place += 3
        else:
            steps.append(_number(parts[place], 0.0))
            place += 1
    return steps


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text is not None else default
    except ValueError:
        return default
