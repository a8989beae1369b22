"""Objects of OFD become text and ruling lines where they stand."""

from collections.abc import Callable
from io import BytesIO

import pytest
from lxml import etree

from ingest.limits import Limits
from ingest.ofd.document import OfdPage, Placed
from ingest.ofd.matrix import Matrix, matrix_of
from ingest.ofd.printing import sheet_of
from ingest.ofd.ruling import ruling_lines
from ingest.ofd.text import glyphs
from ingest.readers import read_content

PackOfd = Callable[..., bytes]


def _placed(xml: str) -> Placed:
    element = etree.parse(BytesIO(xml.encode())).getroot()
    return Placed(element=element, matrix=matrix_of(element, Matrix()))


def _text(code: str, attributes: str = 'Boundary="10 20 90 9"') -> Placed:
    return _placed(f'<TextObject Size="5" {attributes}>{code}</TextObject>')


def _places(text: Placed) -> list[tuple[str, float, float]]:
    return [(glyph.text, round(glyph.x, 2), round(glyph.y, 2)) for glyph in glyphs(text, Matrix())]


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ('<TextCode X="1" Y="4" DeltaX="5 6">甲乙丙</TextCode>', [11, 16, 22]),
        ('<TextCode X="1" Y="4" DeltaX="g 2 5">甲乙丙</TextCode>', [11, 16, 21]),
        ('<TextCode X="1" Y="4" DeltaX="5 g 2 4 3">甲乙丙丁戊</TextCode>', [11, 16, 20, 24, 27]),
        ('<TextCode X="1" Y="4" DeltaX="g 99999999999 5">甲乙</TextCode>', [11, 16]),
        ('<TextCode X="1" Y="4">甲a乙</TextCode>', [11, 16, 18.5]),
        ('<TextCode X="1" Y="4">\n  甲乙\n</TextCode>', [11, 16]),
    ],
)
def test_steps_place_the_characters(code: str, places: list[float]) -> None:
    assert [x for _, x, _ in _places(_text(code))] == places


def test_a_code_without_a_place_goes_on_from_that_of_the_code_before() -> None:
    code = '<TextCode X="1" Y="4">甲</TextCode><TextCode Y="12">乙</TextCode>'
    assert _places(_text(code)) == [("甲", 11, 24), ("乙", 11, 32)]


def test_one_object_may_hold_several_lines() -> None:
    code = '<TextCode X="0" Y="4" DeltaX="5 -5 5" DeltaY="0 8 0">甲乙丙丁</TextCode>'
    assert _places(_text(code)) == [("甲", 10, 24), ("乙", 15, 24), ("丙", 10, 32), ("丁", 15, 32)]


def test_a_transformation_comes_before_the_corner_of_the_boundary() -> None:
    text = _text('<TextCode X="10" Y="10">甲</TextCode>', 'Boundary="10 20 90 9" CTM="2 0 0 2 1 0"')
    (glyph,) = glyphs(text, Matrix())
    assert (glyph.x, glyph.y, glyph.size) == (31, 40, 10)


def test_a_line_that_runs_downwards_is_read_as_one() -> None:
    (glyph,) = glyphs(_text('<TextCode X="0" Y="4" DeltaY="g 2 5">购买方</TextCode>'), Matrix())
    assert (glyph.text, glyph.lines) == ("购买方", 3)


@pytest.mark.parametrize("bad", ["nan", "inf", "1e308", "甲", ""])
def test_numbers_that_are_none_do_no_harm(bad: str) -> None:
    text = _text(f'<TextCode X="{bad}" Y="4" DeltaX="{bad}">甲乙</TextCode>', f'CTM="1 0 0 1 {bad} 0"')
    path = _placed(f"<PathObject><AbbreviatedData>M {bad} 0 L 5 {bad} L 9 9 C</AbbreviatedData></PathObject>")
    sheet = sheet_of(OfdPage(number=1, width=210, height=297, objects=(text, path), pictures={}))
    assert all(0 <= ink.left <= 600 for ink in sheet.inks)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("M 0 0 L 90 0", [("horizontal", 20, 10, 100)]),
        ("M 0 0 L 0 50", [("vertical", 10, 20, 70)]),
        ("M 0 0 L 90 0 L 90 .4 L 0 .4 C", [("horizontal", 20.2, 10, 100)]),
        ("M0,0L90,0", [("horizontal", 20, 10, 100)]),
        ("M 0 0 L 90 40", []),
        ("M 0 0 B 10 10 20 10 90 0", []),
        ("M 0 0 A 45 45 0 0 1 90 0 L 90 50", [("vertical", 100, 20, 70)]),
        (
            "M 0 0 L 40 0 L 40 30 C",
            [("horizontal", 20, 10, 50), ("vertical", 50, 20, 50)],
        ),
    ],
)
def test_only_straight_lines_rule_a_page(path: str, expected: list[tuple[str, float, float, float]]) -> None:
    placed = _placed(
        f'<PathObject Boundary="10 20 90 9"><AbbreviatedData>{path}</AbbreviatedData></PathObject>'
    )
    found = [(edge.direction, edge.place, edge.start, edge.end) for edge in ruling_lines(placed, Matrix())]
    assert [(kind, *(round(each, 2) for each in place)) for kind, *place in found] == expected


@pytest.mark.parametrize(
    ("attributes", "colour", "seen"),
    [
        ("", "", True),
        ('Stroke="false"', "", False),
        ('Stroke="false" Fill="true"', "", True),
        ('Stroke="false" Fill="true"', '<FillColor Value="255 255 255"/>', False),
        ("", '<StrokeColor Value="255 255 255"/>', False),
        ("", '<StrokeColor Value="0 0 0 0"/>', False),
        ("", '<StrokeColor Value="255 0 0"/>', True),
        ("", '<StrokeColor Value="0 0 0" Alpha="0"/>', False),
    ],
)
def test_a_line_that_is_not_seen_rules_nothing(attributes: str, colour: str, seen: bool) -> None:
    data = "<AbbreviatedData>M 0 0 L 90 0</AbbreviatedData>"
    assert (
        bool(list(ruling_lines(_placed(f"<PathObject {attributes}>{colour}{data}</PathObject>"), Matrix())))
        == seen
    )


def _lines(content: bytes) -> list[str]:
    return read_content(content, "办法.ofd", Limits()).text.split("\n")[:-1]


def _object(words: str, x: float, y: float, ctm: str = "1 0 0 1 0 0") -> str:
    return (
        f'<ofd:TextObject Size="5" Boundary="{x} {y} 90 9" CTM="{ctm}">'
        f'<ofd:TextCode X="0" Y="0">{words}</ofd:TextCode></ofd:TextObject>'
    )


@pytest.mark.parametrize(
    ("ctm", "first", "second"),
    [
        ("0 1 -1 0 0 0", (150, 20), (140, 20)),
        ("0 -1 1 0 0 0", (40, 270), (50, 270)),
        ("-1 0 0 -1 0 0", (190, 250), (190, 240)),
    ],
)
def test_a_page_written_sideways_is_read_along_its_lines(
    pack_ofd: PackOfd, ctm: str, first: tuple[float, float], second: tuple[float, float]
) -> None:
    page = _object("第二条 乙。", *second, ctm) + _object("第一条 甲。", *first, ctm)
    assert _lines(pack_ofd(page)) == ["第一条 甲。", "第二条 乙。"]


def test_a_watermark_aslant_on_every_page_is_set_apart(pack_ofd: PackOfd) -> None:
    page = _object("第一条 甲。", 20, 30) + _object("内部资料", 60, 150, "0.7 -0.7 0.7 0.7 0 0")
    document = read_content(pack_ofd(page, page, page), "办法.ofd", Limits())
    marks = [block for block in document.blocks if block.kind == "chrome"]
    assert [document.text[block.start : block.end].strip() for block in marks] == ["内部资料"] * 3
    assert {block.reason for block in marks} == {"watermark of the page"}


def test_a_remark_written_upwards_once_is_kept(pack_ofd: PackOfd) -> None:
    page = _object("第一条 区财政局负责。", 20, 30) + _object("存档", 10, 150, "0 -1 1 0 0 0")
    assert _lines(pack_ofd(page)) == ["第一条 区财政局负责。", "存档"]


def test_letters_printed_twice_to_look_bold_are_read_once(pack_ofd: PackOfd) -> None:
    assert _lines(pack_ofd(_object("总则总则", 20, 30) + _object("总则总则", 20.3, 30))) == ["总则总则"]


def test_what_stands_beyond_the_edge_of_the_page_is_not_read(pack_ofd: PackOfd) -> None:
    page = _object("第一条 甲。", 20, 30) + _object("暗记", 20, 400) + _object("暗记", -50, 30)
    assert _lines(pack_ofd(page)) == ["第一条 甲。"]


def test_a_radical_that_stands_for_its_character_is_read_as_the_character(pack_ofd: PackOfd) -> None:
    assert _lines(pack_ofd(_object("⼀、⼯作⻓期", 20, 30))) == ["一、工作长期"]
