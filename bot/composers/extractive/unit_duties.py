"""What a unit has to do: all its duties in the documents meant."""

from collections.abc import Sequence

from bot.draft import DraftStatement, Quote
from bot.evidence import Evidence, place_of
from ingest import units
from ingest.policy import Clause, DutyRole, Fact
from prompts.templates import Phrases

_ROLE_ORDER: tuple[DutyRole, ...] = ("牵头", "责任", "联合", "配合")
_ENOUGH_OF_TOPIC = 0.6


def compose_unit_duties(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """A summary line and one statement a duty for each document; a negative finding where it has none.

    Empty where no document names the unit.
    """
    statements: list[DraftStatement] = []
    for policy_id in _policies(evidence):
        statements.extend(_of_policy(evidence, policy_id, phrases))
    return statements


def _policies(evidence: Evidence) -> list[str]:
    meant = evidence.understanding.policy_ids
    return [
        policy.policy_id for policy in evidence.landscape.policies if not meant or policy.policy_id in meant
    ]


def _of_policy(evidence: Evidence, policy_id: str, phrases: Phrases) -> list[DraftStatement]:
    facts = evidence.library.facts(kind="duty", policy_ids=[policy_id])
    names = {fact.value("unit") for fact in facts}
    resolved = {name for unit in evidence.understanding.units for name in units.resolve_unit(unit, names)}
    clauses = {clause.clause_id: clause for clause in evidence.library.clauses(policy_id)}
    own = [fact for fact in facts if fact.value("unit") in resolved and _on_topic(evidence, fact, clauses)]
    roles = evidence.understanding.roles
    wanted = [fact for fact in own if not roles or fact.value("role") in _widened(roles)]
    if not own or not wanted:
        return _nothing(evidence, policy_id, own, resolved, clauses, roles, phrases)
    wanted.sort(key=lambda fact: (_ROLE_ORDER.index(fact.value("role")), fact.start))  # type: ignore[arg-type]
    place = evidence.landscape.by_id[policy_id].place
    return [
        _summary(place, wanted, resolved, clauses, phrases),
        *(_duty(place, fact, clauses[fact.clause_id], phrases) for fact in wanted),
    ]


def _widened(roles: Sequence[DutyRole]) -> set[str]:
    # 负责 asks for whatever the unit answers for, alone or with others.
    wide: set[str] = set(roles)
    if "责任" in wide:
        wide |= {"联合", "牵头", "配合"}
    return wide


def _on_topic(evidence: Evidence, fact: Fact, clauses: dict[str, Clause]) -> bool:
    if not evidence.understanding.topics:
        return True
    place = place_of(clauses[fact.clause_id], fact.start, fact.end)
    return evidence.relevance.coverage(place) >= _ENOUGH_OF_TOPIC


def _summary(
    place: str, facts: Sequence[Fact], names: set[str], clauses: dict[str, Clause], phrases: Phrases
) -> DraftStatement:
    counts = [
        phrases.say("role_count", role=role, count=number)
        for role in _ROLE_ORDER
        if (number := sum(fact.value("role") == role for fact in facts))
    ]
    used = tuple(dict.fromkeys(fact.value("unit") for fact in facts))
    return DraftStatement(
        text=phrases.say(
            "unit_summary", place=place, unit="、".join(used), count=len(facts), roles="，".join(counts)
        ),
        quotes=tuple(_quote(_first_of(facts, name), clauses) for name in used),
        claims=used,
        free=(place, *counts),
    )


def _first_of(facts: Sequence[Fact], unit: str) -> Fact:
    return next(fact for fact in facts if fact.value("unit") == unit)


def _quote(fact: Fact, clauses: dict[str, Clause]) -> Quote:
    return Quote(clause=clauses[fact.clause_id], start=fact.start, end=fact.end)


def _duty(place: str, fact: Fact, clause: Clause, phrases: Phrases) -> DraftStatement:
    task = fact.value("task")
    return DraftStatement(
        text=phrases.say("duty_of_unit", place=clause.locator, role=fact.value("role"), task=task),
        quotes=(Quote(clause=clause, start=fact.start, end=fact.end),),
        claims=(task, fact.value("unit")),
        free=(place, clause.locator, task),
    )


def _nothing(
    evidence: Evidence,
    policy_id: str,
    own: Sequence[Fact],
    resolved: set[str],
    clauses: dict[str, Clause],
    roles: Sequence[DutyRole],
    phrases: Phrases,
) -> list[DraftStatement]:
    # A document that does not name the unit says nothing of it, unless the question chose the document.
    if not resolved or not roles or evidence.understanding.topics:
        return []
    facts = evidence.library.facts(kind="duty", policy_ids=[policy_id])
    nearest = next((fact for fact in facts if fact.value("unit") in resolved), None)
    if nearest is None:
        return []
    policy = evidence.landscape.by_id[policy_id]
    said = phrases.say("leads_nothing", place=policy.place, title=policy.metadata.title, role=roles[0])
    return [
        DraftStatement(
            text=said, quotes=(_quote(nearest, clauses),), free=(policy.place, policy.metadata.title)
        )
    ]
