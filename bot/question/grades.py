"""Grades and classes that exclude one another: what holds for 中级 says nothing of 初级."""

import re
from collections.abc import Iterator

_NUMERALS = "零一二三四五六七八九十"
_ONE = r"\d{1,2}|[一二三四五六七八九十]|[A-Z]"
_FIGURE = rf"(?P<from>{_ONE})(?:\s*[-~～—至]\s*(?P<to>{_ONE}))?"
_CLASS = re.compile(
    rf"(?<![\dA-Za-z一二三四五六七八九十第]){_FIGURE}(?P<family>星级|等奖|级|类|档|A)(?![别似型A-Za-z])"
)
_GRADE = re.compile(r"初级|中级|副高级|正高级|高级(?!别|人才|管理)|特级")
_LEVEL = re.compile(r"国家级|省级|市级|(?<![地社辖小片厂校园])区级|县级(?!以上)|乡级|镇级")


def grades_in(text: str) -> dict[str, frozenset[str]]:
    """The grades that the text names, by their family; a range names all between."""
    found: dict[str, set[str]] = {}
    for match in _CLASS.finditer(text):
        found.setdefault(match["family"], set()).update(_between(match["from"], match["to"]))
    for family, pattern in (("grade", _GRADE), ("level", _LEVEL)):
        if named := set(pattern.findall(text)):
            found[family] = named
    return {family: frozenset(members) for family, members in found.items()}


# 省级以上, 三级及以下 name more than they print.
_OPEN_END = re.compile(r"[级工]?(?:景区)?(?:及|和|或)?(?:以上|以下|以内|起)")
_SHARED_FAMILY = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]|(?<!\d)[A-Z])、$")


def excludes(asked: str, said: str) -> bool:
    """Whether what is said names other grades of a family and none of those asked about."""
    if _is_open(said):
        return False
    told = grades_in(said)
    return any(family in told and not members & told[family] for family, members in grades_in(asked).items())


def _is_open(said: str) -> bool:
    """Whether a grade is named with those above or below it, or in a list that prints its family once."""
    named = [match for pattern in (_CLASS, _GRADE, _LEVEL) for match in pattern.finditer(said)]
    return any(
        _OPEN_END.match(said, match.end()) or _SHARED_FAMILY.search(said[: match.start()]) for match in named
    )


def _between(first: str, last: str | None) -> Iterator[str]:
    start, end = _figure(first), _figure(last) if last else None
    if isinstance(start, str) and isinstance(end, str):
        yield from map(chr, range(ord(start), ord(end) + 1))
    elif isinstance(start, int) and isinstance(end, int):
        yield from map(str, range(start, end + 1))
    else:
        yield from (str(each) for each in (start, end) if each is not None)


def _figure(printed: str) -> int | str:
    if printed.isdigit():
        return int(printed)
    return _NUMERALS.index(printed) if printed in _NUMERALS else printed
