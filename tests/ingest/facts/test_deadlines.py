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


@pytest.mark.parametrize(
    ("said", "action", "rule"),
    [
        ("需提前5个工作日向服务对象公示。", "向服务对象公示", "提前5个工作日"),
        ("民政部门每年8月按程序编制预算。", "按程序编制预算", "每年8月"),
        ("应于每年1月底向市民政部门报送报告。", "向市民政部门报送报告", "每年1月底"),
        ("于每年4月1日至6月20日组织各镇（街）开展复核。", "组织各镇（街）开展复核", "每年4月1日至6月20日"),
        ("有异议的，应当在公示期内提出书面意见。", "提出书面意见", "在公示期内"),
        ("应在入户卡有效期内办理迁入手续。", "办理迁入手续", "在入户卡有效期内"),
        ("须在保障期限届满3个月前提交申请。", "提交申请", "在保障期限届满3个月前"),
        ("应当在有效期届满前的六个月内重新申请证书。", "重新申请证书", "在有效期届满前的六个月内"),
        ("当天申请，当天出证。", "当天申请，当天出证", "当天申请，当天出证"),
        ("争取三年内实现业务全覆盖。", "实现业务全覆盖", "三年内"),
        ("应尽快发放救助金额，原则上不得超过30天(自批准之日起计算)。", "应尽快发放救助金额", "不得超过30天"),
        (
            "应当自收到审核意见及相关材料的3个工作日内作出决定。",
            "作出决定",
            "自收到审核意见及相关材料的3个工作日内",
        ),
        ("受理机构自决定之日起10日内颁发证书。", "颁发证书", "自决定之日起10日内"),
        ("直辖市、自治区应当自收到申请之日起15日内作出决定。", "作出决定", "自收到申请之日起15日内"),
        ("自受理之日起60日内作出决定并通知申办者。", "作出决定并通知申办者", "自受理之日起60日内"),
        ("应当在收到文件后30日内，就订立的合同，向主管机关备案。", "向主管机关备案", "在收到文件后30日内"),
        ("发现险情后，应当在2小时内报告。", "报告", "2小时内"),
        ("2-3天内研究提出方案。", "研究提出方案", "2-3天内"),
        ("到2023年底，力争创建1家众创空间。", "力争创建1家众创空间", "2023年底"),
        ("最迟不得晚于事件发生后24小时报告情况。", "报告情况", "最迟不得晚于事件发生后24小时"),
    ],
)
def test_each_way_of_setting_a_time_is_read(
    make_clause: MakeClause, said: str, action: str, rule: str
) -> None:
    (fact,) = deadlines.extract((make_clause(said),))
    assert (fact.value("action"), fact.value("rule")) == (action, rule)


def test_a_window_is_due_on_its_last_day(make_clause: MakeClause) -> None:
    (fact,) = deadlines.extract((make_clause("申报时间：2024年3月1日至31日。"),))
    assert (fact.value("rule"), fact.value("date")) == ("2024年3月1日至31日", "2024-03-31")


@pytest.mark.parametrize(
    "said",
    [
        "申请人在1年内不得再次申请注册。",
        "分娩后六个月内，男方不得提出离婚。",
        "2020年1月1日前制定的规定与本条例不一致的，以本条例为准。",
        "对6月30日前到期的企业采取续保措施。",
        "证明3日内有效。",
        "短短10小时内就选派了医疗队。",
        "缓缴期限原则上不超过6个月。",
        "可提前一年参加考试。",
        "注册证有效期届满不再延续的，予以注销。",
        "公示期不少于7个工作日。",
    ],
)
def test_bans_periods_and_descriptions_are_no_deadlines(make_clause: MakeClause, said: str) -> None:
    assert not list(deadlines.extract((make_clause(said),)))
