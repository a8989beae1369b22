"""What the documents at hand name: regions, titles, numbers, units; questions are read against it."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.policy import Fact, Metadata
from ingest.regions import short_name
from ingest.unit_names import LEVELS, read_unit_name
from ingest.units import resolve_unit
from vectorstore.catalog import Catalog

_LEVELS = "省市区县镇"
RUN = 5  # characters that a question and a title must share to be about one another


def runs_of(text: str) -> frozenset[str]:
    """Every run of RUN characters of the text."""
    return frozenset(text[place : place + RUN] for place in range(len(text) - RUN + 1))


def _printed_level(name: str) -> str:
    """The level that the name itself tells; also where the rest of it is read as no unit."""
    return read_unit_name(name).level or (name[0] if name[:1] in LEVELS else "")


@dataclass(frozen=True, kw_only=True)
class KnownPolicy:
    """A policy as far as a question can name it."""

    policy_id: str
    source: str
    metadata: Metadata
    unit_level: str = ""  # 省 市 区 县 镇: what the names of its units mostly begin with

    def units_meant(self, asked: str, names: Iterable[str]) -> tuple[str, ...]:
        """Which of the names that the policy prints the asked name may mean, best first.

        A name printed without its level is of the level of the policy's region: 科技局 in a document
        of a district is no bureau of the province.
        """
        level, region = read_unit_name(asked).level, self.metadata.region
        bare = {name: self._without_region(name) for name in names}
        meant = resolve_unit(self._without_region(asked), bare.values())
        found = tuple(name for each in meant for name, plain in bare.items() if plain == each)
        if not level or not region or region[-1] not in LEVELS:
            return found
        return tuple(
            name
            for name in found
            if (read_unit_name(name).level or _printed_level(name) or region[-1]) == level
        )

    def _without_region(self, name: str) -> str:
        # 某某税务局 in a document of 某某区 is its 税务局.
        region = self.metadata.region
        for place in _spellings(region) if region else ():
            rest = name.removeprefix(place)
            if rest != name and read_unit_name(rest).known:
                return rest
        return name

    @cached_property
    def title(self) -> str:
        """The title in one width of letters, as questions are read."""
        return unicodedata.normalize("NFKC", self.metadata.title)

    @cached_property
    def document_number(self) -> str:
        """The number in one width of letters; empty without one."""
        return unicodedata.normalize("NFKC", self.metadata.document_number or "")

    @property
    def place(self) -> str:
        """How an answer names where the policy holds: its region, else its title."""
        return self.metadata.region or f"《{self.metadata.title}》"


@dataclass(frozen=True, kw_only=True, eq=False)
class Landscape:
    """Every policy of the catalog and every unit name its facts hold; each is equal to itself alone."""

    policies: tuple[KnownPolicy, ...]
    units: frozenset[str]
    naming: Callable[[str], frozenset[str]] = field(default=lambda name: frozenset(), repr=False)
    # In how many clauses each of some strings stands.
    frequencies: Callable[[Sequence[str]], Mapping[str, int]] = field(
        default=lambda words: dict.fromkeys(words, 0), repr=False
    )

    @cached_property
    def by_id(self) -> dict[str, KnownPolicy]:
        """Policies by their id."""
        return {policy.policy_id: policy for policy in self.policies}

    @cached_property
    def titled(self) -> dict[str, tuple[KnownPolicy, ...]]:
        """The policies whose title holds a run of RUN characters, by that run; shorter titles whole."""
        found: dict[str, list[KnownPolicy]] = {}
        for policy in self.policies:
            for run in runs_of(policy.title) or {policy.title}:
                found.setdefault(run, []).append(policy)
        return {run: tuple(policies) for run, policies in found.items()}

    @cached_property
    def region_names(self) -> dict[str, frozenset[str]]:
        """Every way to name a region of a policy, and the policies that hold in it.

        A region is named in full (某某区), by its stem (某某) or, in full only, by a region it lies in:
        the stem of a city stands in the names of its universities and companies.
        """
        names: dict[str, set[str]] = {}
        for policy in self.policies:
            own = policy.metadata.region
            for name in (*policy.metadata.region_path, *(_spellings(own) if own else ())):
                names.setdefault(name, set()).add(policy.policy_id)
        return {name: frozenset(names[name]) for name in sorted(names, key=len, reverse=True)}

    @cached_property
    def own_regions(self) -> frozenset[str]:
        """The regions that have a policy of their own, in every spelling."""
        own = (policy.metadata.region for policy in self.policies)
        return frozenset(name for region in own if region for name in _spellings(region))

    @cached_property
    def full_regions(self) -> frozenset[str]:
        """The regions that have a policy of their own, as officials name them."""
        return frozenset(policy.metadata.region for policy in self.policies if policy.metadata.region)

    def in_region(self, region: str) -> frozenset[str]:
        """The policies that hold in the region or in a part of it, and those of no region that name it."""
        own = self.region_names.get(region, frozenset())
        return own | (self.naming(bare_name(region)) & self._of_no_region)

    def above(self, regions: Sequence[str]) -> frozenset[str]:
        """The policies of the whole country and of the places that the regions lie in."""
        paths = [
            policy.metadata.region_path
            for policy in self.policies
            if policy.metadata.region and any(name in _spellings(policy.metadata.region) for name in regions)
        ]
        higher = {place for path in paths for place in path[:-1]}
        return frozenset(
            policy.policy_id
            for policy in self.policies
            if policy.metadata.level == "national" or policy.metadata.region in higher
        )

    @cached_property
    def _of_no_region(self) -> frozenset[str]:
        return frozenset(policy.policy_id for policy in self.policies if not policy.metadata.region)


def _spellings(place: str) -> Iterable[str]:
    yield from dict.fromkeys((place, bare_name(place)))


def bare_name(place: str) -> str:
    """The place without what it is: 某某 for 某某区; whole where one character would be left."""
    # A stem of one character (沙县 → 沙) would be found in any text.
    short = short_name(place)
    return short[:-1] if short == place and len(place) >= 3 and place[-1] in "省市区县旗州盟镇乡" else short


def _unit_levels(duties: Sequence[Fact]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for fact in duties:
        if fact.value("unit")[:1] in _LEVELS:
            counts.setdefault(fact.policy_id, Counter())[fact.value("unit")[0]] += 1
    return {policy_id: counter.most_common(1)[0][0] for policy_id, counter in counts.items()}


def landscape_of(catalog: Catalog) -> Landscape:
    """What the documents of the catalog name."""
    summaries = catalog.policies()
    duties = catalog.facts(kind="duty")
    levels = _unit_levels(duties)
    policies: Mapping[str, KnownPolicy] = {
        summary.policy_id: KnownPolicy(
            policy_id=summary.policy_id,
            source=summary.source,
            metadata=summary.metadata,
            unit_level=levels.get(summary.policy_id, ""),
        )
        for summary in summaries
    }
    units = frozenset(fact.value("unit") for fact in duties)
    return Landscape(
        policies=tuple(policies.values()),
        units=units,
        naming=catalog.keywords.policies_naming,
        frequencies=catalog.keywords.document_frequency,
    )


class CurrentLandscape:
    """The landscape of a catalog, read anew when the catalog has changed."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is read yet."""
        self._catalog = catalog
        self._read: tuple[int, Landscape] | None = None

    def __call__(self) -> Landscape:
        """What the documents name now; the same object as long as they are the same."""
        version = self._catalog.version()
        if self._read is None or self._read[0] != version:
            self._read = (version, landscape_of(self._catalog))
        return self._read[1]
