import pytest

from ingest.titles import kind_of, read_titles

BODY = (
    "各镇人民政府：\n\n现将《澄湖区试验田管理办法》印发给你们，请认真组织实施。\n\n"
    "澄湖区人民政府\n2024年5月9日\n\n"
)
ARTICLE = "第一条 为了规范试验田的管理，制定本办法。"


def own(text: str) -> str | None:
    title = read_titles(text).own
    return title.text if title else None


def issued(text: str) -> str | None:
    title = read_titles(text).issued
    return title.text if title else None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "澄湖区人民政府\n关于加快发展试验田\n的实施意见\n\n各镇人民政府：\n为了…",
            "澄湖区人民政府关于加快发展试验田的实施意见",
        ),
        ("澄湖区试验田条例\n\n(2020年1月2日发布)\n第一条 本条例", "澄湖区试验田条例"),
        ("政府信息公开\n文号:澄政〔2024〕1号\n\n澄湖区关于秋收的通知\n\n各镇：\n请", "澄湖区关于秋收的通知"),
        ("强农行动方案\n(2022—2025年)\n\n一、总体要求", "强农行动方案(2022—2025年)"),
        (
            "关于做好秋收工作的行动方案为贯彻落实决策部署，赋能发展，现制定方案。一、总体要求",
            "关于做好秋收工作的行动方案",
        ),
        (
            "区农业局关于印发管理办法\n实施细则的通知\n\n各单位：\n请",
            "区农业局关于印发管理办法实施细则的通知",
        ),
    ],
)
def test_a_title_is_joined_and_freed_from_what_stands_around_it(text: str, title: str) -> None:
    assert own(text) == title


def test_a_notice_gives_the_title_of_the_plan_it_prints() -> None:
    notice = f"澄湖区人民政府关于印发《澄湖区试验田管理办法》的通知\n\n{BODY}"
    assert issued(f"{notice}澄湖区试验田\n管理办法\n\n{ARTICLE}") == "澄湖区试验田管理办法"
    assert issued(f"{notice}{ARTICLE}") is None


def test_the_plan_is_found_without_title_marks_and_with_a_longer_printed_title() -> None:
    text = f"区政府关于印发推进试验田建设实施方案的通知\n\n{BODY}关于推进试验田建设实施方案\n\n一、目标"
    assert issued(text) == "关于推进试验田建设实施方案"


def test_the_plan_is_found_where_it_runs_on_behind_a_date() -> None:
    text = (
        "关于印发《澄湖区试验田管理办法》的通知各镇人民政府:现将《澄湖区试验田管理办法》印发你们,请贯彻落实。"
        "澄湖区人民政府217年9月28日澄湖区试验田管理办法为规范管理,制定本办法。一、总则"
    )
    assert issued(text) == "澄湖区试验田管理办法"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("试验田管理办法（试行）", "办法"),
        ("强农行动实施方案(2022—2025年)", "方案"),
        ("关于印发《办法》的通知", "通知"),
        ("试验田促进条例", "条例"),
        ("稳价保供十条措施", "措施"),
        ("中华人民共和国专利法", "法"),
        ("试验田", None),
    ],
)
def test_the_kind_is_the_last_word_of_the_title(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind
