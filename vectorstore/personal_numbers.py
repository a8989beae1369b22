"""Numbers that name a person, put out of a text before it is kept: 身份证号 and 手机号."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

ID_NUMBER, MOBILE_NUMBER = "〔身份证号已隐去〕", "〔手机号已隐去〕"
# Blanks (also those of no width), dashes of every kind, points and strokes, as people group digits.
_GAP = r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2010-\u2015\u2212\u30fb\ufe58\uff0d._·•/~]{0,3}"
# What makes a number an amount or a share: it names nobody.
_AMOUNT_BEFORE = r"(?<![¥￥$€])(?<!(?<!\d)0\.)"
_AMOUNT_AFTER = (
    r"(?!\d)(?!\.\d{1,2}(?!\d))"
    r"(?!\s?(?:[十百千万亿]*(?:元(?![旦宵月])|[美港欧日]元|人民币|块钱|平方米|公顷|亩|吨|人次|[%％‰])"
    r"|[万亿](?:[，。；、,;)）\s]|$)))"
)
_LAST_OF_18 = "10X98765432"
# The first two digits: provinces by GB/T 2260, those of former numbers and 83 (Taiwan residents) included.
_PROVINCES = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(first, last + 1)
)


def masked(text: str) -> str:
    """The text with each such number replaced by what it was; other numbers stay.

    A resident's number has 18 characters with a check (GB 11643-1999, ISO 7064 MOD 11-2), or in its
    former form 15 digits; a mobile number has 11 digits from 13 to 19, or +86 before them. Digits may be
    of any width and stand in groups.
    """
    plain = "".join(map(_plain, text))
    for pattern, names_somebody, mask in _KINDS:
        # Replaced from the end, so that the offsets before stay what they are.
        for start, end in reversed(list(_found(pattern, names_somebody, plain))):
            text, plain = text[:start] + mask + text[end:], plain[:start] + mask + plain[end:]
    return text


def _plain(character: str) -> str:
    if character.isascii():
        return character.upper()
    digit = unicodedata.digit(character, None)
    # One character for one, so that offsets are those of the text.
    return str(digit) if digit is not None else _WIDE.get(character, character)


def _found(
    pattern: re.Pattern[str], names_somebody: Callable[[str], bool], text: str
) -> Iterable[tuple[int, int]]:
    at = 0
    while match := pattern.search(text, at):
        if names_somebody("".join(re.findall(r"[\dX]", match["number"]))):
            yield match.span()
            at = match.end()
        else:
            at = match.start() + 1


def _is_id_of_18(number: str) -> bool:
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return _LAST_OF_18[total % 11] == number[17] and _is_born(number[:2], number[6:14])


def _is_id_of_15(number: str) -> bool:
    return _is_born(number[:2], "19" + number[6:12])


def _is_born(province: str, day: str) -> bool:
    try:
        return province in _PROVINCES and date(int(day[:4]), int(day[4:6]), int(day[6:])).year >= 1800
    except ValueError:
        return False


def _is_mobile(number: str) -> bool:
    return len(number) == 11


def _grouped(*sizes: int) -> str:
    return _GAP.join(rf"\d{{{size}}}" for size in sizes)


_WIDE = {"Ｘ": "X", "ｘ": "X", "×": "X", "＋": "+"}
_ONE_BY_ONE = _GAP.replace("{0,3}", "{1,3}")
_KINDS = (
    (re.compile(rf"(?<!\d)(?P<number>\d(?:{_GAP}\d){{16}}{_GAP}[\dX])(?!\d)"), _is_id_of_18, ID_NUMBER),
    (
        re.compile(
            rf"(?<!\d){_AMOUNT_BEFORE}(?P<number>{_grouped(6, 2, 2, 2, 3)}|{_grouped(3, 3, 3, 3, 3)}"
            rf"|{_grouped(4, 4, 4, 3)}|{_grouped(5, 5, 5)}|\d(?:{_ONE_BY_ONE}\d){{14}}){_AMOUNT_AFTER}"
        ),
        _is_id_of_15,
        ID_NUMBER,
    ),
    (
        re.compile(
            rf"(?<![\d+]){_AMOUNT_BEFORE}(?:[(（]?(?:\+|00)?{_GAP}86[)）]?{_GAP})?"
            rf"(?P<number>[(（]?1[3-9]\d[)）]?{_GAP}\d{{4}}{_GAP}\d{{4}}|1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}"
            rf"|1[3-8]\d\d{_GAP}\d{{4}}{_GAP}\d{{3}}|1{_ONE_BY_ONE}[3-9](?:{_ONE_BY_ONE}\d){{9}}){_AMOUNT_AFTER}"
        ),
        _is_mobile,
        MOBILE_NUMBER,
    ),
)
