"""What a unit has to do: all its duties in the documents meant."""

import re
from collections.abc import Mapping, Sequence

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.fit import place_of
from ingest.policy import Clause, DutyRole, Fact
from prompts.templates import Phrases

_ROLE_ORDER: tuple[DutyRole, ...] = ("牵头", "责任", "联合", "配合")
_ENOUGH_OF_TOPIC = 0.6
_GIST_LENGTH, _GIST_OF_FEW, _FEW = 120, 300, 3
_UNIT_LIST = re.compile(
    r"[（(][^（()）]*(?:牵头|负责|单位)|(?:牵头|责任|贵任|配合|主管|协办)(?:单位|部门)\s*[:：]"
)


def compose_unit_duties(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """A summary line and one statement a duty for each document; a negative finding where it has none.

    Empty where no document names the unit.
    """
    duties: list[DraftStatement] = []
    findings: list[DraftStatement] = []
    for policy_id in _policies(evidence):
        found, nothing = _of_policy(evidence, policy_id, phrases)
        duties.extend(found)
        findings.extend(nothing)
    # That one document gives the unit no such task matters where none does, or where it was asked about.
    return [*duties, *(findings if not duties or evidence.understanding.named else ())]


def _policies(evidence: Evidence) -> list[str]:
    asked = evidence.understanding
    return [
        policy.policy_id
        for policy in evidence.landscape.policies
        if not asked.policy_ids or policy.policy_id in asked.policy_ids
        # A document of no region that mentions the place gives no tasks to its units.
        if not asked.regions or policy.metadata.region or policy.policy_id in asked.named
    ]


def _of_policy(
    evidence: Evidence, policy_id: str, phrases: Phrases
) -> tuple[list[DraftStatement], list[DraftStatement]]:
    """The duties the document gives the unit, or else the finding that it gives none."""
    facts = evidence.library.facts(kind="duty", policy_ids=[policy_id])
    names = {fact.value("unit") for fact in facts}
    policy = evidence.landscape.by_id[policy_id]
    resolved = {name for unit in evidence.understanding.units for name in policy.units_meant(unit, names)}
    clauses = evidence.clauses_of(policy_id)
    own = [fact for fact in facts if fact.value("unit") in resolved and _on_topic(evidence, fact, clauses)]
    roles = evidence.understanding.roles
    wanted = [fact for fact in own if not roles or fact.value("role") in _widened(roles)]
    if not own or not wanted:
        return [], _nothing(evidence, policy_id, own, resolved, clauses, roles, phrases)
    wanted = _once(wanted)
    wanted.sort(key=lambda fact: (_ROLE_ORDER.index(fact.value("role")), fact.start))
    place = evidence.landscape.by_id[policy_id].place
    deadlines = evidence.library.facts(kind="deadline", policy_ids=[policy_id])
    limit = _GIST_OF_FEW if len(wanted) <= _FEW else _GIST_LENGTH
    duties = [_duty(place, fact, clauses[fact.clause_id], deadlines, phrases, limit) for fact in wanted]
    return [_summary(place, wanted, resolved, clauses, phrases), *duties], []


def _once(facts: Sequence[Fact]) -> list[Fact]:
    # An annex repeats the tasks of the body; the body is said.
    kept: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        kept.setdefault((fact.value("task"), fact.value("role")), fact)
    return list(kept.values())


def _widened(roles: Sequence[DutyRole]) -> set[str]:
    # 负责 asks for whatever the unit answers for, alone or with others.
    wide: set[str] = set(roles)
    if "责任" in wide:
        wide |= {"联合", "牵头", "配合"}
    return wide


def _on_topic(evidence: Evidence, fact: Fact, clauses: Mapping[str, Clause]) -> bool:
    title = evidence.landscape.by_id[fact.policy_id].metadata.title
    # A topic that the title names is the topic of every clause.
    if all(topic in title for topic in evidence.understanding.topics):
        return True
    place = place_of(clauses[fact.clause_id], fact.start, fact.end, title=title)
    return evidence.relevance.coverage(place) >= _ENOUGH_OF_TOPIC


def _summary(
    place: str, facts: Sequence[Fact], names: set[str], clauses: Mapping[str, Clause], phrases: Phrases
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


def _quote(fact: Fact, clauses: Mapping[str, Clause]) -> Quote:
    return Quote(clause=clauses[fact.clause_id], start=fact.start, end=fact.end)


def _duty(
    place: str, fact: Fact, clause: Clause, deadlines: Sequence[Fact], phrases: Phrases, limit: int
) -> DraftStatement:
    duty = clause.text[fact.start - clause.start : fact.end - clause.start]
    gist = _gist(duty, fact.value("task"), limit)
    said = phrases.say("duty_of_unit", place=clause.locator, role=fact.value("role"), task=gist)
    claims: tuple[str, ...] = (gist.removesuffix("…"), fact.value("unit"))
    start, end = fact.start, fact.end
    until = next((each for each in deadlines if each.start < fact.end and fact.start < each.end), None)
    if until and until.value("rule") not in gist:
        said = phrases.say("duty_until", said=said, rule=until.value("rule"))
        claims, start, end = (*claims, until.value("rule")), min(start, until.start), max(end, until.end)
    return DraftStatement(
        text=said,
        quotes=(Quote(clause=clause, start=start, end=end),),
        claims=claims,
        free=(place, clause.locator, gist),
    )


def _gist(duty: str, task: str, limit: int) -> str:
    """The beginning of a duty from its task on, without the list of units, cut at a mark of punctuation."""
    begins = duty.find(task)
    told = duty[max(begins, 0) :].strip()
    units_begin = _UNIT_LIST.search(told, len(task))
    told = told[: units_begin.start()] if units_begin else told
    if len(told) > limit:
        cut = max(told.rfind(mark, 0, limit) for mark in "，,。；;、")
        return told[: max(cut, len(task))] + "…"
    return told.strip("。；;，, \n")


def _nothing(
    evidence: Evidence,
    policy_id: str,
    own: Sequence[Fact],
    resolved: set[str],
    clauses: Mapping[str, Clause],
    roles: Sequence[DutyRole],
    phrases: Phrases,
) -> list[DraftStatement]:
    # A document that does not name the unit says nothing of it, unless the question chose the document.
    in_title = all(
        topic in evidence.landscape.by_id[policy_id].metadata.title for topic in evidence.understanding.topics
    )
    if not resolved or not roles or (own and not in_title):
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
