"""A fact is shown only if what it asserts stands in its clause and reads as what it is said to be."""

import pytest

from bot.facts.proven import is_proven
from ingest.policy import Clause, Fact, FactField, FactKind


def proven(kind: FactKind, text: str, **fields: str) -> bool:
    clause = Clause(
        clause_id="a.0",
        policy_id="a",
        position=0,
        parent_id=None,
        kind="paragraph",
        number="",
        heading="",
        path=(),
        locator="第1段",
        start=0,
        end=len(text),
        text=text,
    )
    told = tuple(FactField(name=name, value=value) for name, value in fields.items())
    return is_proven(
        Fact(fact_id="a.f0", kind=kind, policy_id="a", clause_id="a.0", start=0, end=len(text), fields=told),
        clause,
    )


@pytest.mark.parametrize(
    ("unit", "task", "shown"),
    [
        ("区财政局", "拨付补贴资金", True),
        ("公安机关", "监督检查资金使用", True),
        ("财政", "拨付补贴资金", False),
        ("其有关部门", "拨付补贴资金", False),
        ("区财政局应按我市内部", "拨付补贴资金", False),
        ("考察各区", "拨付补贴资金", False),
        ("区财政局", "区科技局审核项目", False),
        ("区财政局", "根据有关规定", False),
        ("区财政局", "审核项目并公示后", False),
        ("区财政局", "和补贴资金", False),
    ],
)
def test_a_duty_names_a_unit_and_a_task_of_its_own(unit: str, task: str, shown: bool) -> None:
    assert proven("duty", f"{unit}负责{task}，会同区科技局。", unit=unit, role="责任", task=task) is shown


def test_a_unit_or_number_that_the_clause_does_not_print_is_not_shown() -> None:
    text = "区财政局对企业给予5万元补贴，负责拨付补贴资金。"
    assert not proven("duty", text, unit="区商务局", role="责任", task="拨付补贴资金")
    assert not proven("benefit", text, applicant="企业", purpose="企业", amount="50万元")
    assert proven("benefit", text, applicant="企业", purpose="企业", amount="5万元")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("50%", True), ("免征", True), ("该标准", False), ("原补助标准", False), ("享受以上奖励政策", False)],
)
def test_an_amount_has_a_figure_or_is_a_relief(amount: str, shown: bool) -> None:
    assert (
        proven("benefit", f"对企业按{amount}执行。", applicant="企业", purpose="企业", amount=amount) is shown
    )


def test_a_target_has_a_figure() -> None:
    text = "贷款增速不低于各项贷款同比增速，企业达到20家。"
    assert not proven("target", text, indicator="贷款增速", value="各项贷款同比增速")
    assert proven("target", text, indicator="企业", value="20家")
