"""What free wording must keep to, as data: a quote, a sentence that keeps to it and one that does not."""

import pytest

from bot.composers.chat_model.wording import Quoted, fault_in
from ingest.policy import Fact, FactField

GRANT = (
    "对年度研发费用达到500万元以上的科技型企业，经认定后按10%给予补助，"
    "最高不超过50万元，已享受同类补助的不再补助。"
)
QUESTION = "科技型企业研发补助有多少？"


def duty(unit: str, role: str) -> Fact:
    fields = (FactField(name="unit", value=unit), FactField(name="role", value=role))
    return Fact(fact_id="f", kind="duty", policy_id="p", clause_id="c", start=0, end=9, fields=fields)


def grant(**known: str) -> list[Quoted]:
    return [Quoted(text=GRANT, title="澄湖区科技创新办法", region="澄湖区", **known)]


@pytest.mark.parametrize(
    "said",
    [
        "研发费用达到500万元以上的科技型企业，经认定后按10%给予补助，最高不超过50万元",
        "科技型企业经认定后可获研发补助，上限为50万元",
        "已享受同类补助的，不再补助",
        "依据《澄湖区科技创新办法》，科技型企业经认定后按10%给予补助",
    ],
)
def test_what_the_quote_says_in_other_words_passes(said: str) -> None:
    assert fault_in(said, grant(), QUESTION) is None


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("科技型企业经认定后按10%给予补助，补助50万元", "limit"),
        ("研发费用500万元的科技型企业经认定后给予补助", "limit"),
        ("依据《天外办法》，科技型企业经认定后给予补助", "name"),
        ("依据外科〔2024〕1号，科技型企业经认定后给予补助", "name"),
        ("科技型企业经认定后按10%给予补助，由VC基金支付", "name"),
        ("科技型企业一律按10%给予补助", "everyone"),
        ("已享受同类补助的再补助", "negation"),
        ("科技型企业经认定后不给予补助，最高不超过50万元", "negation"),
        ("游客乘坐飞船可以领取太空纪念品", "words"),
        ("科技型企业有多少研发补助", None),
        ("买房落户的市民可以申领住房公积金贷款贴息", "words"),
    ],
)
def test_what_the_quote_does_not_say_has_a_name(said: str, fault: str | None) -> None:
    assert fault_in(said, grant(), QUESTION) == fault


@pytest.mark.parametrize(
    ("role", "said", "passes"),
    [
        ("牵头", "由区科技局牵头", True),
        ("牵头", "牵头单位为区科技局", True),
        ("牵头", "由区科技局负责", True),
        ("配合", "由区科技局牵头", False),
        ("配合", "区科技局配合", True),
        ("联合", "由区科技局牵头", False),
        ("联合", "由区科技局、区财政局负责", True),
        ("责任", "区科技局配合", False),
    ],
)
def test_a_unit_has_the_role_that_the_duties_of_the_clause_give_it(
    role: str, said: str, passes: bool
) -> None:
    quote = "建设科技服务平台。（区科技局、区财政局）"
    duties = (duty("区科技局", role), duty("区财政局", role))
    fault = fault_in(f"建设科技服务平台，{said}", [Quoted(text=quote, duties=duties)], QUESTION)
    assert (fault is None) == passes
    assert fault in (None, "role")


@pytest.mark.parametrize(("said", "passes"), [("区教育局配合", True), ("区教育局牵头", False)])
def test_without_a_duty_the_role_is_printed_beside_the_unit(said: str, passes: bool) -> None:
    quote = "区教育局、区民政局配合建设科技服务平台，区科技局牵头。"
    fault = fault_in(f"建设科技服务平台，{said}", [Quoted(text=quote)], QUESTION)
    assert (fault is None) == passes


def test_documents_of_two_places_are_told_apart() -> None:
    quoted = [
        Quoted(text="企业上云补助最高5万元。", region="澄湖区"),
        Quoted(text="企业上云补助最高8万元。", region="枫渡区"),
    ]
    said = "企业上云补助最高5万元和最高8万元"
    assert fault_in(said, quoted, "上云补助多少？") == "place"
    named = "企业上云补助，澄湖区最高5万元，枫渡区最高8万元"
    assert fault_in(named, quoted, "上云补助多少？") is None
