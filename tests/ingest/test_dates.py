from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_dates, last_day, read_date


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2023年7月21日", date(2023, 7, 21)),
        ("二〇二三年七月二十一日", date(2023, 7, 21)),
        ("二○二四年十二月三十日", date(2024, 12, 30)),
        ("2024年4月22 日", date(2024, 4, 22)),
        ("２０２４年１月２日", date(2024, 1, 2)),
        ("2023-01-10", date(2023, 1, 10)),
        ("2021/12/06", date(2021, 12, 6)),
    ],
)
def test_dates_are_read_as_printed(printed: str, day: date) -> None:
    assert [found.day for found in find_dates(f"自{printed}起施行")] == [day]


@pytest.mark.parametrize("printed", ["217年9月28日", "2023年13月1日", "2023年2月30日", "2021年", "5月1日"])
def test_a_misprint_is_no_date(printed: str) -> None:
    assert list(find_dates(printed)) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_printed_date_reads_back(day: date) -> None:
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize(
    ("begins", "length", "ends"),
    [
        (date(2024, 8, 1), "三年", date(2027, 7, 31)),
        (date(2024, 4, 1), "5年", date(2029, 3, 31)),
        (date(2019, 1, 1), "三年", date(2021, 12, 31)),
        (date(2024, 2, 29), "一年", date(2025, 2, 27)),
        (date(2024, 8, 31), "6个月", date(2025, 2, 27)),
        (date(2020, 2, 14), "三个月", date(2020, 5, 13)),
        (date(2024, 5, 1), "30日", date(2024, 5, 30)),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(begins: date, length: str, ends: date) -> None:
    assert last_day(begins, length) == ends
