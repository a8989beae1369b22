"""Writes OFD files as an office program does: GB/T 33190-2016, text line by line with its steps."""

import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 5.644  # millimetres: 16 points
LEADING = 9.8
LEFT, TOP, COLUMNS, LINES = 27.0, 40.0, 27, 22
CELL = 40.0
_CLOSING = "，。、；：？！》）”"

Rows = Sequence[Sequence[str]]
PrintOfd = Callable[..., bytes]


def _text(x: float, y: float, text: str) -> str:
    width = len(text) * SIZE
    steps = f' DeltaX="g {len(text) - 1} {SIZE}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{SIZE}" Boundary="{x} {y} {width} {SIZE}">'
        f'<ofd:TextCode X="0" Y="{SIZE * 0.86}"{steps}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{x1} {y1} {x2 - x1 + 0.2} {y2 - y1 + 0.2}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _wrapped(text: str) -> list[str]:
    lines, line, room = [], "", COLUMNS - 2
    for character in text:
        if len(line) >= room and character not in _CLOSING:
            lines.append(line)
            line, room = "", COLUMNS
        line += character
    return [*lines, line]


class _Printer:
    """Puts lines and tables on pages of A4."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self._down = 0.0

    def paragraph(self, text: str, *, is_title: bool) -> None:
        if is_title:
            self._at(LEFT + (COLUMNS - len(text)) * SIZE / 2, text)
            return
        for place, line in enumerate(_wrapped(text)):
            self._at(LEFT + (0 if place else 2 * SIZE), line)

    def table(self, rows: Rows) -> None:
        self._room(len(rows))
        top = TOP + self._down
        right = LEFT + CELL * len(rows[0])
        for place in range(len(rows) + 1):
            self.pages[-1].append(_line(LEFT, top + place * LEADING, right, top + place * LEADING))
        for column in range(len(rows[0]) + 1):
            x = LEFT + column * CELL
            self.pages[-1].append(_line(x, top, x, top + len(rows) * LEADING))
        for row in rows:
            for column, text in enumerate(row):
                self.pages[-1].append(_text(LEFT + column * CELL + 2, TOP + self._down + 2, text))
            self._down += LEADING
        self._down += LEADING

    def _at(self, x: float, text: str) -> None:
        self._room(1)
        self.pages[-1].append(_text(x, TOP + self._down, text))
        self._down += LEADING

    def _room(self, lines: int) -> None:
        if self._down + lines * LEADING > LINES * LEADING:
            self.pages.append([])
            self._down = 0.0


def _element(name: str, inner: str) -> bytes:
    return f'<ofd:{name} xmlns:ofd="{NAMESPACE}">{inner}</ofd:{name}>'.encode()


@pytest.fixture(scope="session")
def print_ofd() -> PrintOfd:
    """Prints paragraphs and tables; the first lines may be a centred title."""

    def printed(parts: Sequence[str | Rows], *, title_lines: int = 0) -> bytes:
        printer = _Printer()
        for place, part in enumerate(parts):
            if isinstance(part, str):
                printer.paragraph(part, is_title=place < title_lines)
            else:
                printer.table(part)
        pages = "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
            for number in range(len(printer.pages))
        )
        box = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        area = f"<ofd:CommonData><ofd:PageArea>{box}</ofd:PageArea></ofd:CommonData>"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
            archive.writestr("OFD.xml", _element("OFD", root))
            archive.writestr(
                "Doc_0/Document.xml", _element("Document", f"{area}<ofd:Pages>{pages}</ofd:Pages>")
            )
            for number, objects in enumerate(printer.pages):
                footer = _text(98, 270, f"— {number + 1} —")
                inner = f'<ofd:Content><ofd:Layer ID="9">{"".join(objects)}{footer}</ofd:Layer></ofd:Content>'
                archive.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", _element("Page", inner))
        return file.getvalue()

    return printed
