"""The text layer of a PDF: glyphs and ruling lines of a page."""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits
from ingest.paper.sheet import Edge, Ink, Sheet
from ingest.paper.streams import check_streams

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_GARBAGE = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_MOST_GARBAGE = 0.3
_FEWEST_GLYPHS = 12  # on a page that is a picture: a stamp or a page number printed over it
_PICTURE = 0.4  # of a page is covered by the picture of a scan
_OUTLINES = 200  # a page of so many curves and without a glyph is text turned into outlines
_THIN = 2.5  # points: a rectangle that thin is a line
_SHORTEST_EDGE = 4.0
# Some programs map the glyph of a character to the radical of that shape; paper shows the character.
_RADICALS = str.maketrans(
    "⺠⺟⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻁⻄⻪\xad",
    "民母见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟虎西龟-",
)
_OTHER_SHAPES = re.compile("[\u2f00-\u2fd5\ufb00-\ufb06]")
_OURS = re.compile("pdfminer|pdfplumber")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPage:
    """What the text layer tells of a page."""

    sheet: Sheet
    is_picture: bool  # the text layer tells nothing of what the page shows


def layer_pages(content: bytes, name: str, limits: Limits) -> Iterator[LayerPage]:
    """The pages in order, each forgotten before the next is read; or an IngestError."""
    check_streams(content, name, limits)
    pdf = _opened(content, name, limits)
    try:
        for number, page in enumerate(pdf.pages, 1):
            try:
                found = _layer_page(page, number)
            # A damaged stream shows itself as any error in the depths of the library.
            except Exception as error:
                raise UnreadableFileError(
                    f"{name}: expected a PDF, found page {number} damaged ({type(error).__name__}); "
                    "download or export it again"
                ) from error
            _check_pictures(page, name, limits)
            page.close()
            yield found
    finally:
        pdf.close()


def _opened(content: bytes, name: str, limits: Limits) -> "PDF":
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # They tell of every slip in a file's structure, which is nothing its reader can mend.
    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        pdf = pdfplumber.open(BytesIO(content))
        count, declared = len(pdf.pages), _declared_pages(pdf)
    except Exception as error:
        if any(isinstance(each, PDFPasswordIncorrect) for each in (error, *error.args)):
            raise PasswordError(
                f"{name}: the file opens only with a password; save a copy without one"
            ) from error
        raise _damaged(name, type(error).__name__) from error
    if count == 0 or count < declared:
        pdf.close()
        raise _damaged(name, f"{count} of {declared} pages" if declared else "no page")
    if count > limits.pages:
        pdf.close()
        raise LimitExceededError(
            f"{name}: expected at most {limits.pages} pages, found {count}; "
            "split it, or raise CLAUSEWISE_LIMITS__PAGES"
        )
    return pdf


def _declared_pages(pdf: "PDF") -> int:
    from pdfminer.pdftypes import resolve1

    pages = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(pages.get("Count")) if isinstance(pages, dict) else 0
    return count if isinstance(count, int) else 0


def _damaged(name: str, found: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name}: expected a whole PDF, found {found}; the file is damaged or cut off: download it again"
    )


def _check_pictures(page: "Page", name: str, limits: Limits) -> None:
    for picture in page.images:
        width, height = picture.get("srcsize") or (0, 0)
        if (width or 0) * (height or 0) * 3 > limits.unpacked_bytes:
            raise LimitExceededError(
                f"{name}: expected pictures of at most {limits.unpacked_bytes:,} bytes, found one of "
                f"{width} x {height} pixels; scan it coarser, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
            )


def _layer_page(page: "Page", number: int) -> LayerPage:
    width, height = float(page.width), float(page.height)
    glyphs = [glyph for glyph in page.dedupe_chars().chars if _on_page(glyph, width, height)]
    garbage = sum(bool(_GARBAGE.match(glyph["text"])) for glyph in glyphs)
    turns = Counter(_turn(glyph) for glyph in glyphs if glyph["text"].strip())
    turn = max((0, 90, 180, 270), key=lambda each: turns[each])
    frame = _Frame(turn=turn, width=width, height=height)
    upright = [glyph for glyph in glyphs if _turn(glyph) == turn]
    others = [glyph for glyph in glyphs if _turn(glyph) != turn]
    sheet = Sheet(
        number=number,
        width=width if turn % 180 == 0 else height,
        height=height if turn % 180 == 0 else width,
        inks=tuple(frame.ink(glyph) for glyph in upright),
        asides=tuple(_asides(others, frame)),
        edges=tuple(frame.edge(edge) for edge in _edges(page)),
    )
    return LayerPage(sheet=sheet, is_picture=_is_picture(page, glyphs, garbage))


def _is_picture(page: "Page", glyphs: Sequence[dict[str, Any]], garbage: int) -> bool:
    inked = sum(bool(glyph["text"].strip()) for glyph in glyphs)
    if inked and garbage > _MOST_GARBAGE * inked:
        return True
    covered = sum(float(each["width"]) * float(each["height"]) for each in page.images)
    if inked < _FEWEST_GLYPHS and covered >= _PICTURE * float(page.width) * float(page.height):
        return True
    return not inked and (bool(page.images) or len(page.curves) + len(page.rects) >= _OUTLINES)


def _on_page(glyph: dict[str, Any], width: float, height: float) -> bool:
    across, down = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(0 <= across <= width and 0 <= down <= height)


def _turn(glyph: dict[str, Any]) -> int:
    """In which direction it is written, in degrees counterclockwise; 45 stands for aslant."""
    right, up = glyph["matrix"][:2]
    if abs(up) <= 0.1 * abs(right):
        return 0 if right > 0 else 180
    if abs(right) <= 0.1 * abs(up):
        return 90 if up > 0 else 270
    return 45


def shown(text: str) -> str:
    """The characters that paper shows for what the text layer says."""
    text = _UNMAPPED.sub("\ufffd", text).translate(_RADICALS)
    text = _OTHER_SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return re.sub(r"[\x00-\x08\x0e-\x1f\n\r]", "", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The page turned so that most of its text runs from left to right."""

    turn: int
    width: float
    height: float

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        if self.turn == 90:
            return self.height - bottom, left, self.height - top, right
        if self.turn == 180:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if self.turn == 270:
            return top, self.width - right, bottom, self.width - left
        return left, top, right, bottom

    def ink(self, glyph: dict[str, Any]) -> Ink:
        left, top, right, bottom = self.box(glyph["x0"], glyph["top"], glyph["x1"], glyph["bottom"])
        text = shown(glyph["text"]) or " "
        return Ink(text=text, left=left, top=top, right=right, bottom=bottom, size=bottom - top or 1.0)

    def edge(self, edge: Edge) -> Edge:
        across = edge.direction == "horizontal"
        ends = (edge.start, edge.place, edge.end, edge.place)
        left, top, right, bottom = self.box(*(ends if across else (ends[1], ends[0], ends[3], ends[2])))
        if across == (self.turn % 180 == 0):
            return Edge(direction="horizontal", place=top, start=left, end=right)
        return Edge(direction="vertical", place=left, start=top, end=bottom)


def _asides(glyphs: Sequence[dict[str, Any]], frame: _Frame) -> Iterator[Ink]:
    """Text in other directions, in the order in which the file writes it."""
    run: list[dict[str, Any]] = []
    for glyph in [*glyphs, None]:
        if run and (glyph is None or not _follows(run[-1], glyph)):
            inks = [frame.ink(each) for each in run]
            text = "".join(ink.text for ink in inks).strip()
            if text:
                yield Ink(
                    text=text,
                    left=min(ink.left for ink in inks),
                    top=min(ink.top for ink in inks),
                    right=max(ink.right for ink in inks),
                    bottom=max(ink.bottom for ink in inks),
                    size=median(each["size"] for each in run) or 1.0,
                )
            run = []
        if glyph is not None:
            run.append(glyph)


def _follows(before: dict[str, Any], glyph: dict[str, Any]) -> bool:
    """Whether it stands on the same aside: in the same direction and near."""
    near = 2 * max(before["size"], glyph["size"], 1)
    apart = max(abs(before["x0"] - glyph["x0"]), abs(before["top"] - glyph["top"]))
    return _turn(before) == _turn(glyph) and apart <= near


def _edges(page: "Page") -> Iterator[Edge]:
    for each in page.lines:
        yield from _edge(each["x0"], each["top"], each["x1"], each["bottom"])
    for each in page.rects:
        box = (each["x0"], each["top"], each["x1"], each["bottom"])
        if min(each["width"], each["height"]) <= _THIN:
            yield from _edge(*box)
        elif each.get("stroke") or not _is_white(each.get("non_stroking_color")):
            left, top, right, bottom = box
            for side in ((left, top, right, top), (left, bottom, right, bottom)):
                yield from _edge(*side)
            for side in ((left, top, left, bottom), (right, top, right, bottom)):
                yield from _edge(*side)
    for each in page.curves:
        points = each.get("pts") or []
        for (x, y), (next_x, next_y) in pairwise(points):
            yield from _edge(min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y))


def _edge(left: float, top: float, right: float, bottom: float) -> Iterator[Edge]:
    across, down = right - left, bottom - top
    if down <= _THIN and across >= _SHORTEST_EDGE:
        yield Edge(direction="horizontal", place=(top + bottom) / 2, start=left, end=right)
    elif across <= _THIN and down >= _SHORTEST_EDGE:
        yield Edge(direction="vertical", place=(left + right) / 2, start=top, end=bottom)


def _is_white(colour: object) -> bool:
    """Whether what is filled with the colour is not seen."""
    parts: Iterable[object] = colour if isinstance(colour, (list, tuple)) else (colour,)
    values = [float(part) for part in parts if isinstance(part, (int, float))]
    return values == [0.0] * 4 if len(values) == 4 else all(value == 1 for value in values)
