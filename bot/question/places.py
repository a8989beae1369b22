"""Places that a question names: those of documents, those of none, and the level that 市里, 全市 mean."""

import re
from collections.abc import Callable, Sequence

from bot.question.landscape import Landscape
from bot.question.language import Language

_LEVEL = re.compile(
    r"(?:全|我|本)([省市区县镇])|(?:^|[，。？在由把给])(?:我们)?([省市区县镇])(?:里|财政|委|政府|直)"
)
_PLACE_FIRST = re.compile(
    r"(?:请问|想问|问下|我们?|在|我在|我们在)*"
    r"((?![们每各所全本某该哪几新老旧城小社园辖片厂校地多两])[\u4e00-\u9fff]{2,3}(?<!小)(?<!社)(?<!园)(?<!校)(?<!景)(?<!片)(?<!辖)[区县市])(?!域|场|民|级|里|内|财政)"
)


def regions_named(
    text: str, landscape: Landscape, find_regions: Callable[[str], Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The regions named that documents are of, and those that none is of."""
    found: list[str] = []
    rest = text
    for name in landscape.region_names:
        if name in rest:
            found.append(name)
            rest = rest.replace(name, "　")
    others = find_regions(rest)
    found.extend(name for name in others if landscape.in_region(name))
    unknown = tuple(name for name in others if name not in found)
    # 「某市某区」: the district that no document is of is meant, not the city around it.
    if unknown and not any(name in landscape.own_regions for name in found):
        found = []
    return tuple(found), unknown


def unheard_place(
    text: str, landscape: Landscape, *, words: Callable[[str], Sequence[str]], language: Language
) -> str | None:
    """A place the question begins with that neither the table of divisions nor any document knows."""
    match = _PLACE_FIRST.match(text)
    if match is None or landscape.naming(match.group(1)):
        return None
    name = match.group(1)
    return None if any(word in language.asking for word in words(name[:-1])) else name


def of_level(text: str, landscape: Landscape) -> frozenset[str]:
    """The policies of the level that the text names without a place.

    市里, 全市, 市财政: an asker of a city means the documents that give duties to units of a city.
    """
    level = _LEVEL.search(text)
    if level is None:
        return frozenset()
    name = next(filter(None, level.groups()))
    return frozenset(policy.policy_id for policy in landscape.policies if policy.unit_level == name)
