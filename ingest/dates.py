"""Dates and lengths of time as documents print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "0": 0,
    "两": 2,
}
_HAN = "零〇○Ｏ0O一二三四五六七八九十两"
_NUMBER = rf"(?:\d+|[{_HAN}]+)"
PRINTED_DATE = (
    rf"(?:(?:\d{{4}}|[{_HAN[:-2]}]{{4}})\s*年\s*(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s*月\s*(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s*日"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
)
_DATE = re.compile(PRINTED_DATE)
_LENGTH = re.compile(rf"(?P<count>{_NUMBER}|半)\s*个?(?P<unit>年半|年|月|日|天)")
_EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A date and where it stands in the text."""

    start: int
    end: int
    day: date


def find_dates(text: str) -> Iterator[PrintedDate]:
    """The dates of the text, in Arabic or Chinese numerals; misprinted ones are left out."""
    for match in _DATE.finditer(text):
        day = read_date(match.group())
        if day is not None:
            yield PrintedDate(start=match.start(), end=match.end(), day=day)


def read_date(text: str) -> date | None:
    """The day that a printed date names, or None where it is no date of the calendar."""
    numbers = [_value(part) for part in re.findall(_NUMBER, text)]
    if len(numbers) != 3 or numbers[0] < _EARLIEST_YEAR:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None


def last_day(begins: date, length: str) -> date | None:
    """The last day of a length of time (三年, 5年, 六个月, 30日) that begins on a day.

    A term of years ends on the day before its anniversary, as Civil Code articles 200 to 203 count.
    """
    match = _LENGTH.search(length)
    if match is None:
        return None
    count = 0 if match["count"] == "半" else _value(match["count"])
    if match["unit"] in ("日", "天"):
        return begins + timedelta(days=count - 1)
    months = count if match["unit"] == "月" else count * 12
    if match["count"] == "半" or match["unit"] == "年半":
        months += 6
    return _months_later(begins, months) - timedelta(days=1) if months else None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)


def _value(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    if "十" not in printed:
        return int("".join(str(_DIGITS[character]) for character in printed))
    tens, _, ones = printed.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
