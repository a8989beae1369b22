from collections.abc import Callable

import pytest

from ingest.facts import deadlines
from ingest.policy import Clause

MakeClause = Callable[..., Clause]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2024年12月底前完成首轮评测。", ("完成首轮评测", "2024年12月底前", "2024-12-31")),
        ("该项工作于2019年4月底前完成。", ("该项工作", "2019年4月底前", "2019-04-30")),
        ("每季度末月的20日前报送本季度工作情况。", ("报送本季度工作情况", "每季度末月的20日前", "")),
        ("到2023年底，完成管网改造。", ("完成管网改造", "2023年底", "2023-12-31")),
        ("应当自受理之日起20个工作日内作出决定。", ("作出决定", "自受理之日起20个工作日内", "")),
        ("每年3月1日至4月15日申报上一年度补助。", ("申报上一年度补助", "每年3月1日至4月15日", "")),
        (
            "做好信息公开。（市商务局负责落实，完成时限：2024年10月）",
            ("做好信息公开", "2024年10月", "2024-10"),
        ),
    ],
)
def test_what_is_due_and_when_is_read(
    make_clause: MakeClause, said: str, expected: tuple[str, str, str]
) -> None:
    (fact,) = deadlines.extract((make_clause(said),))
    assert (fact.value("action"), fact.value("rule"), fact.value("date")) == expected


@pytest.mark.parametrize(
    "said",
    [
        "本办法自2024年5月1日起施行，有效期至2027年12月31日。",
        "近3年内未发生安全事故。",
        "申请日前12个月内的缴费凭据。",
        "14天内没有接触过患者。",
        "到2025年,成交额达到6亿元以上。",
    ],
)
def test_validity_conditions_and_targets_are_no_deadlines(make_clause: MakeClause, said: str) -> None:
    assert not list(deadlines.extract((make_clause(said),)))
