"""The facts of a catalog as tables, each with the words that state it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.facts.places import holding_in, places_named
from bot.facts.proven import is_proven
from bot.facts.unit_groups import UnitEntry, UnitGroup, entry_of, grouped, groups_found, groups_meant
from ingest.policy import Clause, Fact, FactKind
from ingest.regions import short_name
from vectorstore.catalog import Catalog
from vectorstore.catalog_memory import PolicySummary


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A fact with the clause and the document that state it."""

    fact: Fact
    clause: Clause
    policy: PolicySummary

    @property
    def quote(self) -> str:
        """The words of the policy that state the fact."""
        return self.clause.text[self.fact.start - self.clause.start : self.fact.end - self.clause.start]


@dataclass(frozen=True, kw_only=True)
class FactTables:
    """The facts of a catalog as it stood when they were read, in document order."""

    policies: tuple[PolicySummary, ...]
    stated: Mapping[FactKind, tuple[Stated, ...]]
    unproven: Mapping[FactKind, tuple[Stated, ...]] = field(default_factory=dict)  # not shown

    def left_out(self, kind: FactKind, region: str | None = None) -> int:
        """How many facts of the kind are not shown, because what they assert does not hold."""
        return sum(region is None or _is_of(each.policy, region) for each in self.unproven.get(kind, ()))

    @property
    def regions(self) -> Mapping[str, int]:
        """The regions that documents have, and how many documents each has."""
        return Counter(each.metadata.region for each in self.policies if each.metadata.region)

    def of_kind(self, kind: FactKind, region: str | None = None) -> list[Stated]:
        """The facts of one kind in the documents of the region, of all documents without one."""
        return [each for each in self.stated.get(kind, ()) if region is None or _is_of(each.policy, region)]

    def units(self, region: str | None, query: str = "") -> list[UnitEntry]:
        """The units with duties that the query may mean, those with most duties first."""
        groups = [each for each in self.unit_groups if region is None or _is(each.region, region)]
        meant = groups_found(groups, query) if query.strip() else groups
        joined: dict[str, list[UnitGroup]] = {}
        for group in groups:
            if group in meant:
                joined.setdefault(group.names[0], []).append(group)
        return sorted(map(entry_of, joined.values()), key=lambda each: -each.duties)

    def duties(self, region: str | None, unit: str | None = None) -> list[Stated]:
        """The duties in the documents of the region, only those of the unit where one is given."""
        duties = self.of_kind("duty", region)
        if unit is None or not unit.strip():
            return duties
        groups = [each for each in self.unit_groups if region is None or _is(each.region, region)]
        meant = {(group.region, name) for group in groups_meant(groups, unit) for name in group.names}
        return [each for each in duties if (each.policy.metadata.region, each.fact.value("unit")) in meant]

    def open_to(self, place: str | None, company: str) -> list[Stated]:
        """The benefits of documents that hold in the place, else in the places the company names.

        All benefits where the company names no place of the documents.
        """
        places = places_named(self.policies, company if place is None else place)
        if place is None and not places:
            return self.of_kind("benefit")
        holding = holding_in(self.policies, places)
        return [each for each in self.of_kind("benefit") if each.fact.policy_id in holding]

    def partners(self, duty: Stated) -> list[Fact]:
        """The duties of other units in the same task of the same clause."""
        unit, task = duty.fact.value("unit"), duty.fact.value("task")
        found = {
            each.value("unit"): each
            for each in reversed(self._by_clause["duty"][duty.fact.clause_id])
            if each.value("task") == task and each.value("unit") != unit
        }
        return list(found.values())[::-1]

    def deadline(self, duty: Stated) -> Fact | None:
        """The deadline in the clause of the duty that stands nearest to it."""
        own = duty.fact
        return min(
            self._by_clause["deadline"].get(own.clause_id, ()),
            key=lambda each: max(0, each.start - own.end, own.start - each.end),
            default=None,
        )

    @cached_property
    def unit_groups(self) -> tuple[UnitGroup, ...]:
        """Every unit with duties, by region."""
        counts: dict[str | None, Counter[str]] = {}
        for each in self.of_kind("duty"):
            counts.setdefault(each.policy.metadata.region, Counter())[each.fact.value("unit")] += 1
        return tuple(group for region, names in counts.items() for group in grouped(names, region))

    @cached_property
    def _by_clause(self) -> Mapping[FactKind, Mapping[str, Sequence[Fact]]]:
        found: dict[FactKind, dict[str, list[Fact]]] = {"duty": {}, "deadline": {}}
        for kind, by_clause in found.items():
            for each in self.of_kind(kind):
                by_clause.setdefault(each.fact.clause_id, []).append(each.fact)
        return found


def fact_tables_of(catalog: Catalog) -> FactTables:
    """The facts of the catalog as it stands now."""
    policies = catalog.policies()
    place = {policy.policy_id: position for position, policy in enumerate(policies)}
    facts = sorted(catalog.facts(policy_ids=place), key=lambda fact: (place[fact.policy_id], fact.start))
    clauses = {each.clause_id: each for each in catalog.clauses_by_id([fact.clause_id for fact in facts])}
    shown: dict[FactKind, list[Stated]] = {}
    unproven: dict[FactKind, list[Stated]] = {}
    # What another process has just taken away is left out; the next version is read anew.
    for fact in (each for each in facts if each.clause_id in clauses):
        row = Stated(fact=fact, clause=clauses[fact.clause_id], policy=policies[place[fact.policy_id]])
        (shown if is_proven(fact, row.clause) else unproven).setdefault(fact.kind, []).append(row)
    return FactTables(policies=tuple(policies), stated=_frozen(shown), unproven=_frozen(unproven))


def _frozen(rows: Mapping[FactKind, list[Stated]]) -> dict[FactKind, tuple[Stated, ...]]:
    return {kind: tuple(each) for kind, each in rows.items()}


def _is(own: str | None, region: str) -> bool:
    return own is not None and region in (own, short_name(own))


def _is_of(policy: PolicySummary, region: str) -> bool:
    return _is(policy.metadata.region, region)
