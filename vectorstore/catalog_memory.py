"""What a catalog has read lately, kept until its content changes."""

from dataclasses import dataclass, field

from ingest.policy import Clause, Fact, Metadata, Policy

# Values kept of each kind: about 100 MB when all are full.
_MOST = 50_000
_MOST_POLICIES = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySummary:
    """A policy as a list shows it."""

    policy_id: str
    source: str
    metadata: Metadata
    clause_count: int
    fact_count: int


@dataclass(slots=True)
class CatalogMemory:
    """Values by their ids, of one generation of the catalog."""

    generation: int = 0
    summaries: tuple[PolicySummary, ...] | None = None
    policies: dict[str, Policy] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    pairs: dict[str, int] | None = None  # of the keyword index, with the clauses that hold each
    frequencies: dict[str, int] = field(default_factory=dict)
    naming: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, generation: int) -> "CatalogMemory":
        """This memory while the catalog is unchanged, else an empty one."""
        return self if generation == self.generation else CatalogMemory(generation)

    def make_room(self) -> None:
        """Empties what has grown too large; called before reading, never while values are put together."""
        if len(self.policies) > _MOST_POLICIES:
            self.policies.clear()
        if len(self.clauses) > _MOST:
            self.clauses.clear()
        if len(self.facts) > _MOST:
            self.facts.clear()
        if len(self.frequencies) > _MOST:
            self.frequencies.clear()
        if len(self.naming) > _MOST // 100:
            self.naming.clear()
