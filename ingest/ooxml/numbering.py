"""Automatic list numbers: what Word prints before each paragraph of a list (ECMA-376, part 1, 17.9)."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from ingest.ooxml.counting import printed
from ingest.ooxml.names import attribute, child, children, is_on, number
from ingest.ooxml.styles import Styles

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_SUFFIXES = {"nothing": "", "space": " ", "tab": " "}
# Private use: the glyphs of symbol fonts, which are no characters.
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list counts and prints."""

    start: int
    number_format: str
    text: str
    suffix: str
    restart: int | None  # the level, from 1, whose number starts this one anew; 0 for none
    is_legal: bool  # all numbers of its text are printed as decimals
    style_id: str | None  # of the paragraphs that stand at this level


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list: its levels, and which numbers it begins anew."""

    abstract_id: str
    levels: dict[int, Level]
    starts: dict[int, int]  # by level, where this list does not go on counting


class Numbering:
    """Counts through a document; ask for each numbered paragraph in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Without a part of numbering nothing is numbered."""
        self._lists: dict[int, List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            abstracts = {
                attribute(each, "abstractNumId") or "": each for each in children(root, "abstractNum")
            }
            nums = {number(each, "numId"): each for each in children(root, "num")}
            for list_id, num in nums.items():
                if list_id is not None:
                    self._lists[list_id] = _list(num, abstracts, nums, styles)

    def level_of_style(self, list_id: int, style_ids: list[str]) -> int:
        """The level at which paragraphs of one of the styles stand in the list."""
        found = self._lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((place for place, level in levels if level.style_id in style_ids), 0)

    def next_number(self, list_id: int, level: int) -> str:
        """What is printed before the next paragraph of the list at this level, with what follows it."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.abstract_id, {})
        for above in range(level):
            if above in found.levels:
                counts.setdefault(above, found.levels[above].start)
        if level in found.starts and (list_id, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts.get(level, found.levels[level].start - 1) + 1
        self._begun.add((list_id, level))
        self._reset_below(found, counts, level)
        return _text(found, counts, level)

    def _reset_below(self, found: List, counts: dict[int, int], level: int) -> None:
        for below in range(level + 1, _LEVELS):
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or (restart > 0 and level < restart):
                counts.pop(below, None)


def _text(found: List, counts: dict[int, int], level: int) -> str:
    own = found.levels[level]

    def shown(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        of = found.levels.get(place, own)
        count = counts.get(place, of.start)
        return str(count) if own.is_legal else printed(count, of.number_format)

    text = _PRIVATE.sub("", _PLACEHOLDER.sub(shown, own.text))
    return text + own.suffix if text.strip() else ""


def _list(
    num: etree._Element,
    abstracts: dict[str, etree._Element],
    nums: dict[int | None, etree._Element],
    styles: Styles,
) -> List:
    abstract_id = attribute(child(num, "abstractNumId")) or ""
    abstract = abstracts.get(abstract_id)
    if abstract is not None and (link := attribute(child(abstract, "numStyleLink"))):
        # The levels stand with the style that the list is of.
        place = styles.list_place(link)
        linked = nums.get(place.list_id) if place else None
        abstract = abstracts.get(attribute(child(linked, "abstractNumId")) or "", abstract)
    levels = {
        number(level, "ilvl") or 0: _level(level)
        for level in (children(abstract, "lvl") if abstract is not None else ())
    }
    starts: dict[int, int] = {}
    for override in children(num, "lvlOverride"):
        place_number = number(override, "ilvl") or 0
        own = child(override, "lvl")
        if own is not None:
            levels[place_number] = _level(own)
        start = number(child(override, "startOverride"))
        if start is not None:
            starts[place_number] = start
            if place_number in levels:
                levels[place_number] = replace(levels[place_number], start=start)
    return List(abstract_id=abstract_id, levels=levels, starts=starts)


def _level(level: etree._Element) -> Level:
    start = number(child(level, "start"))
    return Level(
        start=0 if start is None else start,
        number_format=attribute(child(level, "numFmt")) or "decimal",
        text=attribute(child(level, "lvlText")) or "",
        suffix=_SUFFIXES.get(attribute(child(level, "suff")) or "tab", " "),
        restart=number(child(level, "lvlRestart")),
        is_legal=is_on(child(level, "isLgl")),
        style_id=attribute(child(level, "pStyle")),
    )
