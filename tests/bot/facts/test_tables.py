"""What tables of facts are made of, as values."""

from datetime import date

import pytest

from bot.facts.examples import examples
from bot.facts.figures import figure_of, largest_yuan, last_day, year_of
from bot.facts.places import holding_in, places_named, without_places
from bot.facts.tables import FactTables, Stated
from bot.facts.unit_groups import grouped, groups_meant
from ingest.policy import Clause, Fact, FactField, FactKind, Metadata
from vectorstore.catalog_memory import PolicySummary

TODAY = date(2025, 6, 30)


def policy(policy_id: str, *path: str, level: str | None = None, title: str = "") -> PolicySummary:
    metadata = Metadata(
        title=title or policy_id, region=path[-1] if path else None, region_path=path, level=level
    )
    return PolicySummary(
        policy_id=policy_id, source=f"{policy_id}.txt", metadata=metadata, clause_count=1, fact_count=1
    )


DISTRICT = policy("district", "云岫省", "汀岚市", "栖湖区")
CITY = policy("city", "云岫省", "汀岚市")
STATE = policy("state", level="national")
OTHER = policy("other", "云岫省", "枫渡市", "白芦县")
POLICIES = (DISTRICT, CITY, STATE, OTHER)


def stated(kind: FactKind, number: int, span: tuple[int, int] = (10, 20), **fields: str) -> Stated:
    clause = Clause(
        clause_id="district.0",
        policy_id="district",
        position=0,
        parent_id=None,
        kind="paragraph",
        number="",
        heading="",
        path=(),
        locator="第1段",
        start=10,
        end=40,
        text="一二三四五六七八九十" * 3,
    )
    fact = Fact(
        fact_id=f"district.f{number}",
        kind=kind,
        policy_id="district",
        clause_id=clause.clause_id,
        start=span[0],
        end=span[1],
        fields=tuple(FactField(name=name, value=value) for name, value in fields.items()),
    )
    return Stated(fact=fact, clause=clause, policy=DISTRICT)


def tables(**rows: list[Stated]) -> FactTables:
    return FactTables(policies=(DISTRICT,), stated={kind: tuple(each) for kind, each in rows.items()})  # type: ignore[misc]


def test_quote_is_the_span_of_the_fact_in_its_clause() -> None:
    assert stated("duty", 0, (12, 15)).quote == "三四五"


@pytest.mark.parametrize(
    ("names", "units"),
    [
        ({"区工信局": 2, "区经信局": 5}, [("区经信局", "区工信局")]),
        ({"财政局": 1, "区财政局": 3}, [("区财政局", "财政局")]),
        # A name without a level is of the level of the region: of the district, not of the city.
        ({"市财政局": 4, "财政局": 1, "区财政局": 3}, [("市财政局",), ("区财政局", "财政局")]),
        ({"区科技局": 1, "区教育局": 1}, [("区科技局",), ("区教育局",)]),
        (
            {"镇人民政府（街道办事处）": 1, "镇人民政府(街道办事处)": 1},
            [("镇人民政府（街道办事处）", "镇人民政府(街道办事处)")],
        ),
        (
            {"市、区（县）人民政府": 2, "市、区（县）科技主管部门": 1},
            [("市、区（县）人民政府",), ("市、区（县）科技主管部门",)],
        ),
    ],
)
def test_names_that_mean_one_unit_are_put_together(
    names: dict[str, int], units: list[tuple[str, ...]]
) -> None:
    groups = grouped(names, "栖湖区")
    assert [group.names for group in groups] == units
    assert sum(group.duties for group in groups) == sum(names.values())


def test_name_that_a_region_prints_means_that_unit_alone_and_others_elsewhere() -> None:
    here = grouped({"区科技局": 1, "市科技局": 1}, "栖湖区")
    there = grouped({"市科技局": 1, "区教育局": 1}, "枫渡市")
    found = groups_meant([*here, *there], "区科技局")
    assert [(group.region, group.names) for group in found] == [("栖湖区", ("区科技局",))]
    found = groups_meant([*here, *there], "科技局")
    assert [(group.region, group.names[0]) for group in found] == [
        ("栖湖区", "区科技局"),
        ("栖湖区", "市科技局"),
        ("枫渡市", "市科技局"),
    ]


def test_deadline_nearest_to_the_duty_is_its_own() -> None:
    duty = stated("duty", 0, (20, 25), unit="区财政局", task="拨付")
    before = stated("deadline", 1, (10, 14), rule="5日内")
    after = stated("deadline", 2, (27, 30), rule="10日内")
    within = stated("deadline", 3, (24, 29), rule="15日内")
    assert tables(duty=[duty], deadline=[before, after]).deadline(duty) == after.fact
    assert tables(duty=[duty], deadline=[before, after, within]).deadline(duty) == within.fact
    assert tables(duty=[duty]).deadline(duty) is None


def test_partners_are_other_units_of_the_same_task() -> None:
    duty = stated("duty", 0, unit="区财政局", task="拨付", role="牵头")
    partner = stated("duty", 1, unit="区科技局", task="拨付", role="配合")
    other = stated("duty", 2, unit="区教育局", task="评审", role="牵头")
    assert tables(duty=[duty, partner, other]).partners(duty) == [partner.fact]


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [("20万元", 200_000.0), ("100万元、50万元", 1_000_000.0), ("1万元至3万元", 30_000.0), ("12%", None)],
)
def test_largest_sum_is_read_in_yuan(printed: str, yuan: float | None) -> None:
    assert largest_yuan(printed) == yuan


@pytest.mark.parametrize(
    ("value", "unit", "number", "measure"),
    [
        ("24亿元", "", 2.4e9, "亿元"),
        ("1.2万立方米", "", 12_000.0, "万立方米"),
        ("9%以上", "", 9.0, "%"),
        ("百分之五", "", 5.0, "%"),
        ("1-2个", "", 1.0, "个"),
        ("一家", "", 1.0, "家"),
        ("68", "%", 68.0, "%"),
        ("3", "亿元", 3e8, "亿元"),
        ("0.6", "", 0.6, ""),
    ],
)
def test_value_is_read_as_a_number_and_what_stands_behind_it(
    value: str, unit: str, number: float, measure: str
) -> None:
    figure = figure_of(value, unit)
    assert figure is not None
    assert (figure.number, figure.measure) == (number, measure)


def test_value_without_a_number_has_no_figure() -> None:
    assert figure_of("全覆盖") is None


@pytest.mark.parametrize(("printed", "year"), [("2025年", 2025), ("2023—2027年", 2027), ("每年", None)])
def test_year_is_the_last_one_printed(printed: str, year: int | None) -> None:
    assert year_of(printed) == year


@pytest.mark.parametrize(
    ("printed", "day"),
    [("2024-06-30", date(2024, 6, 30)), ("2024-02", date(2024, 2, 29)), ("", None), ("每年", None)],
)
def test_month_stands_for_its_last_day(printed: str, day: date | None) -> None:
    assert last_day(printed) == day


def test_places_are_named_in_full_or_in_short_and_taken_out() -> None:
    text = "我们公司在汀岚栖湖区"
    assert places_named(POLICIES, text) == {"汀岚市": "汀岚", "栖湖区": "栖湖区"}
    assert without_places(POLICIES, text) == "我们公司在  "


@pytest.mark.parametrize(
    ("places", "holding"),
    [
        (["栖湖区"], {"district", "city", "state"}),
        (["汀岚市", "栖湖区"], {"district", "city", "state"}),
        (["汀岚市"], {"city", "state"}),
        (["枫渡市"], {"other", "state"}),
        ([], {"state"}),
    ],
)
def test_documents_of_a_place_and_of_those_above_hold_there(places: list[str], holding: set[str]) -> None:
    assert holding_in(POLICIES, places) == holding


def test_examples_need_plain_words() -> None:
    duties = [
        stated("duty", 0, unit="区科技局", role="牵头", task="会同区财政局审核"),
        stated("duty", 1, unit="区科技局", role="牵头", task="拨付（补助）资金"),
        stated("duty", 2, unit="区科技局", role="配合", task="建设场景对接平台"),
        stated("duty", 3, unit="区科技局", role="牵头", task="盘活闲置空间"),
    ]
    assert examples(tables(duty=duties), TODAY) == ["盘活闲置空间由哪个单位牵头？"]


def test_question_that_two_facts_answer_is_no_example() -> None:
    twice = [stated("duty", each, unit="区科技局", role="牵头", task="盘活闲置空间") for each in (0, 1)]
    assert examples(tables(duty=twice), TODAY) == []


@pytest.mark.parametrize(
    ("purpose", "question"),
    [("企业支付的租金", "企业支付的租金有多少补助？"), ("智能工厂奖励", "智能工厂奖励是多少？")],
)
def test_benefit_is_asked_by_its_purpose(purpose: str, question: str) -> None:
    assert examples(tables(benefit=[stated("benefit", 0, purpose=purpose)]), TODAY) == [question]
