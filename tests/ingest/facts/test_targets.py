from collections.abc import Callable

import pytest

from ingest.facts import targets
from ingest.policy import Clause

MakeClause = Callable[..., Clause]
GOALS = ("二、主要目标",)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "到2025年,当年吸纳合同成交额超过5亿元,累计转化成果超过400项。",
            [("吸纳合同成交额", "5亿元", "超过", "2025年"), ("累计转化成果", "400项", "超过", "2025年")],
        ),
        ("投入占生产总值比重达到1.8%以上。", [("投入占生产总值比重", "1.8%以上", "达到", "")]),
        (
            "到2025年新增13个省级技术中心、6个省级工程中心和1个创新中心。",
            [
                ("省级技术中心", "13个", "", "2025年"),
                ("省级工程中心", "6个", "", "2025年"),
                ("创新中心", "1个", "", "2025年"),
            ],
        ),
        (
            "研发经费支出年增长15%以上，力争2023年达6000万元以上。",
            [
                ("研发经费支出", "15%以上", "以上", ""),
                ("研发经费支出", "6000万元以上", "以上", "2023年"),
            ],
        ),
    ],
)
def test_indicator_value_comparator_and_year_are_read(
    make_clause: MakeClause, said: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = targets.extract((make_clause(said, path=GOALS),))
    names = ("indicator", "value", "comparator", "year")
    assert [tuple(fact.value(name) for name in names) for fact in found] == expected


@pytest.mark.parametrize(
    ("above", "count"),
    [("（一）主要目标：", 1), ("确诊应当具有下列指标：", 0)],
)
def test_a_numbered_heading_tells_a_target_and_a_lead_in_does_not(
    make_clause: MakeClause, above: str, count: int
) -> None:
    clause = make_clause("1.产值5亿元。", number="1.", path=("一、有关要求", above))
    assert len(list(targets.extract((clause,)))) == count


@pytest.mark.parametrize(
    "said",
    [
        "对研发投入占比超过5%的企业，优先支持。",
        "对实际到账金额20万元及以上的项目，可视同科技计划项目。",
        "目前全市网上申报率已超过99%。",
        "每天消毒不少于2次。",
        "补助比例不超过30%。",
    ],
)
def test_conditions_reports_and_limits_are_no_targets(make_clause: MakeClause, said: str) -> None:
    assert not list(targets.extract((make_clause(said),)))


def test_a_row_of_indicators_gives_target_and_base_with_their_years(make_clause: MakeClause) -> None:
    row = make_clause(
        "1\t科技进步贡献率\t%\t55.4*\t65",
        kind="row",
        cells=(
            ("序号", "1"),
            ("指标名称", "科技进步贡献率"),
            ("单位", "%"),
            ("2021年实际值", "55.4*"),
            ("2025年目标值", "65"),
        ),
    )
    note = make_clause("注:加*号为2020年数据", kind="note", start=100, position=1)
    (fact,) = targets.extract((row, note))
    assert (fact.value("indicator"), fact.value("value"), fact.value("year")) == (
        "科技进步贡献率",
        "65%",
        "2025年",
    )
    assert (fact.value("base_value"), fact.value("base_year")) == ("55.4*", "2020年")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("重大关键技术突破5项以上。", [("重大关键技术突破", "5项以上")]),
        ("全年培育高新技术企业10家、认定5家。", [("培育高新技术企业", "10家"), ("认定", "5家")]),
        ("逐步将平均担保费率降至1%以下。", [("将平均担保费率", "1%以下")]),
        ("支农担保金额占全部担保金额的比例不得低于80%。", [("支农担保金额占全部担保金额的比例", "80%")]),
        ("单户担保金额500万元及以下的占比不得低于50%。", [("单户担保金额500万元及以下的占比", "50%")]),
        ("贷款综合融资成本下降50个基点。", [("贷款综合融资成本", "50个基点")]),
        (
            "专利授权量达32件、企业年发明专利申请数达360件。",
            [("专利授权量", "32件"), ("企业年发明专利申请数", "360件")],
        ),
        ("细颗粒物平均浓度降至32微克/立方米。", [("细颗粒物平均浓度", "32微克/立方米")]),
        ("人均受教育年限提高到11.3年。", [("人均受教育年限", "11.3年")]),
        ("三年内实现担保业务市级全覆盖。", [("担保业务市级", "全覆盖")]),
        ("居民收入增速高于经济增速。", [("居民收入增速", "经济增速")]),
        ("企业总数保持年均20%以上的增长。", [("企业总数", "20%以上")]),
        ("科技型企业队伍不断壮大，力争达到30家。", [("科技型企业队伍", "30家")]),
    ],
)
def test_targets_are_read_however_they_are_put(
    make_clause: MakeClause, said: str, expected: list[tuple[str, str]]
) -> None:
    found = targets.extract((make_clause(said, path=GOALS),))
    assert [(fact.value("indicator"), fact.value("value")) for fact in found] == expected


def test_base_value_and_base_year_are_told_from_the_target(make_clause: MakeClause) -> None:
    said = "研发强度从2020年的1.5%提高到2025年的2.2%，单位能耗比2020年下降13.5%。"
    first, second = targets.extract((make_clause(said, path=GOALS),))
    assert [first.value(name) for name in ("value", "year", "base_value", "base_year")] == [
        "2.2%",
        "2025年",
        "1.5%",
        "2020年",
    ]
    assert (second.value("indicator"), second.value("base_year")) == ("单位能耗", "2020年")


def test_a_time_said_with_the_figure_goes_before_a_year_said_earlier(make_clause: MakeClause) -> None:
    said = "到2023年做好服务。力争全年获批科技项目2项。"
    (fact,) = targets.extract((make_clause(said, path=GOALS),))
    assert fact.value("year") == "全年"


@pytest.mark.parametrize(
    "said",
    [
        "投资5000万元以上，采取“一事一议”给予奖励。",
        "发展民宿达20家以上、床位100张以上的村，对投资方奖励100万元。",
        "单次会议人数规模在300人以上、且营业额达到80万元以上的会议，一次性奖励15万元。",
        "3万—6万元（含3万元，不含6万元）（8分）。",
        "已通过线上线下收集融资需求超过200亿元。",
        "可将全部课时(不低于总课时的60%)纳入线上培训。",
        "对重点监测的500家企业实行目标管理。",
        "支持比例上限由原50%提高至70%。",
    ],
)
def test_who_qualifies_and_what_is_reported_is_no_target(make_clause: MakeClause, said: str) -> None:
    assert not list(targets.extract((make_clause(said, number="(一)"),)))


def test_ranges_of_points_are_no_targets(make_clause: MakeClause) -> None:
    clause = make_clause("纳税达到6万元以上。", path=("积分指标体系",), number="1.")
    assert not list(targets.extract((clause,)))
