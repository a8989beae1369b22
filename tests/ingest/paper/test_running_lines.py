import pytest

from ingest.paper.page import Page, page_of
from ingest.paper.running_lines import running_lines
from ingest.paper.sheet import Ink, Sheet


def _page(number: int, *placed: tuple[str, float]) -> Page:
    """A page of 800 points with each text at its height."""
    inks = [
        Ink(text=text, left=80, top=top, right=80 + 10 * len(text), bottom=top + 10, size=10)
        for text, top in placed
    ]
    return page_of(Sheet(number=number, width=600, height=800, inks=tuple(inks)))


def _found(*pages: Page) -> list[tuple[str, str]]:
    return [(line.text, reason) for line, reason in running_lines(pages).items()]


@pytest.mark.parametrize(
    "shape",
    ["— {} —", "－{}－", "-{}-", "第 {} 页", "第{}页 共9页", "{}/9", "{}", "·{}·", "一{}一", "Page {} of 9"],
)
def test_page_numbers_of_any_shape_are_known(shape: str) -> None:
    pages = [_page(number, ("正文", 300), (shape.format(number), 750)) for number in (3, 4, 5)]
    assert _found(*pages) == [(shape.format(number), "page number") for number in (3, 4, 5)]


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert _found(_page(1, ("正文", 300), ("2024", 750)), _page(2, ("— 7 —", 400))) == []


def test_a_line_repeated_at_one_height_is_the_header() -> None:
    pages = [_page(number, ("某区人民政府公报", 50), (f"正文{'甲' * number}", 300)) for number in (1, 2, 3)]
    assert _found(*pages) == [("某区人民政府公报", "header of the page")] * 3


def test_headers_of_left_and_right_pages_may_differ() -> None:
    pages = [_page(number, ("左页" if number % 2 else "右页", 50), ("正文", 300)) for number in range(1, 7)]
    assert [reason for _, reason in _found(*pages)] == ["header of the page"] * 6


def test_a_footer_that_counts_the_pages_is_known() -> None:
    pages = [_page(number, ("正文", 300), (f"某市公报2024年第3期 {number}", 750)) for number in (1, 2, 3)]
    assert [reason for _, reason in _found(*pages)] == ["footer of the page"] * 3


def test_what_belongs_to_the_document_stays() -> None:
    pages = [_page(number, (f"附件{number}", 60), ("名单", 90), ("正文", 300)) for number in (1, 2, 3)]
    kept = {text for text, _ in _found(*pages)}
    assert not kept & {"附件1", "附件2", "附件3", "正文"}


def test_the_title_is_not_the_header_that_repeats_it() -> None:
    first = _page(1, ("某区管理办法", 200), ("正文", 300))
    others = [_page(number, ("某区管理办法", 50), ("正文", 300)) for number in (2, 3, 4)]
    assert len(_found(first, *others)) == 3


def test_one_page_has_no_header() -> None:
    assert _found(_page(1, ("某区人民政府公报", 50), ("正文", 300))) == []
