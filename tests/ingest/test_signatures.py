from datetime import date

import pytest

from ingest.signatures import issuers_in_title, printed_on, read_adoption, read_signature


@pytest.mark.parametrize(
    ("text", "organs", "day"),
    [
        (
            "请执行。\n\n澄湖区农业局\n澄湖区财政局\n2022年7月7日\n办法",
            ("澄湖区农业局", "澄湖区财政局"),
            date(2022, 7, 7),
        ),
        (
            "请执行。\n中共澄湖区委办公室 澄湖区人民政府办公室\n二〇二二年七月七日",
            ("中共澄湖区委办公室", "澄湖区人民政府办公室"),
            date(2022, 7, 7),
        ),
        (
            "请执行。\n公开领导小组办公室\n（澄湖区政务局代章）\n2024年4月22 日\n（此件公开发布）",
            ("公开领导小组办公室",),
            date(2024, 4, 22),
        ),
        ("请执行。澄湖区人民政府办公室217年9月28日澄湖区方案", ("澄湖区人民政府办公室",), None),
        ("请执行。 澄湖区人民政府 2020年2月11日 若干措施", ("澄湖区人民政府",), date(2020, 2, 11)),
        ("请认真组织实施。\n\n2023年7月4日", (), date(2023, 7, 4)),
    ],
)
def test_organs_and_day_are_read_from_the_signature(
    text: str, organs: tuple[str, ...], day: date | None
) -> None:
    signature = read_signature(text, 0, len(text))
    assert signature is not None
    assert (signature.organs, signature.signed_on) == (organs, day)


def test_a_date_in_a_sentence_is_no_signature() -> None:
    text = "自2020年1月1日起施行。\n会议于2020年2月2日召开。"
    assert read_signature(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("title", "organs"),
    [
        ("澄湖区农业局 澄湖区财政局关于印发办法的通知", ("澄湖区农业局", "澄湖区财政局")),
        ("澄湖区农业局澄湖区财政局关于印发办法的通知", ("澄湖区农业局", "澄湖区财政局")),
        ("澄湖区农业局等4部门关于印发办法的通知", ()),
        ("澄湖区试验田管理办法", ()),
    ],
)
def test_issuers_are_read_from_the_title(title: str, organs: tuple[str, ...]) -> None:
    assert issuers_in_title(title) == organs


def test_the_note_under_the_title_of_a_regulation_is_read() -> None:
    adoption = read_adoption(
        "2019年10月29日 澄湖市第十七届人民代表大会常务委员会第二十二次会议通过\n"
        "2020年1月15日 省人民代表大会常务委员会批准"
    )
    assert adoption is not None
    assert adoption.organ == "澄湖市人民代表大会常务委员会"
    assert (adoption.adopted_on, adoption.promulgated_on) == (date(2019, 10, 29), None)


def test_a_promulgated_rule_gives_organ_and_day_and_ignores_later_revisions() -> None:
    adoption = read_adoption(
        "办法\n（2003年1月14日国家质量监督检验检疫总局令第43号公布  "
        "根据2018年3月6日国家质量监督检验检疫总局令第196号第一次修订）"
    )
    assert adoption is not None
    assert (adoption.organ, adoption.promulgated_on) == ("国家质量监督检验检疫总局", date(2003, 1, 14))


def test_the_imprint_gives_the_day_of_printing() -> None:
    assert printed_on("澄湖区政府办公室秘书处 2021年12月6日印发") == date(2021, 12, 6)
