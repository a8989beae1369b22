"""Which province, city, county or town a document is of, read from names as officials print them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["national", "province", "city", "county", "township"]
_LEVELS: tuple[Level, ...] = ("province", "city", "county")
_NATIONAL = re.compile(
    r"中共中央|中央|国务院|全国人民代表大会|全国人大|中华人民共和国|国家[一-龥]{1,20}|最高人民|中国人民银行|中国[一-龥]{1,12}(?:监督)?管理委员会|"
    r"[一-龥]{2,12}(?:部|总局|总署)(?:办公厅)?$|新华社"
)
_TOWN = re.compile(r"(?:人民政府)?(?P<town>[一-龥]{1,6}(?:镇|乡|街道))(?=人民政府|办事处|党工委|党委|委员会)")
# Places that no table knows (fictional, new, renamed): read where an organ of the place is named.
_PRINTED = re.compile(
    r"(?:中共)?(?P<province>[一-龥]{2,4}(?:省|自治区))?(?P<city>(?!市)[一-龥]{1,5}?(?:市(?!场[^口])|自治州|盟))?"
    r"(?P<county>[一-龥]{1,5}?(?:自治县|新区|区|县|旗))?(?P<town>[一-龥]{1,5}(?:镇|乡|街道))?"
    r"(?=人民政府|人民代表大会|委员会|[一-龥]{0,14}(?:委员会|办公室|办公厅|办事处|局|厅|中心|委)$|委|政府)"
)
_COMMON = re.compile(
    r"^国家|^自治区$|^(?:[各本我全]|有关|城|社|园|片|校|景|市|地)[省市区县]|[各本我全]|开发|园区|社区|地区|小区|示范|试验|县市|自由贸易"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place with the places above it; the path runs from the province down to the place."""

    path: tuple[str, ...]
    level: Level

    @property
    def name(self) -> str | None:
        """The place as officials name it; None for the whole country."""
        return self.path[-1] if self.path else None


NATIONAL = Region(path=(), level="national")


def read_region(name: str, *, context: str = "") -> Region | None:
    """The place that the name of an organ contains, NATIONAL for an organ of the state, or None.

    Where several places bear the name, the one whose province or city the context names is meant;
    where that does not tell, the path holds the name alone.
    """
    known = _known(name, context)
    if known is None:
        return NATIONAL if _NATIONAL.match(name) else _printed(name)
    town = _TOWN.match(name, name.find(known.path[-1]) + len(known.path[-1]))
    if town is not None:
        return Region(path=(*known.path, town["town"]), level="township")
    return known


def region_of_title(title: str, *, context: str = "") -> Region | None:
    """The place that a title begins with, or None; another place may stand further inside it."""
    lead = re.match(r"(?:\d{4}年|关于)?(?:中共)?", title)
    rest = title[lead.end() :] if lead else title
    if _pattern().match(rest):
        return _known(rest, context)
    if _NATIONAL.match(rest):
        return NATIONAL
    place = re.match(r"(?:[一-龥]{2,4}市)?[一-龥]{1,3}[区县旗市](?![一-龥]?[区县])", rest)
    # Without a table only a name that the document keeps using is taken for a place.
    if place is None or context.count(place.group()) < 3:
        return None
    return _printed(f"{place.group()}人民政府")


def region_of_county(text: str) -> Region | None:
    """The county of a text that says 我县 and calls one county, and only one, by its short name."""
    if len(re.findall("我县|全县|本县|县政府", text)) < 2:
        return None
    named = [
        places[0]
        for name, places in _places().items()
        if len(name) > 2 and name.endswith("县") and len(places) == 1 and text.count(name[:-1]) >= 2
    ]
    return Region(path=named[0][0], level=named[0][1]) if len(named) == 1 else None


def named_in(text: str, words: Iterable[str] = ()) -> tuple[str, ...]:
    """The places of the table that a text names in full, and those that one of its words names in short.

    Provinces and cities have short names (a province without 省, a city without 市); a county has
    none, since many of them are ordinary words.
    """
    full = [match.group() for match in _pattern().finditer(text) if len(match.group()) > 2]
    short = [word for word in words if word in _short_names()]
    return tuple(dict.fromkeys((*full, *short)))


@cache
def _short_names() -> frozenset[str]:
    return frozenset(
        short
        for name, paths in _places().items()
        if any(level != "county" for _, level in paths)
        and len(short := short_name(name)) > 1
        and short != name
    ) | frozenset(name for name in _places() if len(name) == 2 and name.endswith("县"))


@cache
def _places() -> Mapping[str, tuple[tuple[tuple[str, ...], Level], ...]]:
    """Name → every place that bears it, as path and level."""
    places: dict[str, dict[tuple[str, ...], Level]] = {}
    for line in files("ingest.data").joinpath("divisions.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        province, city, counties = line.split("\t")
        above = (province, city) if city else (province,)
        places.setdefault(province, {})[(province,)] = "province"
        if city:
            places.setdefault(city, {})[above] = "city"
        for county in counties.split():
            places.setdefault(county, {})[(*above, county)] = "county"
    return {name: tuple(paths.items()) for name, paths in places.items()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_places(), key=lambda name: (-len(name), name))))


def _known(name: str, context: str) -> Region | None:
    chain: list[str] = []
    position = 0
    while match := _pattern().search(name, position):
        if chain and match.start() != position:
            break
        # 城区, 东区 and the like are names only behind the city they belong to.
        if chain or len(match.group()) > 2:
            chain.append(match.group())
        position = match.end()
    return _resolved(chain, context) if chain else None


def _resolved(chain: list[str], context: str) -> Region:
    candidates = [(path, level) for path, level in _places()[chain[-1]] if set(chain) <= set(path)] or list(
        _places()[chain[-1]]
    )
    if len(candidates) > 1:
        told = [
            candidate for candidate in candidates if any(above in context for above in candidate[0][:-1])
        ] or [
            candidate
            for candidate in candidates
            if any(short_name(above) in context for above in candidate[0][:-1])
        ]
        if len(told) != 1:
            return Region(path=(chain[-1],), level=candidates[0][1])
        candidates = told
    path, level = candidates[0]
    return Region(path=path, level=level)


def short_name(place: str) -> str:
    """The place without the word for its level: 省, 市, 自治区 and the like; counties keep theirs."""
    return re.sub(r"(?<=..)(?:省|市|[一-龥]{1,3}族自治[区州]|自治区|地区|盟)$", "", place)


def _printed(name: str) -> Region | None:
    match = _PRINTED.match(name)
    if match is None:
        return None
    parts = [match["province"], match["city"], match["county"]]
    path = tuple(part for part in parts if part)
    if not path or any(_COMMON.search(part) for part in path) or any(len(part) < 2 for part in path):
        return None
    if match["town"]:
        return Region(path=(*path, match["town"]), level="township")
    return Region(path=path, level=_LEVELS[max(place for place, part in enumerate(parts) if part)])
