"""How a question on a fact or a clause is worded, and what its answer has to say."""

import re
from collections.abc import Iterator, Sequence

from eval.cases import Kind
from ingest.numerals import find_quantities
from ingest.policy import Clause, Fact, Policy

Asked = tuple[Kind, str, tuple[tuple[str, ...], ...]]
_ROLES: dict[str, tuple[Kind, str]] = {
    "牵头": ("lead", "由哪个单位牵头"),
    "配合": ("support", "由哪些单位配合"),
    "责任": ("responsible", "由哪个单位负责"),
    "联合": ("joint", "由哪些单位按职责分工负责"),
}
_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十百]+[编章节条]|[一二三四五六七八九十]+、|附件\d*)")
_LONGEST_TOPIC = 40
_SHORTEST_CLAUSE = 20
_SHORTEST_HEADING = 4


def asked_of_fact(policy: Policy, fact: Fact) -> Asked | None:
    """The question on a benefit, a target, a deadline or a member; None where the fact lacks its subject."""
    at = _place(policy)
    if fact.kind == "benefit" and (what := fact.value("purpose") or fact.value("condition")):
        wanted = [(fact.value("amount"),), *((cap,) for cap in filter(None, (fact.value("cap"),)))]
        return "amount", f"{at}{_topic(what)}，能得到多少？", _without_empty(wanted)
    if fact.kind == "target" and (what := fact.value("indicator")):
        year = fact.value("year")
        return "target", f"{at}{year}{_topic(what)}的目标是多少？", _without_empty([(fact.value("value"),)])
    if fact.kind == "deadline" and (what := fact.value("action")):
        return "deadline", f"{at}{_topic(what)}，期限是什么时候？", _without_empty([(fact.value("rule"),)])
    if fact.kind == "member" and (person := fact.value("person")):
        group = fact.value("group") or f"《{policy.metadata.title}》中的工作组"
        named = _topic(group).removeprefix(at)
        return "members", f"{at}{named}的{fact.value('role')}是谁？", ((person,),)
    return None


def asked_of_duties(policy: Policy, facts: Sequence[Fact]) -> Iterator[Asked]:
    """A question for each role that the units of one task have."""
    units: dict[str, dict[str, None]] = {}
    task = next((each for fact in facts if (each := fact.value("task"))), "")
    for fact in facts:
        units.setdefault(fact.value("role"), {})[fact.value("unit")] = None
    for role, names in units.items():
        kind, words = _ROLES.get(role, ("responsible", f"由哪个单位{role}"))
        if task and names:
            yield kind, f"{_place(policy)}{_topic(task)}，{words}？", tuple((name,) for name in names)


def asked_of_metadata(policy: Policy) -> Iterator[tuple[tuple[int, int], Asked]]:
    """Questions on what the document says of itself, each with the place that says so."""
    number = policy.metadata.document_number
    start = policy.text.find(number) if number else -1
    if number and start >= 0:
        asked: Asked = ("metadata", f"《{policy.metadata.title}》的文号是什么？", ((number,),))
        yield (start, start + len(number)), asked


def asked_of_clause(policy: Policy, clause: Clause) -> Asked | None:
    """The question on what a clause with a heading of its own rules; None where it is no such clause."""
    topic = clause.heading.strip("。：:；; ") or (clause.path[-1] if clause.path else "")
    topic = _NUMBER.sub("", topic.removeprefix(clause.number)).strip()
    said = clause.text.removeprefix(clause.number).strip()
    if clause.kind in ("title", "meta", "heading") or len(said) < _SHORTEST_CLAUSE:
        return None
    # A row of a table is asked about by its facts; a heading such as 附则 tells nothing.
    if clause.cells or "\t" in said or len(topic) < _SHORTEST_HEADING:
        return None
    figures = dict.fromkeys(quantity.printed for quantity in find_quantities(said))
    expected = tuple((figure,) for figure in list(figures)[:2]) or ((_core(said, topic),),)
    return "content", f"{_place(policy)}关于{_topic(topic)}是怎么规定的？", expected


def _core(said: str, topic: str) -> str:
    """The first part of a sentence behind the heading that is long enough to be told from others."""
    rest = said.removeprefix(topic).lstrip("。：: ")
    parts = [part.strip() for part in rest.replace("；", "，").replace("。", "，").split("，")]
    return next((part for part in parts if len(part) >= _SHORTEST_HEADING), rest[:_SHORTEST_CLAUSE])


def _place(policy: Policy) -> str:
    return policy.metadata.region or f"《{policy.metadata.title}》中"


def _topic(text: str) -> str:
    said = "".join(text.split()).strip("。，；：,;:")
    return said if len(said) <= _LONGEST_TOPIC else said[:_LONGEST_TOPIC]


def _without_empty(groups: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(group for group in groups if all(group))
