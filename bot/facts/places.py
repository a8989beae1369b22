"""The places of the documents that a text names, and the documents that hold there."""

from collections.abc import Iterable, Sequence

from ingest.regions import short_name
from vectorstore.catalog_memory import PolicySummary


def places_named(policies: Iterable[PolicySummary], text: str) -> dict[str, str]:
    """The places of the documents that a text names, in full or in short, and its words for each."""
    places = dict.fromkeys(place for policy in policies for place in _path(policy))
    spelled = {
        place: next((name for name in (place, short_name(place)) if name in text), "") for place in places
    }
    return {place: name for place, name in spelled.items() if name}


def without_places(policies: Iterable[PolicySummary], text: str) -> str:
    """The text with a blank for every place of the documents that it names."""
    for name in sorted(places_named(policies, text).values(), key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def holding_in(policies: Sequence[PolicySummary], places: Iterable[str]) -> frozenset[str]:
    """The documents of the places and of those above; of its parts for a place without any of its own.

    A place above another one that is named too only says where that lies.
    """
    named = frozenset(places)
    above = {place: _above(place, policies) for place in named}
    found: set[str] = set()
    for place in named - frozenset[str]().union(*above.values()):
        within = [each for each in policies if place in _path(each)]
        own = [each for each in within if each.metadata.region == place] or within
        higher = [each for each in policies if each.metadata.region in above[place]]
        found |= {each.policy_id for each in (*own, *higher)}
    return frozenset(found) | {each.policy_id for each in policies if each.metadata.level == "national"}


def _path(policy: PolicySummary) -> tuple[str, ...]:
    own = policy.metadata.region
    return policy.metadata.region_path or ((own,) if own else ())


def _above(place: str, policies: Iterable[PolicySummary]) -> frozenset[str]:
    paths = [path for path in map(_path, policies) if place in path]
    return frozenset(higher for path in paths for higher in path[: path.index(place)])
