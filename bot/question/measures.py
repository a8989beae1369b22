"""The measures that questions ask for, and whether words show one: 百分之几 is not answered by 元."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.question.kinds import QuestionKind
from ingest.numerals import Quantity, find_quantities

# Whether parts of a date (6月30日, 2024年) count as well as lengths of time (30日, 3年).
Calendar = Literal["not", "too", "only"]
_FIRST_YEAR = 1000  # 2024年 is a year of the calendar, 20年 a length of time
_SET_ELSEWHERE = re.compile(r"另行|(?:标准|办法|额度|比例)[^。；]{0,24}(?:制定|确定|规定|执行)|不予|免")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a question asks for by a measure: how it asks, and how an answer shows it."""

    name: str
    asked: re.Pattern[str]
    kind: QuestionKind | None = None  # of the questions that ask for it; None: it makes no kind
    units: frozenset[str] = frozenset()  # of the quantities that show it, as `ingest.numerals` reads them
    calendar: Calendar = "not"
    words: tuple[str, ...] = ()  # any of which shows it without a quantity
    set_elsewhere: bool = False  # that it is set elsewhere, or waived, answers as well
    pattern: re.Pattern[str] | None = None  # if neither units nor words tell

    def is_shown_in(self, words: str) -> bool:
        """Whether the words show it."""
        return (
            any(word in words for word in self.words)
            or (self.set_elsewhere and is_set_elsewhere(words))
            or (self.pattern is not None and self.pattern.search(words) is not None)
            or (
                bool(self.units) and any(self._counts(quantity, words) for quantity in find_quantities(words))
            )
        )

    def _counts(self, quantity: Quantity, words: str) -> bool:
        if quantity.unit not in self.units:
            return False
        return self.calendar == "too" or is_of_a_date(quantity, words) == (self.calendar == "only")


def is_set_elsewhere(words: str) -> bool:
    """Whether the words say that another document sets it, or that nothing is to be paid."""
    return _SET_ELSEWHERE.search(words) is not None


def is_of_a_date(quantity: Quantity, words: str) -> bool:
    """Whether a quantity of the words is part of a date (2024年, 6月30日) and no length of time."""
    if quantity.unit == "年":
        return quantity.value >= _FIRST_YEAR and quantity.upper is None
    if quantity.unit in ("月", "日"):
        return quantity.unit == "月" or words[: quantity.start].rstrip().endswith("月")
    return False


def measure_from(table: Mapping[str, Any]) -> Measure:
    """The measure that a table describes; KeyError, TypeError or re.error if it is none."""
    calendar, kind = table.get("calendar", "not"), table.get("kind")
    if kind is not None and kind not in get_args(QuestionKind):
        raise TypeError(f"kind: expected one of {get_args(QuestionKind)}, found {kind!r}")
    if calendar not in get_args(Calendar):
        raise TypeError(f"calendar: expected one of {get_args(Calendar)}, found {calendar!r}")
    return Measure(
        name=table["name"],
        asked=re.compile(table["asked"]),
        kind=kind,
        units=frozenset(table.get("units", ())),
        calendar=calendar,
        words=tuple(table.get("words", ())),
        set_elsewhere=table.get("set_elsewhere", False),
        pattern=re.compile(table["pattern"]) if "pattern" in table else None,
    )
