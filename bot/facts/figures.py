"""The numbers that facts print, read for sorting and drawing."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ingest.numerals import find_quantities

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_FIGURES = re.compile(r"[\d０-９.．,，\s]+(?:[-－—–~～至一][\d０-９.．\s]+)?")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """The first number of a value, 亿 and 万 multiplied out, and what is printed behind it: %, 家, 亿元."""

    number: float
    measure: str


def largest_yuan(printed: str) -> float | None:
    """The largest amount of money in the text in yuan; None where there is none."""
    sums = [each.upper or each.value for each in find_quantities(printed) if each.unit == "元"]
    return float(max(sums)) if sums else None


def figure_of(value: str, unit: str = "") -> Figure | None:
    """The number of a target; the unit of its column counts where the value prints none."""
    found = find_quantities(value)
    if not found:
        return None
    quantity = found[0]
    if not quantity.unit and (printed := find_quantities(quantity.printed + unit)):
        quantity = printed[0]
    behind = _FIGURES.match(quantity.printed)
    measure = quantity.printed[behind.end() :].strip() if behind else quantity.unit
    return Figure(number=float(quantity.value), measure=measure or unit)


def year_of(printed: str) -> int | None:
    """The last year of the text as a number; None where there is none."""
    years = _YEAR.findall(printed)
    return int(years[-1]) if years else None


def last_day(printed: str) -> date | None:
    """The day of the text, 2024-06-30; of a month, 2024-06, its last."""
    match = _DAY.fullmatch(printed)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return date(year, month, int(match[3]) if match[3] else monthrange(year, month)[1])
