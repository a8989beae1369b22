import pytest

from ingest.paper.writing_system import ends_sentence, first_token, is_numbered, joint, width


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("建设规", "划纲要", ""),
        ("资金不超过", "50万元", ""),
        ("small", "business", " "),
        ("the plan,", "which", " "),
        ("20", "24年", ""),
        ("发展R", "D投入", " "),
        ("（二", "）", ""),
    ],
)
def test_only_latin_words_are_parted_by_a_space_where_a_line_broke(
    before: str, after: str, expected: str
) -> None:
    assert joint(before, after) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("超过，", "超"), ("过，单位", "过，"), ("《办法》", "《办"), ("2024年", "2024"), ("", "")],
)
def test_what_a_line_break_cannot_part(text: str, expected: str) -> None:
    assert first_token(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第十二条 为了",
        "一、总体要求",
        "（一）指导",
        "(2)申报",
        "1.设备",
        "2．贷款",
        "①甲",
        "附件2",
        "3、报送",
    ],
)
def test_numbers_of_parts_are_known(text: str) -> None:
    assert is_numbered(text)


@pytest.mark.parametrize("text", ["1.5%以上", "第一书记", "2024年5月", "一方面", "（试行）"])
def test_other_numbers_are_not(text: str) -> None:
    assert not is_numbered(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("执行。", True), ("（区财政局负责。）", True), ("包括：", True), ("包括", False)]
)
def test_where_a_sentence_ends(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


def test_latin_letters_are_half_as_wide() -> None:
    assert width("第12条") == 3
