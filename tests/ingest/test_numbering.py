import pytest

from ingest.numbering import Family, marker_at, numeral


@pytest.mark.parametrize(
    ("text", "family", "value", "token"),
    [
        ("第一千零一条 甲", "article", 1001, "第一千零一条"),
        ("第 2 2 条 甲", "article", 22, "第22条"),
        ("第一百二十条之一 甲", "article", 120, "第一百二十条之一"),
        ("第二分编 所有权", "subpart", 2, "第二分编"),
        ("十二、甲", "han", 12, "十二、"),
        ("（十）甲", "han_paren", 10, "(十)"),
        ("（二）项目已经备案", "han_paren", 2, "(二)"),
        ("1．甲", "digit", 1, "1."),
        ("1 .甲", "digit", 1, "1."),
        ("1.2023年，甲", "digit", 1, "1."),
        ("(3) 甲", "digit_paren", 3, "(3)"),
        ("③甲", "circle", 3, "③"),
        ("2.1.3 甲", "decimal", 3, "2.1.3"),
    ],
)
def test_numbers_of_every_family_are_read(text: str, family: Family, value: int, token: str) -> None:
    marker = marker_at(text)
    assert marker is not None
    assert (marker.family, marker.value, marker.token) == (family, value, token)


@pytest.mark.parametrize(
    "text",
    [
        "第五条规定",
        "第三条例",
        "第一章程",
        "1.5倍",
        "2022年",
        "3,000元",
        "二、三产业",
        "（一）、（二）项",
        "12.5%以上",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert marker_at(text) is None


def test_a_misread_numeral_has_no_value() -> None:
    assert numeral("十百") in {0, 1000, 110, 10}
