from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import numerals


@given(st.integers(min_value=0, max_value=99_999_999))
def test_numbers_come_back_from_chinese_numerals(number: int) -> None:
    assert numerals.chinese_to_int(numerals.int_to_chinese(number)) == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("一百零二", 102),
        ("十二", 12),
        ("两千", 2000),
        ("一千零一", 1001),
        ("二〇二五", 2025),
        ("１２", 12),
        ("三万五千", 35000),
    ],
)
def test_chinese_numerals_are_read(printed: str, number: int) -> None:
    assert numerals.chinese_to_int(printed) == number


@pytest.mark.parametrize("printed", ["", "甲", "十个", "1.5"])
def test_what_is_no_whole_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="expected a whole number"):
        numerals.chinese_to_int(printed)


@pytest.mark.parametrize(
    ("text", "printed", "value", "upper", "unit", "comparator"),
    [
        ("培育1一2家机构", "1一2家", "1", "2", "家", ""),
        ("组建20-25人团队", "20-25人", "20", "25", "人", ""),
        ("达3.2%以上", "3.2%", "3.2", None, "%", "以上"),
        ("补助1,000元", "1,000元", "1000", None, "元", ""),
        ("给予不低于10万元", "10万元", "100000", None, "元", "不低于"),
        ("份额为百分之七十", "百分之七十", "70", None, "%", ""),
        ("按20%至70%补贴", "20%至70%", "20", "70", "%", ""),
        ("５００万元", "５００万元", "5000000", None, "元", ""),
        ("三个工作日内", "三个工作日", "3", None, "个工作日", ""),
        ("每满一万元", "一万元", "10000", None, "元", ""),
        ("每半年一期", "半年", "0.5", None, "年", ""),
        ("每件不超过五十千克", "五十千克", "50", None, "千克", "不超过"),
        ("长480毫米", "480毫米", "480", None, "毫米", ""),
        ("十余天", "十余天", "10", None, "天", ""),
    ],
)
def test_quantities_are_read_with_unit_and_comparator(
    text: str, printed: str, value: str, upper: str | None, unit: str, comparator: str
) -> None:
    quantity = numerals.find_quantities(text)[0]
    assert (quantity.printed, quantity.value, quantity.unit) == (printed, Decimal(value), unit)
    assert (quantity.upper, quantity.comparator) == (Decimal(upper) if upper else None, comparator)
    assert text[quantity.start : quantity.end] == printed


@pytest.mark.parametrize(
    "text", ["一致同意", "统一部署", "一批企业", "第三条", "亿元以上企业", "统一多项标准"]
)
def test_numerals_inside_words_are_no_quantities(text: str) -> None:
    assert not numerals.find_quantities(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3万元", "30000元", True),
        ("十二家", "12家", True),
        ("百分之五", "5%", True),
        ("65", "65%", True),
        ("5名", "5人", True),
        ("3万元", "3万家", False),
        ("1-2家", "1家", False),
        ("10个工作日", "10天", False),
    ],
)
def test_the_same_quantity_is_known_in_any_spelling(one: str, other: str, same: bool) -> None:
    (first,), (second,) = numerals.find_quantities(one), numerals.find_quantities(other)
    assert numerals.same_quantity(first, second) is same


def test_amounts_are_counted_in_yuan() -> None:
    assert numerals.amount_in_yuan("最高不超过1.5亿元") == Decimal(150_000_000)
    assert numerals.amount_in_yuan("提高5%") is None


def test_dates_are_read_in_both_numerals() -> None:
    assert numerals.parse_date("自二〇二五年十二月三十一日起") == date(2025, 12, 31)
    found = list(numerals.find_dates("2024年1月2日至2025年3月4日"))
    assert [day for _, _, day in found] == [date(2024, 1, 2), date(2025, 3, 4)]
    assert numerals.parse_date("2025年底") is None
