import pytest

from ingest.paper.page import Line
from ingest.paper.paragraphs import goes_on
from ingest.paper.sheet import Ink


def _line(
    text: str,
    *,
    indent: float = 0,
    room: float = 0,
    size: float = 16,
    step: float = 1,
    page: int = 1,
    rough: bool = False,
) -> Line:
    ink = Ink(text=text, left=indent * size, top=0, right=100, bottom=size, size=size)
    return Line(ink=ink, page=page, flow=1, column="", step=step, indent=indent, room=room, rough=rough)


FULL = _line("第一条 为了规范资金的管理，根据有关规定", indent=2)


def _goes_on(*lines: Line) -> bool:
    return goes_on(lines[:-1], lines[-1], 16)


def test_a_line_at_the_edge_goes_on_with_one_set_in() -> None:
    assert _goes_on(FULL, _line("制定本办法。"))


def test_an_article_cited_at_the_begin_of_a_line_does_not_end_the_paragraph() -> None:
    assert _goes_on(FULL, _line("第三条的规定，制定本办法。"))


def test_a_line_set_in_begins_a_paragraph() -> None:
    assert not _goes_on(FULL, _line("制定本办法。"), _line("第二条 本办法", indent=2))
    assert not _goes_on(FULL, _line("第二条 本办法", indent=2))


@pytest.mark.parametrize(("room", "expected"), [(0.9, True), (1.2, True), (8.0, False)])
def test_a_line_that_ends_early_ends_the_paragraph(room: float, expected: bool) -> None:
    assert _goes_on(_line("为了规范资金的管理", room=room), _line("制定本办法")) is expected


def test_a_line_that_stops_short_for_a_long_number_goes_on() -> None:
    assert _goes_on(_line("一、每家企业每年最高不超过", indent=2, room=2.5), _line("1000万元，连续三年。"))


def test_text_without_first_lines_set_in_is_parted_by_its_numbers() -> None:
    ended = _line("第一条 为了规范资金的管理，制定本办法。")
    assert not _goes_on(ended, _line("第二条 本办法"))
    assert _goes_on(_line("第一条 依照《办法》"), _line("第二条的规定"))


def test_a_list_whose_later_lines_are_set_in_is_one_paragraph() -> None:
    assert _goes_on(_line("1. 申请表以及有关证明", indent=2), _line("材料的复印件", indent=3.5))


def test_a_wide_gap_ends_a_paragraph_on_the_same_page_only() -> None:
    assert not _goes_on(FULL, _line("制定本办法。", step=2))
    assert _goes_on(FULL, _line("制定本办法。", step=0, page=2))


def test_another_size_is_another_paragraph() -> None:
    assert not _goes_on(FULL, _line("制定本办法。", size=12))


def test_lines_of_a_centred_title_are_one() -> None:
    title = _line("某区人民政府关于印发", indent=4, room=4, size=22)
    assert _goes_on(title, _line("《资金管理办法》的通知", indent=3.5, room=3.5, size=22))
    assert not _goes_on(title, _line("（2024年修订）", indent=6, room=6, size=22))


def test_a_date_below_a_signature_is_a_line_of_its_own() -> None:
    assert not _goes_on(_line("某区人民政府", indent=18, room=2), _line("2024年3月1日", indent=18, room=2))
