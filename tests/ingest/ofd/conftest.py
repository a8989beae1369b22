"""OFD files (GB/T 33190-2016) as office programs write them, and as converters from PDF do."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import pytest

NAMESPACE = "http://www.ofdspec.org/2016"
WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM, TEXT_WIDTH = 27.0, 37.0, 262.0, 156.0  # GB/T 9704-2012, 5.2.1
POINT = 25.4 / 72

Rows = Sequence[Sequence[str]]
PrintOfd = Callable[..., bytes]
PackOfd = Callable[..., bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the document is set, in points, and whether a converter wrote it."""

    size: float = 16
    leading: float = 28
    header: str = ""
    page_number: str = "— {} —"
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float  # of the line that letters stand on
    size: float
    text: str
    spread: float = 0.0  # between two characters

    def steps(self) -> list[float]:
        return [width(character) * self.size + self.spread for character in self.text[:-1]]


@dataclass(frozen=True, slots=True)
class Rule:
    x1: float
    y1: float
    x2: float
    y2: float


def width(text: str) -> float:
    """In ems."""
    return sum(0.5 if re.match("[ -~]", character) else 1.0 for character in text)


def wrapped(text: str, room: float, first_line: float) -> list[str]:
    """No closing sign begins a line, no opening one ends it and no number is parted; lengths in ems."""
    lines: list[str] = []
    line = ""
    for token in re.findall(
        r"[《〈「『【〔（“‘(]*(?:[A-Za-z0-9.%/-]+|.)[，。、；：？！》〉」』】〕）”’),.;:]*", text
    ):
        if line and width(line + token) > room - (0 if lines else first_line) + 0.01:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


@dataclass(slots=True)
class Printer:
    """Puts paragraphs and tables on pages."""

    look: Look
    pages: list[list[Text | Rule]] = field(default_factory=lambda: [[]])
    down: float = TOP

    def paragraph(self, text: str) -> None:
        size = self.look.size * POINT
        lines = wrapped(text, TEXT_WIDTH / size, 2)
        for place, line in enumerate(lines):
            left = 0 if place else 2 * size
            room = TEXT_WIDTH - left - width(line) * size
            spread = room / max(1, len(line) - 1) if place < len(lines) - 1 else 0
            self._room(self.look.leading * POINT)
            self.pages[-1].append(Text(LEFT + left, self.down, size, line, spread))

    def table(self, rows: Rows) -> None:
        size, leading = 10.5 * POINT, 15 * POINT
        across = TEXT_WIDTH / len(rows[0])
        self.down += leading
        waiting = list(rows)
        while waiting:
            cells = [wrapped(text, across / size - 1.2, 0) for text in waiting.pop(0)]
            height = max(map(len, cells)) * leading + 3
            if self._room(height) and len(waiting) + 1 < len(rows):
                # The header stands again on the next page.
                waiting = [rows[0], rows[len(rows) - len(waiting) - 1], *waiting]
                self.down = TOP
                continue
            top = self.down - height
            for column, lines in enumerate(cells):
                left = LEFT + column * across
                for place, line in enumerate(lines):
                    base = top + 1.5 + (place + 0.75) * leading
                    self.pages[-1].append(Text(left + 0.6 * size, base, size, line))
                self._box(left, top, left + across, top + height)
        self.down += leading

    def _box(self, left: float, top: float, right: float, bottom: float) -> None:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self.pages[-1] += [Rule(*one, *other) for one, other in pairwise(corners)]

    def _room(self, height: float) -> bool:
        """Move down; whether that begins a page."""
        self.down += height
        if self.down <= BOTTOM:
            return False
        self.pages.append([])
        self.down = TOP + height
        return True


def office_text(text: Text) -> str:
    """A line is an object; its boundary is that of the line."""
    steps = [f"{step:.4f}" for step in text.steps()]
    delta = ""
    if steps:
        same = len(set(steps)) == 1
        delta = f' DeltaX="g {len(steps)} {steps[0]}"' if same else f' DeltaX="{" ".join(steps)}"'
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{text.size:.4f}" '
        f'Boundary="{text.x:.4f} {text.y - 0.86 * text.size:.4f} 170 {text.size:.4f}">'
        f'<ofd:TextCode X="0" Y="{0.86 * text.size:.4f}"{delta}>{escape(text.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def converted_text(text: Text) -> str:
    """A stretch of a line is an object, measured in points of PDF."""
    pieces, x = [], text.x
    for start in range(0, len(text.text), 9):
        piece = Text(x, text.y, text.size, text.text[start : start + 9], text.spread)
        x += sum(piece.steps()) + width(piece.text[-1]) * text.size + text.spread
        steps = " ".join(f"{step / POINT:.3f}" for step in piece.steps())
        pieces.append(
            f'<ofd:TextObject ID="1" Font="1" Size="{text.size / POINT:.3f}" CTM="{POINT} 0 0 {POINT} 0 0" '
            f'Boundary="{piece.x:.4f} {text.y - 4:.4f} 60 5">\n  <ofd:TextCode X="0" Y="{4 / POINT:.4f}" '
            f'DeltaX="{steps}">\n{escape(piece.text)}</ofd:TextCode></ofd:TextObject>'
        )
    return "".join(f"<ofd:PageBlock>{piece}</ofd:PageBlock>" for piece in pieces)


def office_rule(rule: Rule) -> str:
    across, down = rule.x2 - rule.x1, rule.y2 - rule.y1
    left, top = min(rule.x1, rule.x2), min(rule.y1, rule.y2)
    begin = f"{max(0.0, -across)} {max(0.0, -down)}"
    end = f"{max(0.0, across)} {max(0.0, down)}"
    box = f"{left} {top} {abs(across) + 0.2} {abs(down) + 0.2}"
    return (
        f'<ofd:PathObject ID="2" LineWidth="0.2" Boundary="{box}">'
        f"<ofd:AbbreviatedData>M {begin} L {end}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def converted_rule(rule: Rule) -> str:
    """A line is a thin filled rectangle."""
    left, top = min(rule.x1, rule.x2), min(rule.y1, rule.y2)
    right, bottom = max(rule.x1, rule.x2) + 0.17, max(rule.y1, rule.y2) + 0.17
    return (
        f'<ofd:PathObject ID="2" Stroke="false" Fill="true" Boundary="0 0 {WIDTH} {HEIGHT}">'
        '<ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>'
        f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )


def element(name: str, inner: str, attributes: str = "") -> bytes:
    """A part whose root is this element."""
    return f'<ofd:{name} xmlns:ofd="{NAMESPACE}" {attributes}>{inner}</ofd:{name}>'.encode()


def page(objects: str, before: str = "") -> bytes:
    """The part of a page that prints the objects."""
    return element("Page", f'{before}<ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content>')


@pytest.fixture(scope="session")
def pack_ofd() -> PackOfd:
    """Packs pages, given by their objects or whole parts, with other parts that take the place of any."""

    def packed(
        *pages: str | bytes,
        common: str = "",
        parts: Mapping[str, bytes | None] | None = None,
        box: tuple[float, float] = (WIDTH, HEIGHT),
    ) -> bytes:
        listed = "".join(
            f'<ofd:Page ID="{place}" BaseLoc="Pages/Page_{place}/Content.xml"/>'
            for place in range(len(pages))
        )
        area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {box[0]} {box[1]}</ofd:PhysicalBox></ofd:PageArea>"
        document = f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        files: dict[str, bytes | None] = {
            "OFD.xml": element("OFD", root, 'Version="1.0" DocType="OFD"'),
            "Doc_0/Document.xml": element("Document", document),
        }
        for place, each in enumerate(pages):
            files[f"Doc_0/Pages/Page_{place}/Content.xml"] = page(each) if isinstance(each, str) else each
        files.update(parts or {})
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in files.items():
                if content is not None:
                    archive.writestr(path, content)
        return file.getvalue()

    return packed


def laid_out(parts: Sequence[str | Rows], look: Look) -> list[list[Text | Rule]]:
    """What stands on each page."""
    printer = Printer(look)
    for part in parts:
        if isinstance(part, str):
            printer.paragraph(part)
        else:
            printer.table(part)
    return printer.pages


@pytest.fixture(scope="session")
def text_of_pages() -> Callable[..., list[str]]:
    """The text on each page that `print_ofd` prints, without white space."""

    def texts(parts: Sequence[str | Rows]) -> list[str]:
        return [
            "".join("".join(each.text.split()) for each in objects if isinstance(each, Text))
            for objects in laid_out(parts, Look())
        ]

    return texts


@pytest.fixture(scope="session")
def print_ofd(pack_ofd: PackOfd) -> PrintOfd:
    """Prints paragraphs and tables; the header stands in a template."""

    def printed(parts: Sequence[str | Rows], **changes: Any) -> bytes:
        look = Look(**changes)
        text, rule = (converted_text, converted_rule) if look.converted else (office_text, office_rule)
        pages = []
        for place, objects in enumerate(laid_out(parts, look), 1):
            number = Text(95, 275, 14 * POINT, look.page_number.format(place))
            shown = "".join(text(each) if isinstance(each, Text) else rule(each) for each in objects)
            pages.append(page(shown + text(number), '<ofd:Template TemplateID="7"/>'))
        header = text(Text(28, 20, 9 * POINT, look.header)) if look.header else ""
        return pack_ofd(
            *pages,
            common='<ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/Tpl_0/Content.xml"/>',
            parts={"Doc_0/Tpls/Tpl_0/Content.xml": page(header)},
        )

    return printed
