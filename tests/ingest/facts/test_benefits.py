from collections.abc import Callable

import pytest

from ingest.facts import benefits
from ingest.policy import Clause

MakeClause = Callable[..., Clause]


def test_several_amounts_in_one_sentence_are_facts_of_their_own_with_narrow_spans(
    make_clause: MakeClause,
) -> None:
    clause = make_clause(
        "对优秀联盟补助3万元,对新认定的省级孵化器分别补助1万元,对新认定的研究中心分别补助5万元。"
    )
    facts = list(benefits.extract((clause,)))
    assert [(fact.value("purpose"), fact.value("amount")) for fact in facts] == [
        ("优秀联盟", "3万元"),
        ("新认定的省级孵化器", "1万元"),
        ("新认定的研究中心", "5万元"),
    ]
    assert clause.text[facts[1].start : facts[1].end] == "对新认定的省级孵化器分别补助1万元"


def test_amounts_given_in_turn_go_with_the_names_listed_in_turn(make_clause: MakeClause) -> None:
    said = "对首次获评国家级、省级、市级智能工厂的企业，分别给予100万元、50万元、20万元一次性奖励。"
    facts = list(benefits.extract((make_clause(said),)))
    assert [(fact.value("purpose"), fact.value("amount")) for fact in facts] == [
        ("国家级", "100万元"),
        ("省级", "50万元"),
        ("市级智能工厂", "20万元"),
    ]
    assert {(fact.value("applicant"), fact.value("times")) for fact in facts} == {("企业", "一次性")}


def test_rate_cap_condition_and_payer_are_told_apart(make_clause: MakeClause) -> None:
    said = "中小企业投资不低于100万元的，按照投资额的12%给予补助，每家最高不超过150万元，由区财政承担。"
    (fact,) = benefits.extract((make_clause(said),))
    assert (fact.value("amount"), fact.value("cap"), fact.value("payer")) == ("12%", "150万元", "区财政")
    assert fact.value("condition") == "中小企业投资不低于100万元的"
    assert fact.value("applicant") == "中小企业"


def test_an_upper_limit_alone_is_both_amount_and_cap(make_clause: MakeClause) -> None:
    (fact,) = benefits.extract((make_clause("对从事试剂研发的企业，给予不高于300万元的研发支持。"),))
    assert (fact.value("amount"), fact.value("cap")) == ("不高于300万元", "300万元")


@pytest.mark.parametrize(
    "said",
    [
        "情节严重的，处以5万元以下罚款。",
        "市财政每年安排产业发展专项资金1亿元。",
        "注册资本不低于500万元。",
        "弄虚作假骗取补助5万元以上的，追回资金。",
        "同一企业每年获得的补助总额最高不超过500万元。",
        "累计转化科技成果超过400项，成交额超过5亿元。",
    ],
)
def test_fines_budgets_capital_and_targets_are_no_benefits(make_clause: MakeClause, said: str) -> None:
    assert not list(benefits.extract((make_clause(said),)))


def test_a_row_of_a_table_of_standards_is_a_benefit(make_clause: MakeClause) -> None:
    row = make_clause(
        "一级护理\t每月800元", kind="row", cells=(("护理等级", "一级护理"), ("补贴标准", "每月800元"))
    )
    (fact,) = benefits.extract((row,))
    assert (fact.value("purpose"), fact.value("amount")) == ("一级护理", "每月800元")
