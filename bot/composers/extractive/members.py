"""Who is in a working group, in which role, and which post a person holds."""

import re
from collections.abc import Sequence, Set

from bot.composers.draft import DraftStatement, Quote
from bot.evidence.evidence import Evidence
from bot.evidence.relevance import Place
from ingest import units
from ingest.policy import Clause, Fact
from prompts.templates import Phrases

# Roles of a group that a question may ask for though no roster has them.
_ROLES = frozenset(
    (
        *("常务副组长", "副组长", "组长", "办公室副主任", "办公室主任", "副主任", "主任", "成员"),
        *("副召集人", "召集人", "副总指挥", "总指挥", "副指挥长", "指挥长"),
    )
)
_ENGLISH = {"deputy": "副组长", "leader": "组长", "head": "组长", "member": "成员"}
_PARTY_GROUP = re.compile(r"(?:党组|党委|党工委|党支部)$")
_BOTH = re.compile(r"正副(主任|组长)")
# 办公室主任 and 专班组长 are roles of a group; what stands before other posts is a unit.
_OF_GROUP = re.compile(r"办公室$|专班|小组|指挥部|委员会$|工作组|联席会议")
_UNIT_POST = re.compile(
    r"(?P<unit>[一-龥]{2,14}?(?:[局委办部厅院处所站会]|中心|集团|公司|银行|学院|大学|管委会))的?"
    r"(?P<post>副?(?:局长|主任|部长|书记|行长|院长|校长|总经理|董事长|处长|科长|厅长))(?=是|叫|有|[?？]|$)"
)
_BLANK = re.compile(r"\s+")


def compose_members(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """One statement a person: the persons asked for by name, by role or by the unit they come from."""
    meant = evidence.understanding.policy_ids
    ids = [
        policy.policy_id for policy in evidence.landscape.policies if not meant or policy.policy_id in meant
    ]
    facts = list(evidence.library.facts(kind="member", policy_ids=ids))
    wanted = _wanted(evidence, facts)
    clauses = {
        clause.clause_id: clause
        for policy_id in {fact.policy_id for fact in wanted}
        for clause in evidence.library.clauses(policy_id)
    }
    return [_statement(evidence, fact, clauses[fact.clause_id], phrases) for fact in wanted]


def _wanted(evidence: Evidence, facts: Sequence[Fact]) -> list[Fact]:
    # A follow-up asks for a role or a person of its own; the question before it only names the group.
    texts = [_BLANK.sub("", text) for text in (evidence.question.text, evidence.understanding.text)]
    by_name = [fact for fact in facts if fact.value("person") and fact.value("person") in texts[0]]
    if by_name:
        return [*by_name, *_held_by_others(texts[0], by_name, facts)]
    if post := _post_asked(texts[0], evidence):
        return [fact for fact in facts if _holds(fact, *post)]
    printed = {fact.value("role") for fact in facts}
    roles = next((named for text in texts if (named := _roles_in(text, printed))), [])
    roles = roles or [name for word, name in _ENGLISH.items() if word in texts[0].lower()][:1]
    in_group = _in_group(evidence, facts)
    in_role = [fact for fact in in_group if any(_is_role(fact.value("role"), role) for role in roles)]
    if evidence.understanding.units:
        from_unit = [fact for fact in in_group if _comes_from(fact, evidence.understanding.units)]
        if from_unit:
            return [fact for fact in from_unit if fact in in_role] or from_unit
    if roles == ["成员"]:
        return in_group if in_role else []
    if not roles:
        return in_group if evidence.understanding.topics else []
    return in_role


def _held_by_others(text: str, named: Sequence[Fact], facts: Sequence[Fact]) -> list[Fact]:
    """Who holds the role that the question wrongly gives to the person it names, in the same group."""
    roles = _roles_in(text, frozenset())
    if not roles or any(_is_role(fact.value("role"), role) for fact in named for role in roles):
        return []
    groups = {(fact.policy_id, fact.value("group")) for fact in named}
    return [
        fact
        for fact in facts
        if (fact.policy_id, fact.value("group")) in groups
        and any(_is_role(fact.value("role"), role) for role in roles)
    ]


def _post_asked(text: str, evidence: Evidence) -> tuple[str, str] | None:
    """The unit and the post in a question such as 某局局长是谁; None where a role of a group is asked for."""
    for region in evidence.landscape.region_names:
        text = text.replace(region, " ")
    match = _UNIT_POST.search(text)
    if match is None or _OF_GROUP.search(match["unit"]):
        return None
    return match["unit"], match["post"]


def _holds(fact: Fact, unit: str, post: str) -> bool:
    """Whether the person holds this post of the unit; 副局长 is not 局长, 党组书记、局长 is."""
    printed = _BLANK.sub("", fact.value("post"))
    if re.search(rf"(?<!副){re.escape(post)}(?![一-龥])", printed) is None:
        return False
    named = [_PARTY_GROUP.sub("", mention.name) for mention in units.find_units(printed)]
    return unit in printed or bool(units.resolve_unit(unit, named))


def _roles_in(text: str, printed: Set[str]) -> list[str]:
    """The roles a text names, those of rosters among them, 正副主任 as two, and none inside another."""
    text = _BOTH.sub(r"\1、副\1", text)
    found = []
    for role in sorted(_ROLES | printed, key=lambda role: (-len(role), role)):
        if role and role in text:
            found.append(role)
            text = text.replace(role, " ")
    return found


def _is_role(printed: str, asked: str) -> bool:
    return printed == asked or (printed.endswith(asked) and not printed.endswith(f"副{asked}"))


def _in_group(evidence: Evidence, facts: Sequence[Fact]) -> list[Fact]:
    # A topic picks the group where it can; the words of the role itself pick none.
    judged = [
        (
            evidence.relevance.coverage(Place(passage=fact.value("group"), heading="", clause="", path="")),
            fact,
        )
        for fact in facts
    ]
    best = max((coverage for coverage, _ in judged), default=0.0)
    return [fact for coverage, fact in judged if best == 0.0 or coverage >= 0.8 * best]


def _comes_from(fact: Fact, asked: Sequence[str]) -> bool:
    # 某局党组 is the party group of the unit that the person comes from.
    named = [_PARTY_GROUP.sub("", mention.name) for mention in units.find_units(fact.value("post"))]
    named = named or [fact.value("post")]
    return any(units.resolve_unit(unit, named) or unit in fact.value("post") for unit in asked)


def _statement(evidence: Evidence, fact: Fact, clause: Clause, phrases: Phrases) -> DraftStatement:
    place = evidence.policy(clause).place
    person, post, role = fact.value("person"), _BLANK.sub("", fact.value("post")), fact.value("role")
    if not person:
        said = phrases.say("member_no_person", role=role, post=post)
    elif post:
        said = phrases.say("member", role=role, person=person, post=post)
    else:
        said = phrases.say("member_no_post", role=role, person=person)
    quotes = [Quote(clause=clause, start=fact.start, end=fact.end)]
    return DraftStatement(
        text=phrases.say("at", place=place, said=said),
        quotes=tuple(quotes),
        claims=(person, post),
        free=(place, post),
    )
