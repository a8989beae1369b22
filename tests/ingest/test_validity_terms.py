from datetime import date

import pytest

from ingest.validity_terms import declares_itself_repealed, read_repeals, read_term

ISSUED, PUBLISHED = date(2024, 3, 1), date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "effective", "expires", "computed"),
    [
        ("本办法自2024年5月1日起施行。", date(2024, 5, 1), None, False),
        ("第三十条 本条例自2020年3月1日起施行。", date(2020, 3, 1), None, False),
        ("本方案自发布之日起实施,有效期至2025年12月31日。", PUBLISHED, date(2025, 12, 31), False),
        ("本办法自印发之日起施行，有效期3年。", ISSUED, date(2027, 2, 28), True),
        ("本办法自2024年8月1日起施行，有效期三年。", date(2024, 8, 1), date(2027, 7, 31), True),
        (
            "本意见由区农业局负责解释，自2019年1月1日起执行，暂定三年。",
            date(2019, 1, 1),
            date(2021, 12, 31),
            True,
        ),
        ("本政策执行期暂定为自政策发布之日起至2020年6月30日。", PUBLISHED, date(2020, 6, 30), False),
        (
            "现将《办法》（澄政〔2023〕1号）重新发布，有效期调整至2026年12月31日。",
            None,
            date(2026, 12, 31),
            False,
        ),
        ("特制定本意见，政策期限为2016年至2018年。", None, date(2018, 12, 31), False),
        ("自印发之日起实施，有效期至2020年底。", ISSUED, date(2020, 12, 31), False),
        ("以上措施自印发之日起实施，有效期为疫情防控期间。", ISSUED, None, False),
        ("澄湖区行动方案(2022—2025年)到2025年底实现翻番。", None, None, False),
        ("许可证自颁发之日起生效，有效期5年。", None, None, False),
        ("依照本办法取得的许可证有效期为5年。", None, None, False),
        ("《甲办法》自2019年1月1日起施行，有效期五年。", None, None, False),
    ],
)
def test_only_what_a_document_says_of_itself_counts(
    text: str, effective: date | None, expires: date | None, computed: bool
) -> None:
    term = read_term(text, issued_on=ISSUED, published_on=PUBLISHED)
    assert (term.effective_on, term.expires_on, term.expiry_is_computed) == (effective, expires, computed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("以上措施自印发之日起实施，有效期为疫情防控期间（另有期限的除外）。", "有效期为疫情防控期间"),
        ("自印发之日起实施，有期限的从其规定，其余有效期至汛情解除止。", "有效期至汛情解除止"),
        ("以上措施在防汛期间有效，由区水务局解释。", "在防汛期间有效"),
        ("本政策执行至一级响应终止之日。", "执行至一级响应终止之日"),
        ("本办法自印发之日起施行，有效期至2025年底。", None),
        ("依照本办法取得的许可证在营业期间有效。", None),
        ("开展疫情防控期间有效沟通。", None),
        ("本办法自2024年1月1日起施行，补助资金执行至项目终止。", None),
    ],
)
def test_an_event_that_ends_a_document_is_told_in_its_words(text: str, words: str | None) -> None:
    assert read_term(text, issued_on=ISSUED, published_on=PUBLISHED).expires_with == words


def test_a_term_from_an_unknown_day_is_not_computed_from_the_day_of_a_repost() -> None:
    term = read_term("本办法自印发之日起实施，有效期5年。", issued_on=None, published_on=PUBLISHED)
    assert (term.effective_on, term.expires_on) == (None, None)


@pytest.mark.parametrize(
    ("text", "repealed"),
    [
        (
            "本办法自即日起施行。《甲规定（暂行）》（澄政〔2019〕33号）同时废止。",
            ("甲规定（暂行）", "澄政〔2019〕33号"),
        ),
        ("本条例自2022年7月1日起施行，《乙条例》同时废止。", ("乙条例",)),
        ("《丙规定》（澄政办〔2015〕18号）自本细则施行之日起停止执行。", ("丙规定", "澄政办〔2015〕18号")),
        ("《甲局 乙局关于印发〈丁〉的通知》同时废止。", ("甲局 乙局关于印发〈丁〉的通知",)),
        ("凡与本办法不一致的，以本办法为准。", ()),
        ("对已废止的《戊办法》进行清理。", ()),
    ],
)
def test_repealed_documents_are_named(text: str, repealed: tuple[str, ...]) -> None:
    assert read_repeals(text) == repealed


@pytest.mark.parametrize(
    ("head", "state", "title", "dead"),
    [
        ("（本文已废止）\n办法", None, "办法", True),
        ("办法", "已失效", "办法", True),
        ("办法", "有效", "办法", False),
        ("办法", None, "试验田办法（已废止）", True),
        ("关于废止部分文件的决定", None, "关于废止部分文件的决定", False),
    ],
)
def test_a_document_can_say_that_it_is_repealed(head: str, state: str | None, title: str, dead: bool) -> None:
    assert declares_itself_repealed(head, state, title) is dead
