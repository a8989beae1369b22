"""Documents printed as offices print them, from the text of the samples."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pdfplumber
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from reportlab.platypus.flowables import Flowable

FONT = "STSong-Light"
WIDTH = 156 * mm  # GB/T 9704-2012, 5.2.1: that of the text on A4
MARGIN = 27 * mm - 6  # where reportlab adds 6 points itself

Rows = Sequence[Sequence[str]]
PrintPdf = Callable[..., bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the document is set."""

    size: float = 16
    leading: float = 28
    first_line: float = 2  # ems
    header: str = ""
    page_number: str = "— {} —"
    title_lines: int = 0  # at the top, in large type and centred
    width: float = 156 * mm
    spans: tuple[tuple[Any, ...], ...] = ()  # merged cells of each table, as reportlab has them


class _Line(Flowable):
    """One line of text, spread to the width where it is none of the last of its paragraph."""

    def __init__(self, text: str, look: Look, *, left: float = 0, spread: bool = False) -> None:
        super().__init__()
        self._text, self._look, self._left, self._spread = text, look, left, spread
        self.height = look.leading

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        room = self.width - self._left - _width(self._text, self._look.size)
        space = room / max(1, len(self._text) - 1) if self._spread else 0
        self.canv.setFont(FONT, self._look.size)
        self.canv.drawString(self._left, 0.3 * self.height, self._text, charSpace=space)


def _width(text: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, size))


def _wrapped(text: str, width: float, size: float, first_line: float) -> list[str]:
    """Broken so that no closing sign begins a line, no opening one ends it and no number is parted."""
    lines, line = [], ""
    for token in re.findall(
        r"[《〈「『【〔（“‘(]*(?:[A-Za-z0-9.%/-]+|.)[，。、；：？！》〉」』】〕）”’),.;:]*", text
    ):
        room = width - (0 if lines else first_line)
        if line and _width(line + token, size) > room + 0.01:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def _lines(text: str, look: Look, *, is_title: bool) -> list[Flowable]:
    if is_title:
        large = replace(look, size=22, leading=32)
        return [
            _Line(line, large, left=(WIDTH - _width(line, 22)) / 2) for line in _wrapped(text, WIDTH, 22, 0)
        ]
    if text.startswith(">"):
        return [_Line(text[1:], look, left=WIDTH - _width(text[1:], look.size) - 4 * look.size)]
    first_line = look.first_line * look.size
    lines = _wrapped(text, look.width, look.size, first_line)
    return [
        _Line(line, look, left=0 if place else first_line, spread=place < len(lines) - 1)
        for place, line in enumerate(lines)
    ]


def _table(rows: Rows, look: Look) -> Table:
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=10.5, leading=15, wordWrap="CJK")
    lines = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table(
        [[Paragraph(text, cell) for text in row] for row in rows],
        repeatRows=1,
        colWidths=[WIDTH / len(rows[0])] * len(rows[0]),
        style=[*lines, *look.spans],
    )


@pytest.fixture(scope="session")
def print_pdf() -> PrintPdf:
    """Prints paragraphs and tables on A4: a text beginning with ">" stands at the right."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def printed(parts: Sequence[str | Rows], **changes: Any) -> bytes:
        look = Look(**changes)
        file = BytesIO()

        def around(canvas: Canvas, _: Any) -> None:
            canvas.setFont(FONT, 14)
            canvas.drawCentredString(A4[0] / 2, 25 * mm, look.page_number.format(canvas.getPageNumber()))
            canvas.setFont(FONT, 9)
            canvas.drawString(28 * mm, A4[1] - 20 * mm, look.header)

        document = SimpleDocTemplate(
            file, pagesize=A4, topMargin=37 * mm, bottomMargin=35 * mm, leftMargin=MARGIN, rightMargin=MARGIN
        )
        flowables: list[Flowable] = []
        for place, part in enumerate(parts):
            if isinstance(part, str):
                flowables += _lines(part, look, is_title=place < look.title_lines)
            else:
                flowables.append(_table(part, look))
        document.build(flowables, onFirstPage=around, onLaterPages=around)
        return file.getvalue()

    return printed


@pytest.fixture(scope="session")
def scan() -> Callable[[bytes], list[NDArray[np.uint8]]]:
    """The pages of a printed PDF as pictures, in a typeface that comes with OpenCV."""
    scale = 200 / 72
    font = cv2.FontFace("uni")

    def scanned(content: bytes) -> list[NDArray[np.uint8]]:
        pictures = []
        with pdfplumber.open(BytesIO(content)) as pdf:
            for page in pdf.pages:
                height, width = round(float(page.height) * scale), round(float(page.width) * scale)
                picture = np.full((height, width, 3), 255, np.uint8)
                for edge in page.edges:
                    ends = [
                        (round(edge[x] * scale), round(edge[y] * scale))
                        for x, y in (("x0", "top"), ("x1", "bottom"))
                    ]
                    cv2.line(picture, *ends, (0, 0, 0), 2)
                for glyph in page.chars:
                    place = (
                        round(glyph["x0"] * scale),
                        round((glyph["bottom"] - 0.15 * glyph["size"]) * scale),
                    )
                    cv2.putText(picture, glyph["text"], place, (0, 0, 0), font, round(glyph["size"] * scale))
                pictures.append(picture)
        return pictures

    return scanned


@pytest.fixture(scope="session")
def bind() -> Callable[[Sequence[NDArray[np.uint8]]], bytes]:
    """Pictures of pages as a PDF that holds nothing else."""

    def bound(pictures: Sequence[NDArray[np.uint8]]) -> bytes:
        pages = [Image.fromarray(picture[:, :, ::-1]).convert("L") for picture in pictures]
        file = BytesIO()
        pages[0].save(file, "PDF", resolution=200, save_all=True, append_images=pages[1:])
        return file.getvalue()

    return bound
