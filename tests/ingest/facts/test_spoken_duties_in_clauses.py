from collections.abc import Callable

import pytest

from ingest.facts import duties
from ingest.policy import Clause

MakeClause = Callable[..., Clause]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("区数据局要做好综合协调和指导服务，确保见效。", [("责任", "区数据局", "做好综合协调和指导服务")]),
        ("平台日常运行由区数据局负责维护。", [("责任", "区数据局", "平台日常运行")]),
        ("由区数据局负责平台的日常运行。", [("责任", "区数据局", "平台的日常运行")]),
        ("市水行政主管部门主管全市节水工作。", [("责任", "市水行政主管部门", "全市节水工作")]),
        ("由县级人民政府负责土地管理的部门责令改正。", []),
        ("市民政部门主管全市救助工作。", [("责任", "市民政部门", "全市救助工作")]),
        (
            "建立评价机制,区督查考核局牵头,对落实情况进行检查。",
            [("牵头", "区督查考核局", "对落实情况进行检查")],
        ),
        (
            "区工信局牵头受理初审，区财政局配合核查材料。",
            [("牵头", "区工信局", "受理初审"), ("配合", "区财政局", "核查材料")],
        ),
        ("由财政、审计等部门按照职责责令改正。", []),
        ("本办法由市民政局负责解释。", []),
        ("区财政局负责人参加会议。", []),
    ],
)
def test_a_unit_that_a_sentence_charges_with_a_task_is_found(
    make_clause: MakeClause, sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    found = duties.extract((make_clause(sentence),))
    assert [(fact.value("role"), fact.value("unit"), fact.value("task")) for fact in found] == expected


def test_the_lead_and_its_supporters_are_told_apart(make_clause: MakeClause) -> None:
    said = "成立工作专班，以数据局为牵头单位，财政、统计、税务等多部门协同配合，共同推进。"
    found = duties.extract((make_clause(said),))
    assert [(fact.value("role"), fact.value("unit")) for fact in found] == [
        ("牵头", "数据局"),
        ("配合", "财政"),
        ("配合", "统计"),
        ("配合", "税务"),
    ]


def test_the_seat_of_an_office_is_a_duty_of_its_host(make_clause: MakeClause) -> None:
    (fact,) = duties.extract((make_clause("工作专班办公室设在区数据局,负责牵头组织相关会议。"),))
    assert (fact.value("role"), fact.value("unit"), fact.value("task")) == (
        "牵头",
        "区数据局",
        "工作专班办公室",
    )


def test_departments_named_by_their_subjects_share_a_duty(make_clause: MakeClause) -> None:
    said = "市财政、民政、卫生健康等部门按照各自职责开展相关工作。"
    found = list(duties.extract((make_clause(said),)))
    assert [fact.value("unit") for fact in found] == ["市财政", "民政", "卫生健康"]
    assert {fact.value("role") for fact in found} == {"联合"}
