"""Facts found against facts marked: precision inside the sections marked whole, recall over all."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.spans import span_of
from eval.structure.gold import GoldFact, GoldSection
from ingest.policy import Fact, FactKind, Policy

_OPEN = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFact:
    """A fact of the parser at its place in the source text."""

    fact: Fact
    sha256: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was found and what was missed of one kind."""

    kind: FactKind
    hits: int  # found facts that were marked
    found: int  # found inside the sections, less those that are open to dispute
    missed: tuple[GoldFact, ...]
    expected: int  # marked, less those that are open to dispute
    wrong: tuple[FoundFact, ...]

    @property
    def precision(self) -> float | None:
        """The share of what was found that was marked."""
        return (self.found - len(self.wrong)) / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what was marked that was found."""
        return (self.expected - len(self.missed)) / self.expected if self.expected else None


def found_facts(policies: Iterable[Policy]) -> list[FoundFact]:
    """The facts of the policies with their places in the source."""
    found = []
    for policy in policies:
        for fact in policy.facts:
            span = span_of(policy, fact.start, fact.end)
            if span is not None:
                found.append(FoundFact(fact=fact, sha256=span.sha256, start=span.start, end=span.end))
    return found


def tally(
    kind: FactKind, found: Sequence[FoundFact], marked: Sequence[GoldFact], sections: Sequence[GoldSection]
) -> Tally:
    """The facts of one kind compared; each marked fact may be found once, each found fact answer one."""
    here = [each for each in found if each.fact.kind == kind]
    wanted = [each for each in marked if each.kind == kind]
    pairs = _paired(here, wanted)
    certain = [each for each in wanted if each.doubt != "existence"]
    hit = {id(gold) for gold in pairs.values()}
    disputed = [gold for gold in wanted if gold.doubt == "existence"]
    inside = [
        each
        for place, each in enumerate(here)
        if _in_section(each, kind, sections)
        and not (place in pairs and pairs[place].doubt == "existence")
        and not (place not in pairs and any(_overlap(each, gold) for gold in disputed))
    ]
    answered = {id(here[place]) for place in pairs}
    return Tally(
        kind=kind,
        hits=sum(id(gold) in hit for gold in certain),
        found=len(inside),
        missed=tuple(gold for gold in certain if id(gold) not in hit),
        expected=len(certain),
        wrong=tuple(each for each in inside if id(each) not in answered),
    )


def _paired(found: Sequence[FoundFact], marked: Sequence[GoldFact]) -> dict[int, GoldFact]:
    """The marked fact that each found one answers, certain ones first."""
    pairs: dict[int, GoldFact] = {}
    for gold in sorted(marked, key=lambda each: each.doubt == "existence"):
        fitting = [
            place
            for place, each in enumerate(found)
            if place not in pairs and _overlap(each, gold) and _agree(each.fact, gold)
        ]
        if fitting:
            best = min(fitting, key=lambda place: abs(found[place].start - gold.at.start))
            pairs[best] = gold
    return pairs


def _overlap(found: FoundFact, gold: GoldFact) -> bool:
    same = found.sha256 == gold.at.sha256
    return same and found.start < gold.at.end and gold.at.start < found.end


def _in_section(found: FoundFact, kind: str, sections: Sequence[GoldSection]) -> bool:
    return any(
        kind in section.kinds
        and found.sha256 == section.at.sha256
        and section.at.start <= found.start
        and found.end <= section.at.end
        for section in sections
    )


def _agree(fact: Fact, gold: GoldFact) -> bool:
    return _RULES[gold.kind](fact, gold.fields, gold.doubt)


def _duty(fact: Fact, fields: Mapping[str, str], doubt: str) -> bool:
    role = doubt == "role" or fact.value("role") == fields["role"]
    unit = doubt == "unit" or _same(fact.value("unit"), fields["unit"])
    return role and unit


def _benefit(fact: Fact, fields: Mapping[str, str], _doubt: str) -> bool:
    """The sum decides; printed as a cap or as an amount it is the same sum."""
    said = {_bare(fact.value("amount")), _bare(fact.value("cap"))} - {""}
    marked = {_bare(fields.get("amount", "")), _bare(fields.get("cap", ""))} - {""}
    return not marked or any(one in other or other in one for one in said for other in marked)


def _target(fact: Fact, fields: Mapping[str, str], _doubt: str) -> bool:
    return _same(fact.value("value"), fields.get("value", "")) and (
        not fields.get("year") or not fact.value("year") or _bare(fields["year"])[:4] in fact.value("year")
    )


def _deadline(fact: Fact, fields: Mapping[str, str], _doubt: str) -> bool:
    return _same(fact.value("rule"), fields.get("rule", ""))


def _member(fact: Fact, fields: Mapping[str, str], doubt: str) -> bool:
    names = [name for name in ("person", "role") if fields.get(name) and doubt != "fields"]
    post = not fields.get("post") or not fact.value("post") or _same(fact.value("post"), fields["post"])
    return post and all(_same(fact.value(name), fields[name]) for name in names)


_RULES: dict[FactKind, Callable[[Fact, Mapping[str, str], str], bool]] = {
    "duty": _duty,
    "benefit": _benefit,
    "target": _target,
    "deadline": _deadline,
    "member": _member,
}


def _same(found: str, marked: str) -> bool:
    """Whether two values are printed alike, or one within the other."""
    one, other = _bare(found), _bare(marked)
    return bool(one) and bool(other) and (one in other or other in one)


def _bare(text: str) -> str:
    """Without white space, in the plain form of letters and digits, without the mark of a cut."""
    return "".join(unicodedata.normalize("NFKC", text).removesuffix(_OPEN).removesuffix("...").split())
