"""Numbers, amounts and dates as officials write them: 十二 and 12, 万元, 百分之五, 1一2家, 二〇二五年."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ingest import dates

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HALF_WIDTH = {ord("０") + n: str(n) for n in range(10)} | {ord("．"): ".", ord("％"): "%", ord("，"): ","}

_CHINESE = "零〇一二三四五六七八九十百千万亿两"
_ARABIC = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+(?:[.．][0-9０-９]+)?"
# Measure words that a Chinese numeral may stand before; longer ones come first.
_UNITS = (
    "个百分点|百分点|人民币|美元|港元|欧元|个工作日|工作日|平方公里|平方米|立方米|公里|公顷|千瓦时|千瓦|"
    "人年|人次|家次|车次|班次|批次|场次|个月|小时|分钟|周岁|周年|季度|学时|课时|元|角|家|个|人|名|项|次|件|户|场|条|篇|"
    "千克|公斤|毫克|厘米|毫米|千米|毫升|"
    "天|日|年|月|周|亩|吨|倍|成|批|笔|所|套|张|床|台|间|位|岁|级|支|座|处|种|份|辆|艘|对|步|期|届|部|课|堂|度|米|斤|万"
)
_STRONG_UNITS = (
    "个百分点|百分点|个工作日|工作日|平方公里|平方米|公里|公顷|人次|家次|个月|小时|分钟|周岁|季度|"
    "千克|公斤|毫克|厘米|毫米|千米|毫升|"
    "元|家|个|人|名|项|次|件|户|场|条|篇|天|日|年|月|亩|吨|倍|成|笔|所|套|张|台|间|位|岁|支|座|处|种|份|辆|期"
)
_BEFORE = (
    "不低于|不少于|不高于|不超过|不得低于|不得少于|不得高于|不得超过|"
    "至少|最高|最低|超过|突破|达到|高于|低于|约|近|逾"
)
_AFTER = r"\s*(?:[（(]含[）)])?\s*(?:及?以上|及?以下|左右|以内|之内|上下)"
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?:为|在|到)?\s*"
    rf"(?P<number>"
    rf"(?:百分之(?P<chinese_percent>[{_CHINESE}点]+))"
    rf"|(?P<arabic>{_ARABIC})(?P<first_unit>[%％])?(?:\s*(?:一(?=[0-9])|[-－—–~～至])\s*(?P<upper>{_ARABIC}))?"
    rf"\s*(?P<scale>(?:[百千]?[万亿]|[百千](?=元|万|亿|家|人|名|亩))?)余?多?\s*(?P<unit>[%％‰]|{_UNITS})?"
    rf"|(?<!第)(?P<chinese>[零〇一二三四五六七八九十两][{_CHINESE}]*)(?P<half>个?半)?(?:(?<=[十百千万亿])[余多])?(?P<chinese_unit>{_STRONG_UNITS})"
    rf"|(?P<only_half>半)(?P<half_unit>年|个月|天|日|数)"
    rf")(?P<after>{_AFTER})?"
)
_SAME_UNITS = (
    ("人", "名", "位"),
    ("日", "天"),
    ("月", "个月"),
    ("个百分点", "百分点"),
    ("工作日", "个工作日"),
    ("岁", "周岁"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit; `printed` is the number and unit without the comparator."""

    start: int
    end: int
    printed: str
    value: Decimal
    unit: str
    upper: Decimal | None = None  # the higher end of a range
    comparator: str = ""  # 不低于, 以上 …, as printed
    span: tuple[int, int] = (0, 0)  # number, unit and comparator


@lru_cache(maxsize=4096)
def chinese_to_int(text: str) -> int:
    """The whole number that Chinese numerals (一百零二, 二〇二五) or digits spell; else ValueError."""
    folded = text.strip().translate(_HALF_WIDTH)
    if folded.isascii() and folded.isdigit():
        return int(folded)
    if not folded or any(
        mark not in _DIGITS and mark not in _PLACES and mark not in _MYRIADS for mark in folded
    ):
        raise ValueError(f"{text!r}: expected a whole number such as 十二, 一百零二 or 12")
    if len(folded) > 1 and all(mark in _DIGITS for mark in folded):
        return int("".join(str(_DIGITS[mark]) for mark in folded))
    return _spelled(folded)


def _spelled(text: str) -> int:
    total = section = digit = 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _PLACES:
            section += (digit or 1) * _PLACES[mark]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[mark]
            section = digit = 0
    return total + section + digit


def int_to_chinese(number: int) -> str:
    """The number in Chinese numerals as articles are counted: 12 → 十二, 1001 → 一千零一."""
    if not 0 <= number < 10**8:
        raise ValueError(f"{number}: expected a number from 0 to 99,999,999")
    if number == 0:
        return "零"
    myriads, rest = divmod(number, 10**4)
    spelled = _section(rest)
    if myriads:
        gap = "零" if rest and rest < 1000 else ""
        spelled = _section(myriads) + "万" + gap + spelled
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _section(number: int) -> str:
    spelled = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            spelled += "零一二三四五六七八九"[digit] + name
        elif spelled and number and not spelled.endswith("零"):
            spelled += "零"
    return spelled


def find_quantities(text: str) -> list[Quantity]:
    """Every number of the text in order; a Chinese numeral counts only before a measure word."""
    return [quantity for match in _QUANTITY.finditer(text) if (quantity := _quantity(match)) is not None]


def _quantity(match: re.Match[str]) -> Quantity | None:
    read = _read(match)
    if read is None:
        return None
    value, upper, unit = read
    start, end = match.span("number")
    end -= len(match["number"]) - len(match["number"].rstrip())
    if match["first_unit"] and not match["upper"]:
        # 10%对企业: behind a percentage stands no other unit.
        end = match.end("first_unit")
    before, after = (match["before"] or ""), (match["after"] or "").strip()
    return Quantity(
        start=start,
        end=end,
        printed=match.string[start:end],
        value=value,
        upper=upper,
        unit=unit,
        comparator=before or after,
        span=(match.start("before") if before else start, match.end("after") if after else end),
    )


def _read(match: re.Match[str]) -> tuple[Decimal, Decimal | None, str] | None:
    try:
        if match["chinese_percent"]:
            whole, _, fraction = match["chinese_percent"].partition("点")
            tail = "".join(str(_DIGITS[mark]) for mark in fraction)
            return Decimal(f"{chinese_to_int(whole)}.{tail or 0}"), None, "%"
        if match["only_half"]:
            return Decimal("0.5"), None, match["half_unit"]
        if match["chinese"]:
            half = Decimal("0.5") if match["half"] else Decimal(0)
            return chinese_to_int(match["chinese"]) + half, None, match["chinese_unit"]
    except (ValueError, KeyError):
        return None
    if match["first_unit"] and not match["upper"]:
        return _decimal(match["arabic"]), None, "%"
    scale = Decimal(1)
    for mark in match["scale"] or "":
        scale *= _SCALES[mark]
    unit = (match["unit"] or match["first_unit"] or "").replace("％", "%")
    upper = _decimal(match["upper"]) * scale if match["upper"] else None
    return _decimal(match["arabic"]) * scale, upper, unit


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.translate(_HALF_WIDTH).replace(",", ""))


def amount_in_yuan(printed: str) -> Decimal | None:
    """The first amount of money in the text in yuan; None where there is none."""
    return next((quantity.value for quantity in find_quantities(printed) if quantity.unit == "元"), None)


def same_quantity(first: Quantity, second: Quantity) -> bool:
    """Whether both say the same number of the same thing; a bare number fits any unit (a table cell)."""
    if first.value != second.value or first.upper != second.upper:
        return False
    if not first.unit or not second.unit or first.unit == second.unit:
        return True
    return any(first.unit in group and second.unit in group for group in _SAME_UNITS)


def find_dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Every full date of the text with its place, in order."""
    return ((found.start, found.end, found.day) for found in dates.find_dates(text))


def parse_date(text: str) -> date | None:
    """The first full date in the text; None where there is none."""
    return next((day for _, _, day in find_dates(text)), None)
