"""Numbering families: how a numbered line begins, which number it bears, how deep it stands."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.numerals import chinese_to_int

Family = Literal[
    "part",  # 第X编
    "subpart",  # 第X分编
    "chapter",  # 第X章
    "section",  # 第X节
    "article",  # 第X条
    "han",  # 一、
    "han_paren",  # (一)
    "digit",  # 1.
    "decimal",  # 1.1
    "digit_paren",  # (1)
    "circle",  # ①
]
RANKS: dict[Family, int] = {
    "part": 10,
    "subpart": 15,
    "chapter": 20,
    "section": 30,
    "article": 40,
    "han": 50,
    "han_paren": 60,
    "digit": 70,
    "decimal": 71,
    "digit_paren": 80,
    "circle": 90,
}
DIVISIONS: frozenset[Family] = frozenset({"part", "subpart", "chapter", "section"})

_HAN = "一二三四五六七八九十百千零〇○两"
_UNITS: dict[str, Family] = {
    "编": "part",
    "分编": "subpart",
    "章": "chapter",
    "节": "section",
    "条": "article",
}
_PATTERN = re.compile(
    rf"第\s?(?P<ordinal>(?:[{_HAN}\d]\s?){{1,9}})(?P<unit>分编|编(?![制号辑码])|章(?!程)|节(?![约目能])|条(?![例件款约目纹]))"
    rf"(?:\s?之\s?(?P<sub>[一二三四五六七八九十]{{1,3}}))?"
    rf"|(?P<han>[{_HAN[:11]}]{{1,4}})\s?[、.．]"
    rf"|[(（〔﹙]\s?(?P<han_paren>[{_HAN[:11]}]{{1,4}})\s?[)）〕﹚](?:\s?[、.．](?!\s?[(（]))?"
    r"|(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){1,4})(?=[\s、一-龥(（])"
    r"|(?P<digit>\d{1,3})(?:\s?[.．](?=\d{4}\s?年)|\s?[.．、](?!\s?\d)|、(?=\d{2})|\s?(?P<slip>[,，])(?=[一-龥“]))"
    r"|[(（]\s?(?P<digit_paren>\d{1,3})\s?[)）]|(?P<half_paren>\d{1,2})\s?[)）]"
    r"|(?P<circle>[①-⑳㈠-㈩⑴-⒇⒈-⒛])"
)
_REFERENCE = re.compile(
    r"规定|所[列称规指述]|的|[、，,。；;）)》”]|[和或至到及与](?:者)?第|第|中(?:规定|所|的)|[一二三四五六七八九十]+款|修改为|作出"
)
_MEASURED = re.compile(r"\s?(?:[%％‰万亿千百元倍个家人名年月日天项分公平立米升吨点]|[(（]?[a-zA-Z])")
_ITEM_REFERENCE = re.compile(r"\s?(?:[至到、和或及]\s?[(（第]|[项款][的所规、，,和或])")
_CIRCLES: tuple[tuple[str, int, Family], ...] = (
    ("①", 20, "circle"),
    ("㈠", 10, "han_paren"),
    ("⑴", 20, "digit_paren"),
    ("⒈", 20, "digit"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """The number at the beginning of a numbered line."""

    family: Family
    value: int
    printed: str
    token: str  # as a locator prints it
    start: int
    end: int
    is_slip: bool = False  # 「2，」: taken for a number only where it continues one

    @property
    def rank(self) -> int:
        """How deep the family stands unless the document nests it otherwise; outer is less."""
        depth = self.token.count(".") - 1 if self.family == "decimal" else 0
        return RANKS[self.family] + depth


# A line is asked for its marker by every step that gives it its place.
@lru_cache(maxsize=8192)
def marker_at(text: str, position: int = 0) -> Marker | None:
    """The marker that begins at this place, unless it is a cross-reference or a quantity."""
    match = _PATTERN.match(text, position)
    return None if match is None else _marker(match, text)


def find_markers(text: str, position: int = 0) -> list[Marker]:
    """Everything in the text that reads like a marker; the context has to tell which are."""
    markers = []
    for match in _PATTERN.finditer(text, position):
        marker = _marker(match, text)
        if marker is not None:
            markers.append(marker)
    return markers


def numeral(printed: str) -> int:
    """The value of a numeral in Chinese or Arabic digits, blanks between them ignored."""
    try:
        return chinese_to_int("".join(printed.split()))
    except ValueError:
        # A misread numeral still begins a line; it only proves no order.
        return 0


def _marker(match: re.Match[str], text: str) -> Marker | None:
    group = match.lastgroup
    printed = match.group().strip()
    after = match.end()
    if match["ordinal"]:
        if _REFERENCE.match(text, after):
            return None
        unit = match["unit"]
        token = "".join(printed.split())
        return _made(match, _UNITS[unit], numeral(match["ordinal"]), token)
    if match["han"]:
        value = numeral(match["han"])
        # 「二、三产业」 and 「一、二级」 list numerals; they begin nothing.
        follows = re.match(rf"[{_HAN[:11]}]+", text[after : after + 4])
        return (
            None
            if follows and numeral(follows.group()) == value + 1
            else _made(match, "han", value, f"{match['han']}、")
        )
    if (match["han_paren"] or match["digit_paren"]) and _ITEM_REFERENCE.match(text, after):
        return None
    if match["han_paren"]:
        return _made(match, "han_paren", numeral(match["han_paren"]), f"({match['han_paren']})")
    if match["decimal"]:
        if _MEASURED.match(text, after):
            return None
        token = match["decimal"].replace("．", ".")
        return _made(match, "decimal", int(token.rpartition(".")[2]), token)
    if match["digit"]:
        return _made(match, "digit", int(match["digit"]), f"{match['digit']}.", is_slip=bool(match["slip"]))
    if match["circle"]:
        return _circled(match)
    number = match["digit_paren"] or match["half_paren"]
    return _made(match, "digit_paren", int(number), f"({number})") if group else None


def _circled(match: re.Match[str]) -> Marker:
    character = match["circle"]
    for first, count, family in _CIRCLES:
        value = ord(character) - ord(first) + 1
        if 1 <= value <= count:
            return _made(match, family, value, character)
    raise AssertionError(character)


def _made(match: re.Match[str], family: Family, value: int, token: str, *, is_slip: bool = False) -> Marker:
    return Marker(
        family=family,
        value=value,
        printed=match.group().strip(),
        token=token,
        start=match.start(),
        end=match.end(),
        is_slip=is_slip,
    )
