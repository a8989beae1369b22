"""Questions to start from that the documents at hand answer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.facts.figures import year_of
from bot.facts.tables import FactTables, Stated
from ingest.policy import Fact, validity_on
from ingest.units import find_units
from vectorstore.catalog_memory import PolicySummary

_EXAMPLES = 6
_SHORT = 20
# Words that make a question by themselves: no numbers or marks, nothing that leans on what stands before.
_PLAIN = re.compile(rf"[一-龥]{{5,{_SHORT}}}")
_LEANING = re.compile(
    r"^[会按在对向将并与和及各]|[该本此其应可由每为不]|[相有]关|上述|以上|[后的了等]$|标准|负责|会同|根据"
)
_NAMES_A_GRANT = ("补助", "补贴", "奖励", "资助", "奖补", "贴息")


@dataclass(frozen=True, kw_only=True)
class _Example:
    region: str | None
    question: str


def examples(tables: FactTables, day: date) -> list[str]:
    """A few short questions that documents in force answer, of different kinds and regions."""
    several = len(tables.regions) > 1
    by_kind = [
        *([*_examples(tables.of_kind(kind), day)] for kind in ("duty", "benefit", "target", "deadline")),
        [*_title_examples(tables.policies, day)],
    ]
    chosen: list[_Example] = []
    for candidates in (*by_kind, *by_kind):
        used = Counter(each.region for each in chosen)
        fresh = [each for each in candidates if each not in chosen]
        if fresh and len(chosen) < _EXAMPLES:
            chosen.append(min(fresh, key=lambda each: used[each.region]))
    return [
        f"{each.region}{each.question}"
        if several and each.region and each.region not in each.question
        else each.question
        for each in chosen
    ]


def _examples(stated: Sequence[Stated], day: date) -> Iterator[_Example]:
    """The questions of facts in force that one fact alone of the region answers."""
    asked = [(each, _question(each.fact)) for each in stated]
    counts = Counter((each.policy.metadata.region, question) for each, question in asked)
    for each, question in asked:
        region = each.policy.metadata.region
        if question and counts[region, question] == 1 and _holds(each.policy, day):
            yield _Example(region=region, question=question)


def _title_examples(policies: Iterable[PolicySummary], day: date) -> Iterator[_Example]:
    for policy in policies:
        title = policy.metadata.title
        if len(title) <= _SHORT and _PLAIN.fullmatch(title) and _holds(policy, day):
            yield _Example(region=policy.metadata.region, question=f"《{title}》还有效吗？")


def _holds(policy: PolicySummary, day: date) -> bool:
    return validity_on(policy.metadata, day) in ("in_force", "unknown")


def _question(fact: Fact) -> str:
    """The question that the fact answers; empty where its words make no plain one."""
    if fact.kind == "duty" and fact.value("role") == "牵头" and _is_plain(task := fact.value("task")):
        return f"{task}由哪个单位牵头？"
    if fact.kind == "benefit":
        return _grant_question(fact)
    year, indicator = fact.value("year"), fact.value("indicator")
    if fact.kind == "target" and year_of(year) and _is_plain(indicator):
        return f"{year}{indicator}的目标是多少？"
    if fact.kind == "deadline" and _is_plain(action := fact.value("action")):
        return f"{action}的期限是{'什么时候' if fact.value('date') else '多久'}？"
    return ""


def _grant_question(fact: Fact) -> str:
    subject = next((value for name in ("purpose", "applicant") if _is_plain(value := fact.value(name))), "")
    if not subject:
        return ""
    return f"{subject}是多少？" if subject.endswith(_NAMES_A_GRANT) else f"{subject}有多少补助？"


def _is_plain(words: str) -> bool:
    return bool(_PLAIN.fullmatch(words)) and not _LEANING.search(words) and not find_units(words)
