"""The names of units put together where they mean one unit."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.unit_names import LEVELS, read_unit_name, variants
from ingest.units import resolve_unit, same_unit
from vectorstore.segmentation import fold

_BLANK = re.compile(r"\s+")
# 市、区（县）人民政府: a level in brackets is no other name of the unit.
_LEVELS_IN_BRACKETS = re.compile(rf"[（(][{LEVELS}、]+[）)]")


@dataclass(frozen=True, kw_only=True)
class UnitGroup:
    """Names that mean one unit in the documents of one region, the commonest first."""

    region: str | None
    names: tuple[str, ...]
    duties: int


@dataclass(frozen=True, kw_only=True)
class UnitEntry:
    """A unit with its other names, the regions whose documents name it and how many duties it has there."""

    unit: str
    aliases: tuple[str, ...]
    regions: tuple[str, ...]
    duties: int


def grouped(counts: Mapping[str, int], region: str | None) -> list[UnitGroup]:
    """The names of one region, with how often each is printed, put together where they mean one unit."""
    groups: list[list[str]] = []
    # same_unit asks for equal subjects and an equal rest, so only names that share both are compared.
    alike: dict[object, list[list[str]]] = {}
    for name in sorted(counts, key=lambda each: -counts[each]):
        parts = (read_unit_name(part) for part in variants(_LEVELS_IN_BRACKETS.sub("", name)))
        keys = [_bare(name), *((part.subjects, part.rest) for part in parts)]
        likely = (group for key in keys for group in alike.get(key, ()))
        own = next((group for group in likely if _are_one(group[0], name, region)), None)
        if own is not None:
            own.append(name)
            continue
        groups.append([name])
        for key in keys:
            alike.setdefault(key, []).append(groups[-1])
    return [
        UnitGroup(region=region, names=tuple(names), duties=sum(counts[name] for name in names))
        for names in groups
    ]


def groups_meant(groups: Iterable[UnitGroup], asked: str) -> list[UnitGroup]:
    """The groups that the asked name may mean; in a region that prints just that name, its group alone."""
    by_region: dict[str | None, list[UnitGroup]] = {}
    for group in groups:
        by_region.setdefault(group.region, []).append(group)
    found: list[UnitGroup] = []
    for region, own in by_region.items():
        exact = [group for group in own if _bare(asked) in map(_bare, group.names)]
        found.extend(exact or _resolved(own, asked, region))
    return found


def _resolved(groups: Sequence[UnitGroup], asked: str, region: str | None) -> list[UnitGroup]:
    level = read_unit_name(asked).level
    meant = {
        name
        for name in resolve_unit(asked, [name for group in groups for name in group.names])
        if not level or _level(name, region) in ("", level)
    }
    return [group for group in groups if not meant.isdisjoint(group.names)]


def groups_found(groups: Sequence[UnitGroup], query: str) -> list[UnitGroup]:
    """The groups one of whose names holds the query, and those that the query may mean."""
    holding = [group for group in groups if any(_bare(query) in _bare(name) for name in group.names)]
    return [*holding, *groups_meant(groups, query)]


def _are_one(one: str, other: str, region: str | None) -> bool:
    if _bare(one) == _bare(other):
        return True
    plain = (_LEVELS_IN_BRACKETS.sub("", name) for name in (one, other))
    return _level(one, region) == _level(other, region) and same_unit(*plain)


def _level(name: str, region: str | None) -> str:
    """The level of the unit; one printed without it is of the level of the region."""
    told = read_unit_name(name).level or (name[0] if name[:1] in LEVELS else "")
    return told or (region[-1] if region and region[-1] in LEVELS else "")


def entry_of(groups: Sequence[UnitGroup]) -> UnitEntry:
    """The entry of groups of several regions that share their commonest name."""
    names = dict.fromkeys(name for group in groups for name in group.names)
    return UnitEntry(
        unit=groups[0].names[0],
        aliases=tuple(names)[1:],
        regions=tuple(group.region for group in groups if group.region),
        duties=sum(group.duties for group in groups),
    )


def _bare(name: str) -> str:
    return _BLANK.sub("", fold(name))
