from ingest.page_marks import find_page_marks

PAGES = "1、方案为落实决策部署\n\n2、,以企业为主体,进一步完善机制。到2025年达\n\n3、到三百家。1 .坚持党的领导"


def marks(source: str) -> list[str]:
    return [source[cut.start : cut.end].strip() for cut in find_page_marks(source, ())]


def _page(number: int) -> str:
    return "".join(f"第{number}页上第{line}行的文字\n" for line in "一二三四五")


def test_numbers_that_count_up_inside_sentences_are_page_marks() -> None:
    assert marks(PAGES) == ["1、", "2、", "3、"]


def test_the_cut_takes_the_line_end_and_leaves_the_comma() -> None:
    cuts = list(find_page_marks(PAGES, ()))
    text = PAGES
    for cut in reversed(cuts):
        text = text[: cut.start] + text[cut.end :]
    assert "决策部署,以企业为主体" in text and "达到三百家。1 .坚持" in text


def test_a_numbered_list_is_no_page_mark() -> None:
    assert marks("1、第一项内容。\n2、第二项内容。\n3、第三项内容。") == []
    assert marks("下列材料\n1、申请表\n2、营业执照\n3、承诺书") == []


def test_page_numbers_between_dashes_are_page_marks_only_when_they_count_up() -> None:
    assert marks("甲\n- 1 -\n乙\n— 2 —\n丙\n- 3 -\n") == ["- 1 -", "— 2 —", "- 3 -"]
    assert marks("甲\n- 1 -\n乙\n- 5 -\n丙\n- 3 -\n") == []


def test_a_printed_text_loses_its_bare_page_numbers_and_running_heads() -> None:
    page = "\n\n澄湖市市场管理办法\n\n{}\n\n" + "".join(
        f"第{line}行的文字没有写完\n" for line in "一二三四五六"
    )
    source = "".join(page.format(number) for number in range(1, 5))
    cuts = [source[cut.start : cut.end] for cut in find_page_marks(source, (), is_printed=True)]
    assert [cut for cut in cuts if cut.isdecimal()] == ["1", "2", "3", "4"]
    assert cuts.count("澄湖市市场管理办法") == 3  # the first one may be the title
    assert marks(source) == []


def test_numbers_of_a_list_in_a_printed_text_are_no_page_marks() -> None:
    source = "名单\n\n1\n澄湖区\n\n2\n东山区\n\n3\n西山区\n"
    assert list(find_page_marks(source, (), is_printed=True)) == []


def test_a_page_mark_may_stand_before_the_text_of_its_line() -> None:
    source = "".join(f"- {number} - {_page(number)}" for number in range(1, 4))
    cuts = [source[cut.start : cut.end] for cut in find_page_marks(source, (), is_printed=True)]
    assert cuts == ["- 1 -", "- 2 -", "- 3 -"]


def test_a_page_number_in_words_may_be_marked_as_a_heading() -> None:
    source = "".join(f"## 第 0{number} 页\n\n{_page(number)}\n" for number in range(1, 4))
    cuts = [source[cut.start : cut.end] for cut in find_page_marks(source, (), is_printed=True)]
    assert cuts == ["第 01 页", "第 02 页", "第 03 页"]
