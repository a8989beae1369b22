from collections.abc import Callable

import pytest

from ingest.facts import duties
from ingest.policy import Clause

MakeClause = Callable[..., Clause]


def roles(clause: Clause) -> list[tuple[str, str]]:
    return [(fact.value("role"), fact.value("unit")) for fact in duties.extract((clause,))]


def test_each_bracket_of_a_paragraph_is_a_group_with_the_sentences_before_it(make_clause: MakeClause) -> None:
    first = "改革评价机制。试行积分管理,力争全覆盖。(区数据局牵头,各镇人民政府、区财政局按职责分工负责)"
    second = "将评价结果列入年度考核。(区委组织部牵头)"
    clause = make_clause(first + second, heading="改革评价机制", kind="paragraph", start=100)
    facts = list(duties.extract((clause,)))
    assert [(fact.value("role"), fact.value("unit")) for fact in facts] == [
        ("牵头", "区数据局"),
        ("责任", "各镇人民政府"),
        ("责任", "区财政局"),
        ("牵头", "区委组织部"),
    ]
    assert (facts[0].start, facts[0].end) == (100, 100 + len(first))
    assert (facts[3].start, facts[3].end) == (100 + len(first), 100 + len(first + second))
    assert facts[0].value("task") == "改革评价机制"
    assert facts[3].value("task") == "将评价结果列入年度考核"


def test_the_number_of_the_clause_is_not_part_of_the_duty(make_clause: MakeClause) -> None:
    clause = make_clause("(三)清理闲置空间。摸清底数。(区住建局负责)", number="(三)", heading="清理闲置空间")
    (fact,) = duties.extract((clause,))
    assert clause.text[fact.start : fact.end] == "清理闲置空间。摸清底数。(区住建局负责)"


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (
            "牵头单位:市数据局责任单位:滨江园区管委会、市财政局",
            [("牵头", "市数据局"), ("责任", "滨江园区管委会"), ("责任", "市财政局")],
        ),
        ("牵头单位:市数据局贵任单位:市财政局", [("牵头", "市数据局"), ("责任", "市财政局")]),
        ("牵头单位：区水务局 配合单位：区财政局", [("牵头", "区水务局"), ("配合", "区财政局")]),
        (
            "（责任单位：区数据局、区财政局，各镇人民政府等按职责分工负责）",
            [("联合", "区数据局"), ("联合", "区财政局"), ("联合", "各镇人民政府")],
        ),
        (
            "(牵头单位:区水务局、区住建局;配合单位:区财政局、各镇、街道。)",
            [("牵头", "区水务局"), ("牵头", "区住建局"), ("配合", "区财政局"), ("配合", "各镇、街道")],
        ),
        ("（责任单位：市水务局）", [("责任", "市水务局")]),
        ("（市水务局负责落实，完成时限：2024年10月）", [("责任", "市水务局")]),
    ],
)
def test_units_are_read_with_the_role_their_list_gives_them(
    make_clause: MakeClause, ending: str, expected: list[tuple[str, str]]
) -> None:
    assert roles(make_clause("整治排水管网。全面排查。" + ending)) == expected


def test_a_bracket_that_names_no_unit_is_no_duty(make_clause: MakeClause) -> None:
    assert not roles(
        make_clause("支持开展横向课题研究(含企业自主研发项目),经费由企业自主管理(以下简称经费)。")
    )


def test_a_table_row_gives_its_task_to_the_units_of_its_columns(make_clause: MakeClause) -> None:
    row = make_clause(
        "1\t整治管网\t区水务局\t区财政局、各镇",
        kind="row",
        cells=(
            ("序号", "1"),
            ("重点任务", "整治管网"),
            ("牵头单位", "区水务局"),
            ("配合单位", "区财政局、各镇"),
        ),
    )
    assert roles(row) == [("牵头", "区水务局"), ("配合", "区财政局"), ("配合", "各镇")]
    assert {fact.value("task") for fact in duties.extract((row,))} == {"整治管网"}


def test_the_header_row_of_a_table_states_no_duty(make_clause: MakeClause) -> None:
    row = make_clause("任务\t责任单位", kind="row", cells=(("任务", "任务"), ("责任单位", "责任单位")))
    assert not roles(row)


def test_the_first_unit_leads_where_the_document_says_so(make_clause: MakeClause) -> None:
    rule = make_clause("各项任务列首位的为牵头单位。", kind="paragraph", position=0)
    task = make_clause("整治管网。（责任单位：区水务局、区财政局）", start=50, position=1)
    found = [(fact.value("role"), fact.value("unit")) for fact in duties.extract((rule, task))]
    assert found == [("牵头", "区水务局"), ("责任", "区财政局")]


def test_a_list_in_a_paragraph_of_its_own_takes_the_task_from_above(make_clause: MakeClause) -> None:
    task = make_clause("1.整治管网。全面排查。", number="1.", heading="整治管网", position=0)
    units = make_clause("牵头单位：区水务局", kind="paragraph", start=40, position=1)
    (fact,) = duties.extract((task, units))
    assert (fact.clause_id, fact.value("task")) == ("p.1", "整治管网")
