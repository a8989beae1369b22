"""What counts as a found fact, a missed one and a wrong one."""

from dataclasses import replace
from typing import Any

from eval.structure.facts import FoundFact, tally
from eval.structure.gold import GoldFact, GoldSection, Marked
from ingest.policy import Fact, FactField, FactKind


def _at(start: int, end: int) -> Marked:
    return Marked(file="a.txt", sha256="a", start=start, end=end, first="", last="")


def _gold(kind: FactKind, start: int, doubt: Any = "", **fields: str) -> GoldFact:
    return GoldFact(at=_at(start, start + 10), kind=kind, fields=fields, doubt=doubt)


def _found(kind: FactKind, start: int, **fields: str) -> FoundFact:
    fact = Fact(
        fact_id="f",
        kind=kind,
        policy_id="p",
        clause_id="p.0",
        start=start,
        end=start + 10,
        fields=tuple(FactField(name=name, value=value) for name, value in fields.items()),
    )
    return FoundFact(fact=fact, sha256="a", start=start, end=start + 10)


WHOLE = [GoldSection(at=_at(0, 1000), kinds=frozenset({"duty", "benefit"}))]
LEAD = _gold("duty", 0, unit="区科技局", role="牵头")


def test_a_duty_needs_its_unit_its_role_and_its_place() -> None:
    right = _found("duty", 5, unit="区科技局", role="牵头")
    assert tally("duty", [right], [LEAD], WHOLE).recall == 1
    for wrong in (
        _found("duty", 5, unit="区财政局", role="牵头"),
        _found("duty", 5, unit="区科技局", role="配合"),
        _found("duty", 50, unit="区科技局", role="牵头"),
    ):
        found = tally("duty", [wrong], [LEAD], WHOLE)
        assert (found.recall, found.precision) == (0, 0)


def test_one_found_fact_answers_one_marked_fact() -> None:
    twice = [LEAD, replace(LEAD, at=_at(2, 12))]
    assert tally("duty", [_found("duty", 0, unit="区科技局", role="牵头")], twice, WHOLE).recall == 0.5


def test_what_is_found_outside_the_sections_marked_whole_is_not_wrong() -> None:
    outside = [GoldSection(at=_at(0, 20), kinds=frozenset({"duty"}))]
    found = [
        _found("duty", 0, unit="区科技局", role="牵头"),
        _found("duty", 500, unit="区财政局", role="责任"),
    ]
    assert tally("duty", found, [LEAD], outside).precision == 1


def test_a_fact_open_to_dispute_counts_neither_as_found_nor_as_missed() -> None:
    disputed = _gold("duty", 0, "existence", unit="各部门", role="责任")
    assert tally("duty", [], [disputed], WHOLE).recall is None
    assert tally("duty", [_found("duty", 0, unit="各部门", role="责任")], [disputed], WHOLE).precision is None


def test_the_sum_of_a_benefit_may_be_printed_as_its_cap() -> None:
    gold = _gold("benefit", 0, amount="50万元")
    assert tally("benefit", [_found("benefit", 0, cap="50 万元")], [gold], WHOLE).recall == 1
    assert tally("benefit", [_found("benefit", 0, amount="5万元")], [gold], WHOLE).recall == 0
