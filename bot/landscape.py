"""What the documents at hand name: regions, titles, numbers, units. Understanding reads questions against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.policy import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPolicy:
    """A policy as far as a question can name it."""

    policy_id: str
    source: str
    metadata: Metadata

    @property
    def place(self) -> str:
        """How an answer names where the policy holds: its region, else its title."""
        return self.metadata.region or f"《{self.metadata.title}》"


@dataclass(frozen=True, kw_only=True)
class Landscape:
    """Every policy of the catalog and every unit name its facts hold."""

    policies: tuple[KnownPolicy, ...]
    units: frozenset[str]

    @cached_property
    def by_id(self) -> dict[str, KnownPolicy]:
        """Policies by their id."""
        return {policy.policy_id: policy for policy in self.policies}

    @cached_property
    def region_names(self) -> dict[str, frozenset[str]]:
        """Every way to name a region of a policy, and the policies that hold in it.

        A region is named in full (某某区), by its stem (某某) or by a region it lies in.
        """
        names: dict[str, set[str]] = {}
        for policy in self.policies:
            places = (
                *policy.metadata.region_path,
                *((policy.metadata.region,) if policy.metadata.region else ()),
            )
            for name in _spellings(places):
                names.setdefault(name, set()).add(policy.policy_id)
        return {name: frozenset(names[name]) for name in sorted(names, key=len, reverse=True)}

    def in_region(self, region: str) -> frozenset[str]:
        """The policies that hold in the region or in a part of it."""
        return self.region_names.get(region, frozenset())


def _spellings(places: Iterable[str]) -> Iterable[str]:
    for place in places:
        yield place
        stem = place.rstrip("省市区县旗州盟镇乡")
        # A stem of one character (沙县 → 沙) would be found in any text.
        if len(stem) >= 2 and stem != place:
            yield stem
