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
        "本措施所需资金由区财政承担，年度总额不超过5000万元。",
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


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("养老设施建设项目，按照规定免征城市基础设施配套费。", [("免征", "城市基础设施配套费")]),
        ("对运输防疫物资的收入，免征增值税、教育费附加。", [("免征", "增值税、教育费附加")]),
        ("减征或者免征房产税、城镇土地使用税。", [("减征或者免征", "房产税、城镇土地使用税")]),
        ("对承租国有用房的企业，2月免收房租，3—4月房租减半。", [("免收", "房租"), ("减半", "3—4月房租")]),
        ("1个月房租免收、2个月租金减半。", [("免收", "1个月房租"), ("减半", "2个月租金")]),
        ("三项社会保险单位缴费部分可减半征收。", [("减半征收", "三项社会保险单位缴费部分")]),
        ("可按月申请全额退还增值税增量留抵税额。", [("全额退还", "增值税")]),
    ],
)
def test_relief_from_a_charge_is_a_benefit_without_a_sum(
    make_clause: MakeClause, said: str, expected: list[tuple[str, str]]
) -> None:
    found = benefits.extract((make_clause(said),))
    assert [(fact.value("amount"), fact.value("purpose")) for fact in found] == expected


@pytest.mark.parametrize(
    ("said", "amount", "cap"),
    [
        ("投保费用给予全额支持。", "全额支持", ""),
        ("按照一类补助标准给予临时性工作补助。", "一类补助标准", ""),
        ("返还标准按6个月的当地月人均失业保险金确定。", "6个月的当地月人均失业保险金", ""),
        ("个人救助标准，原则上不低于当地两个月最低生活保障标准。", "不低于当地两个月最低生活保障标准", ""),
        ("按本市最低工资标准的2倍给予补贴。", "本市最低工资标准的2倍", ""),
        ("补贴标准为每人每次就餐费用的四分之一，最高不超过3元。", "就餐费用的四分之一", "3元"),
        ("按每人每月不高于当地最低工资标准给予就业见习补贴。", "当地最低工资标准", "当地最低工资标准"),
        ("原有景区升级的，享受以上奖励政策。", "享受以上奖励政策", ""),
        ("对新产品按规定享受研究开发费用税前加计扣除等优惠政策。", "研究开发费用税前加计扣除", ""),
    ],
)
def test_a_named_standard_stands_for_a_sum(make_clause: MakeClause, said: str, amount: str, cap: str) -> None:
    (fact,) = benefits.extract((make_clause(said),))
    assert fact.value("amount").endswith(amount.removeprefix("不低于当地"))
    assert fact.value("cap") == cap


@pytest.mark.parametrize(
    ("said", "amount", "cap"),
    [
        ("设备使用费用纳入支付范围限额标准为每人每月100元。", "100元", ""),
        ("同一家庭在1个自然年度内救助金额累计最高不得超过5万元。", "不得超过5万元", "5万元"),
        ("其他申请人住院照料临时救助标准不超过120元/人/日。", "不超过120元/人/日", "120元/人/日"),
        ("对招用员工的企业，按每人不超过1000元标准给予一次性补助。", "不超过1000元", "1000元"),
        ("按不超过贷款使用金额的0.5%给予贴息性奖励。", "0.5%", ""),
        ("给予最先举报人1000元至1万元的奖励。", "1000元至1万元", ""),
        ("可将不低于90%的转化收益奖励给成果完成人。", "不低于90%", ""),
        ("为一线人员每人办理1份保额为20万元的人身意外保险。", "20万元", ""),
        ("每人发放1张500元额度的公共交通卡。", "500元", ""),
        ("分别按其营业额的10%对引进企业进行奖励。", "10%", ""),
    ],
)
def test_limits_ranges_and_shares_are_offered(
    make_clause: MakeClause, said: str, amount: str, cap: str
) -> None:
    (fact,) = benefits.extract((make_clause(said),))
    assert (fact.value("amount"), fact.value("cap")) == (amount, cap)


@pytest.mark.parametrize(
    "said",
    [
        "对为承租企业减免租金的园区，优先予以政策扶持。",
        "落实减免税收政策，做好宣传辅导。",
        "鼓励业主为租户减免租金。",
        "《关于税收减免政策的通知》规定的情形。",
        "纳税人按规定享受免征增值税优惠的，可自主进行申报。",
        "提供办理减免相关税费的咨询服务。",
        "免除或者减轻经营者造成消费者损失的责任。",
        "不能免除经营者对消费者的责任。",
        "以缴纳一个月的失业保险费作为认定条件。",
        "可缓缴6个月的失业保险费。",
        "救助金额超过本市2个月最低生活保障标准的，报区民政部门审批。",
        "申请家庭前12个月家庭收入符合救助标准。",
        "测算数据显示，可为全市个体户减免税款超1100万元。",
        "确保企业贷款利率在财政贴息以后低于1.6%。",
        "减免税款已达3000万元，惠及企业200家。",
    ],
)
def test_words_of_relief_that_grant_nothing_are_no_benefits(make_clause: MakeClause, said: str) -> None:
    assert not list(benefits.extract((make_clause(said),)))


def test_the_heading_of_a_relief_is_not_counted_beside_its_text(make_clause: MakeClause) -> None:
    said = "三、减免企业房租。对承租国有用房的企业，免收2月房租。"
    (fact,) = benefits.extract((make_clause(said, number="三、", heading="减免企业房租"),))
    assert (fact.value("amount"), fact.value("purpose")) == ("免收", "2月房租")


@pytest.mark.parametrize("said", ["因疫情原因导致企业损失的，免征房产税。", "临时性补助免征个人所得税。"])
def test_words_that_only_hold_a_name_are_no_applicant(make_clause: MakeClause, said: str) -> None:
    (fact,) = benefits.extract((make_clause(said),))
    assert fact.value("applicant") == ""
