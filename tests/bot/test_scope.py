"""The rules of scope, each with clauses that it is against and clauses that it lets speak."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Question
from bot.answering.assistant import Assistant
from bot.scope import rule_against
from bot.settings import Settings
from bot.wiring import open_assistant, open_indexer

PLAN = """汀岚市水产养殖发展意见
汀政〔2021〕8号

一、发展目标
到2023年，全市标准化养殖塘达到6000亩。
到2025年，全市标准化养殖塘达到9000亩。
二、支持政策
（一）市级示范养殖场，给予标准化养殖塘改造补助10万元。
（二）区级示范养殖场，给予标准化养殖塘改造补助4万元。
三、项目表
种类\t标准化养殖塘补助
鲈鱼\t每亩300元
青虾\t每亩500元
四、监督管理
第一条 有下列行为之一的，由市农业农村局责令改正，处二千元以上一万元以下的罚款，并可以停止发放补助：
（一）未经批准填埋养殖塘；
（二）向养殖塘倾倒建筑垃圾。
第二条 冒领养殖塘补助的，处冒领数额1倍以上3倍以下的罚款。
第三条 本意见自2021年5月1日起施行。《汀岚市水产养殖扶持办法》（汀政〔2016〕3号）同时废止。

汀岚市人民政府
2021年3月1日
"""


GUIDE = """汀岚市养殖塘保险办理指南

一、保险标准
（一）市级示范养殖场
保险标准如下：
1.养殖塘保险每亩由市财政补贴60元；
2.网箱保险每只由市财政补贴6元。
（二）区级示范养殖场
保险标准如下：
1.养殖塘保险每亩由区财政补贴40元；
2.网箱保险每只由区财政补贴4元。
二、尾水
养殖塘尾水如何检测？
尾水检测由市农业农村局每半年安排一次。
尾水检查下列内容：
1.尾水是否办理排放手续？
2.尾水是否超过排放标准？
"""


def opened(text: str, folder: Path) -> Assistant:
    (folder / "document").mkdir()
    (folder / "document/policy.txt").write_text(text, encoding="utf-8")
    settings = Settings(data=folder / "data")
    open_indexer(settings).index([folder / "document"])
    return open_assistant(settings)


def rule_on(assistant: Assistant, question: str, words: str) -> str | None:
    """The rule against the one clause with these words."""
    evidence = assistant.evidence(Question(text=question, on=date(2022, 1, 1)))
    (clause,) = (each.clause for each in evidence.ranked if words in each.clause.text)
    return rule_against(clause, evidence)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    on_plan = opened(PLAN, tmp_path_factory.mktemp("plan"))
    yield on_plan
    on_plan.catalog.close()


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    on_guide = opened(GUIDE, tmp_path_factory.mktemp("guide"))
    yield on_guide
    on_guide.catalog.close()


@pytest.mark.parametrize(
    ("question", "words", "rule"),
    [
        ("汀岚市2025年标准化养殖塘要达到多少亩？", "到2023年", "figures of other years"),
        ("汀岚市2025年标准化养殖塘要达到多少亩？", "到2025年", None),
        ("汀岚市2021年的水产养殖意见里，标准化养殖塘要达到多少亩？", "到2023年", None),
        ("汀岚市区级示范养殖场的标准化养殖塘补助多少？", "市级示范", "another grade"),
        ("汀岚市区级示范养殖场的标准化养殖塘补助多少？", "区级示范", None),
        ("汀岚市养青虾的标准化养殖塘每亩补助多少？", "鲈鱼", "row of something else"),
        ("汀岚市养青虾的标准化养殖塘每亩补助多少？", "青虾", None),
        ("汀岚市标准化养殖塘有什么支持政策？", "二、支持政策", "states nothing"),
        ("汀岚市未经批准填埋养殖塘罚多少？", "未经批准填埋", None),
        ("汀岚市冒领养殖塘补助罚多少？", "冒领养殖塘", None),
        ("汀岚市市级示范养殖场罚多少？", "责令改正", None),
        ("汀岚市填埋养殖塘几天内恢复？", "未经批准填埋", "measure not shown"),
        ("汀岚市2016年的水产养殖办法还管用吗，新的哪天施行？", "同时废止", None),
        ("汀岚市2019年的水产养殖办法哪天施行？", "同时废止", "figures of other years"),
    ],
)
def test_a_clause_speaks_unless_a_rule_is_against_it(
    assistant: Assistant, question: str, words: str, rule: str | None
) -> None:
    assert rule_on(assistant, question, words) == rule


@pytest.mark.parametrize(
    ("question", "words", "rule"),
    [
        ("汀岚市区级示范养殖场的养殖塘保险每亩补多少？", "补贴60元", "another grade"),
        ("汀岚市区级示范养殖场的养殖塘保险每亩补多少？", "补贴40元", None),
        ("汀岚市养殖塘尾水检测由谁安排？", "如何检测？", "only asks"),
        ("汀岚市养殖塘尾水检测由谁安排？", "每半年安排", None),
        ("汀岚市养殖塘尾水要检查排放手续吗？", "是否办理排放手续", None),
    ],
)
def test_what_stands_under_a_lead_in_speaks_for_the_heading_above_both(
    guide: Assistant, question: str, words: str, rule: str | None
) -> None:
    assert rule_on(guide, question, words) == rule
