"""The objects of an OFD page → ink and ruling lines at their places, in points."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.ofd.document import OfdPage, Placed
from ingest.ofd.matrix import Matrix
from ingest.ofd.names import children, local
from ingest.ofd.ruling import ruling_lines
from ingest.ofd.text import Glyph, glyphs, without_repeats
from ingest.paper.sheet import Edge, Ink, Sheet

_POINTS = 72 / 25.4  # in a millimetre
# How much of the em stands above the line that letters stand on.
_ASCENT = 0.86
# Of the em: a second print that makes a character look bold stands as near.
_REPEAT = 0.2
_NEAR = 2  # ems between two pieces of one text in another direction


def sheet_of(page: OfdPage) -> Sheet:
    """The page as it is read: turned so that most of its text runs from left to right."""
    texts = _objects(page, "TextObject")
    turns = Counter[int]()
    for text in texts:
        turns[text.matrix.turn] += sum(len(code.text or "") for code in children(text.element, "TextCode"))
    turn = max((0, 90, 180, 270), key=lambda each: turns[each])
    upright = _upright(turn, page)
    lies = turn % 180 != 0
    width, height = (page.height, page.width) if lies else (page.width, page.height)
    inks = _inks([text for text in texts if text.matrix.turn == turn], upright)
    asides = _asides([text for text in texts if text.matrix.turn != turn], upright)
    edges = (edge for path in _objects(page, "PathObject") for edge in ruling_lines(path, upright))
    return Sheet(
        number=page.number,
        width=width * _POINTS,
        height=height * _POINTS,
        inks=tuple(_in_points(ink) for ink in inks if _is_on(ink, width, height)),
        asides=tuple(_in_points(aside) for aside in asides if _is_on(aside, width, height)),
        edges=tuple(_on_page(edge, width, height) for edge in edges),
    )


def _objects(page: OfdPage, name: str) -> list[Placed]:
    return [each for each in page.objects if local(each.element) == name]


def _upright(turn: int, page: OfdPage) -> Matrix:
    """What turns text of this direction to run from left to right, on the page turned with it."""
    return {
        0: Matrix(),
        90: Matrix(0, -1, 1, 0, 0, page.width),
        180: Matrix(-1, 0, 0, -1, page.width, page.height),
        270: Matrix(0, 1, -1, 0, page.height, 0),
    }[turn]


def _inks(texts: Sequence[Placed], upright: Matrix) -> Iterator[Ink]:
    found = [glyph for text in texts for glyph in glyphs(text, upright)]
    return (_ink(glyph) for glyph in without_repeats(found, _REPEAT))


def _ink(glyph: Glyph) -> Ink:
    top = glyph.y - _ASCENT * glyph.size
    return Ink(
        text=glyph.text,
        left=glyph.x,
        top=top,
        right=glyph.x + glyph.step,
        bottom=top + glyph.lines * glyph.size,
        size=glyph.size,
    )


def _asides(texts: Sequence[Placed], upright: Matrix) -> Iterator[Ink]:
    """Text in other directions, in the order of printing; what stands near is one piece."""
    run: list[Glyph] = []
    direction = 0
    for text in texts:
        turn = text.matrix.turn
        for glyph in without_repeats(list(glyphs(text, upright)), _REPEAT):
            if run and not (turn == direction and _follows(run[-1], glyph)):
                yield _aside(run)
                run = []
            run.append(glyph)
            direction = turn
    if run:
        yield _aside(run)


def _follows(before: Glyph, glyph: Glyph) -> bool:
    near = _NEAR * max(before.size, glyph.size)
    return max(abs(glyph.x - before.x), abs(glyph.y - before.y)) <= near


def _aside(run: Sequence[Glyph]) -> Ink:
    return Ink(
        text="".join(glyph.text for glyph in run),
        left=min(glyph.x for glyph in run),
        top=min(glyph.y for glyph in run),
        right=max(glyph.x for glyph in run),
        bottom=max(glyph.y for glyph in run),
        size=run[0].size,
    )


def _is_on(ink: Ink, width: float, height: float) -> bool:
    return 0 <= ink.centre <= width and 0 <= ink.middle <= height


def _in_points(ink: Ink) -> Ink:
    return replace(
        ink,
        left=ink.left * _POINTS,
        top=ink.top * _POINTS,
        right=ink.right * _POINTS,
        bottom=ink.bottom * _POINTS,
        size=ink.size * _POINTS,
    )


def _on_page(edge: Edge, width: float, height: float) -> Edge:
    """The line as far as the page goes."""
    along, beside = (width, height) if edge.direction == "horizontal" else (height, width)
    return replace(
        edge,
        place=min(max(edge.place, 0.0), beside) * _POINTS,
        start=min(max(edge.start, 0.0), along) * _POINTS,
        end=min(max(edge.end, 0.0), along) * _POINTS,
    )
