"""Documents printed as offices print them, from the text of the samples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from reportlab.platypus.flowables import Flowable

FONT = "STSong-Light"

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
    merged: tuple[tuple[Any, ...], ...] = ()  # of each table, as reportlab has it


def _style(look: Look, **changes: Any) -> ParagraphStyle:
    settings: dict[str, Any] = {
        "fontName": FONT,
        "fontSize": look.size,
        "leading": look.leading,
        "wordWrap": "CJK",
        "alignment": TA_JUSTIFY,
        "firstLineIndent": look.first_line * look.size,
    }
    return ParagraphStyle("text", **(settings | changes))


def _flowable(part: str | Rows, look: Look, *, is_title: bool) -> Flowable:
    if isinstance(part, str):
        if is_title:
            large = {"fontSize": 22, "leading": 32, "firstLineIndent": 0, "alignment": TA_CENTER}
            return Paragraph(part, _style(look, **large))
        if part.startswith(">"):
            return Paragraph(part[1:], _style(look, firstLineIndent=0, alignment=TA_RIGHT, rightIndent=48))
        return Paragraph(part, _style(look))
    cell = _style(look, fontSize=10.5, leading=15, firstLineIndent=0, alignment=0)
    rows = [[Paragraph(text, cell) for text in row] for row in part]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table(rows, repeatRows=1, colWidths=[156 * mm / len(part[0])] * len(part[0]), style=[*lines, *look.merged])


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
            file, pagesize=A4, topMargin=37 * mm, bottomMargin=35 * mm, leftMargin=25 * mm, rightMargin=25 * mm
        )
        flowables = [_flowable(part, look, is_title=place < look.title_lines) for place, part in enumerate(parts)]
        document.build(flowables, onFirstPage=around, onLaterPages=around)
        return file.getvalue()

    return printed
