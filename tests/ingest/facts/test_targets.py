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
                ("研发经费支出", "15%以上", "以上", "2023年"),
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
