"""Who leads, supports or is responsible for a task, as the facts of a clause have it."""

from collections.abc import Sequence

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from ingest.policy import DutyRole, Fact
from prompts.templates import Phrases


def duty_statement(evidence: Evidence, passage: Passage, place: str, phrases: Phrases) -> DraftStatement:
    """The task of a passage and the units that the question asks for; `place` is empty if it was said."""
    asked = evidence.understanding
    # 责任单位有哪些: whoever has a part, if the document calls none of them so.
    roles = (*asked.roles, "配合") if asked.every_unit and "责任" in asked.roles else asked.roles
    task = passage.facts[0].value("task")
    parts = role_parts(passage.facts, roles, phrases)
    remark = _remark(evidence, passage.facts, roles, phrases)
    said = f"{task}，{'；'.join(parts)}" if task else "；".join(parts)
    claims = (
        *((task,) if task else ()),
        *(fact.value("unit") for fact in passage.facts if fact.value("unit") in said),
    )
    return DraftStatement(
        text=phrases.say("at", place=place, said=remark + said) if place else remark + said,
        quotes=(Quote(clause=passage.clause, start=passage.start, end=passage.end),),
        claims=claims,
        free=tuple(each for each in (place, task) if each),
    )


def role_parts(facts: Sequence[Fact], roles: Sequence[DutyRole], phrases: Phrases) -> list[str]:
    """What the facts of one passage say of the roles asked for; the lead is always said first."""
    named: dict[str, list[str]] = {}
    for fact in facts:
        named.setdefault(fact.value("role"), []).append(fact.value("unit"))
    wanted = {"责任", "联合", *roles} if "牵头" not in named else {"牵头", *roles}
    parts = []
    if "牵头" in named:
        parts.append(phrases.say("led", units="、".join(named["牵头"])))
    elif "牵头" in roles and "责任" not in named and "联合" not in named:
        parts.append(phrases.say("no_such_role", role="牵头"))
    if "配合" in named and wanted & {"配合"}:
        parts.append(phrases.say("supported", units="、".join(named["配合"])))
    if "责任" in named and ("牵头" not in named or wanted & {"责任", "配合"}):
        parts.append(_responsible(named["责任"], "牵头" in named, phrases))
    if "联合" in named:
        parts.append(phrases.say("joint", units="、".join(named["联合"])))
    if (
        "配合" in roles
        and "责任" not in roles
        and "配合" not in named
        and not ("责任" in named and "牵头" in named)
    ):
        parts.append(phrases.say("no_such_role", role="配合"))
    return parts or [phrases.say("supported", units="、".join(named["配合"]))]


def _responsible(names: Sequence[str], beside_lead: bool, phrases: Phrases) -> str:
    listed = "、".join(names)
    if beside_lead:
        return phrases.say("responsible_beside_lead", units=listed)
    return phrases.say("responsible_one" if len(names) == 1 else "responsible_many", units=listed)


def _remark(evidence: Evidence, facts: Sequence[Fact], roles: Sequence[DutyRole], phrases: Phrases) -> str:
    asked = evidence.understanding
    if not asked.units:
        return ""
    own = {
        fact.value("role")
        for fact in facts
        if any(
            evidence.landscape.by_id[fact.policy_id].units_meant(unit, [fact.value("unit")])
            for unit in asked.units
        )
    }
    if asked.yes_or_no and set(roles) & own:
        return phrases.say("yes")
    if own:
        return phrases.say("asked_unit_role", role="、".join(sorted(own)))
    return phrases.say("not_lead") if "牵头" in roles else ""
