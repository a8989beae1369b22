"""The objects of an OFD page → ink and ruling lines at their places, in points."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
_MOST_GROWN = 3  # times the size that the page names
_NEAR = 2  # ems between two pieces of one text in another direction


def sheet_of(page: OfdPage) -> Sheet:
    """The page as it is read: turned so that most of its text runs from left to right."""
    texts = _objects(page, "TextObject")
    page = _grown(page, texts)
    turns = Counter[int]()
    for text in texts:
        turns[text.matrix.turn] += sum(len(code.text or "") for code in children(text.element, "TextCode"))
    turn = max((0, 90, 180, 270), key=lambda each: turns[each])
    frame = _frame(turn, page)
    return Sheet(
        number=page.number,
        width=frame.width * _POINTS,
        height=frame.height * _POINTS,
        inks=tuple(_inks([text for text in texts if text.matrix.turn == turn], frame)),
        asides=tuple(_asides([text for text in texts if text.matrix.turn != turn], frame)),
        edges=tuple(_edges(_objects(page, "PathObject"), frame)),
    )


def _grown(page: OfdPage, texts: Sequence[Placed]) -> OfdPage:
    """The page as large as its text needs: some programs name the size of another page.

    What stands beyond the page and its own boundary as well was put there not to be seen.
    """
    width, height = page.width, page.height
    for text in texts:
        for glyph in glyphs(text, Matrix()):
            right, bottom = glyph.x + glyph.step, glyph.y + glyph.size / 2
            if glyph.within and right <= _MOST_GROWN * page.width and bottom <= _MOST_GROWN * page.height:
                width, height = max(width, right), max(height, bottom)
    return replace(page, width=width, height=height)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The page turned for reading: where a point of it stands then, and its size in millimetres."""

    matrix: Matrix
    width: float
    height: float

    def glyphs(self, text: Placed) -> Iterator[Glyph]:
        """The characters of the object that stand on the page; what is beyond its edges is not seen."""
        return (glyph for glyph in glyphs(text, self.matrix) if self._holds(glyph))

    def _holds(self, glyph: Glyph) -> bool:
        across, down = glyph.x + glyph.step / 2, glyph.y - (_ASCENT - 0.5) * glyph.size
        return 0 <= across <= self.width and 0 <= down <= self.height


def _frame(turn: int, page: OfdPage) -> _Frame:
    width, height = page.width, page.height
    matrix = {
        0: Matrix(),
        90: Matrix(0, -1, 1, 0, 0, width),
        180: Matrix(-1, 0, 0, -1, width, height),
        270: Matrix(0, 1, -1, 0, height, 0),
    }[turn]
    lies = turn % 180 != 0
    return _Frame(matrix=matrix, width=height if lies else width, height=width if lies else height)


def _objects(page: OfdPage, name: str) -> list[Placed]:
    return [each for each in page.objects if local(each.element) == name]


def _inks(texts: Sequence[Placed], frame: _Frame) -> Iterator[Ink]:
    for glyph in without_repeats([each for text in texts for each in frame.glyphs(text)], _REPEAT):
        top = glyph.y - _ASCENT * glyph.size
        yield Ink(
            text=glyph.text,
            left=glyph.x * _POINTS,
            top=top * _POINTS,
            right=(glyph.x + glyph.step) * _POINTS,
            bottom=(top + glyph.lines * glyph.size) * _POINTS,
            size=glyph.size * _POINTS,
        )


def _asides(texts: Sequence[Placed], frame: _Frame) -> Iterator[Ink]:
    """Text in other directions, in the order of printing; what stands near is one piece."""
    run: list[Glyph] = []
    direction = 0
    for text in texts:
        turn = text.matrix.turn
        for glyph in without_repeats([each for each in frame.glyphs(text) if each.text.strip()], _REPEAT):
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
        left=min(glyph.x for glyph in run) * _POINTS,
        top=min(glyph.y for glyph in run) * _POINTS,
        right=max(glyph.x for glyph in run) * _POINTS,
        bottom=max(glyph.y for glyph in run) * _POINTS,
        size=run[0].size * _POINTS,
    )


def _edges(paths: Sequence[Placed], frame: _Frame) -> Iterator[Edge]:
    """The ruling lines, each as far as it is on the page."""
    for path in paths:
        for edge in ruling_lines(path, frame.matrix):
            across = edge.direction == "horizontal"
            along, beside = (frame.width, frame.height) if across else (frame.height, frame.width)
            start, end = max(edge.start, 0.0), min(edge.end, along)
            if 0 <= edge.place <= beside and start < end:
                yield replace(edge, place=edge.place * _POINTS, start=start * _POINTS, end=end * _POINTS)
