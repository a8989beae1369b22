"""Clause outlines as data: what is printed, which places and clauses come out."""

import pytest

from ingest.outline import outline
from ingest.policy import Clause


def read(text: str) -> dict[str, Clause]:
    return {clause.locator: clause for clause in outline(text, policy_id="p")}


PLAN = """某区关于支持企业的实施方案

为支持企业发展,制定本方案。

一、总体要求

(一)指导思想。以企业为主体,以市场为导向。

(二)主要目标。到2025年,培育企业40家。

二、主要任务

(七)金融支撑行动

强化融合。支持银行设立专营机构。(区财政局牵头)

充分发挥资金作用。设立创业计划。(区人社局负责)

本方案自印发之日起施行,有效期至2025年12月31日。"""


def test_a_plan_comes_out_as_officials_cite_it() -> None:
    assert list(read(PLAN)) == [
        "标题", "前言", "一、", "一、(一)", "一、(二)", "二、", "二、(七)", "二、(七)第1段",
        "二、(七)第2段", "结尾",
    ]  # fmt: skip


def test_paragraphs_under_a_heading_know_their_path_parent_and_lead_phrase() -> None:
    clauses = read(PLAN)
    paragraph = clauses["二、(七)第2段"]
    assert paragraph.path == ("二、主要任务", "(七)金融支撑行动")
    assert paragraph.parent_id == clauses["二、(七)"].clause_id
    assert paragraph.heading == "充分发挥资金作用"
    assert clauses["二、(七)"].kind == "heading"
    assert clauses["一、(一)"].heading == "指导思想"


def test_the_colon_of_a_time_ends_no_lead_phrase() -> None:
    clauses = read("某市须知\n一、窗口（工作日9:00—12:00）：拨打电话。\n二、周六9：30开门。节日休息。")
    assert clauses["一、"].heading == "窗口（工作日9:00—12:00）"
    assert clauses["二、"].heading == "周六9：30开门"


def test_the_colon_behind_a_label_that_ends_in_a_number_ends_a_lead_phrase() -> None:
    clauses = read("某市须知\n一、阶段1:2024年6月底前完成。\n二、12345:24小时受理。\n三、电话:1234。")
    assert [clauses[place].heading for place in ("一、", "二、", "三、")] == ["阶段1", "12345", "电话"]


def test_a_second_paragraph_of_an_item_names_the_first_one_too() -> None:
    places = read("某办法实施意见\n一、要求\n(一)原则。坚持公开。\n还要坚持公正。\n(二)目标。做好。")
    assert {"一、(一)第1段", "一、(一)第2段", "一、(二)"} <= set(places)


def test_articles_are_cut_into_their_clauses_and_items() -> None:
    places = read(
        "某区平台管理办法\n第一章 总 则\n第一条 为了规范，制定本办法。"
        "\n第二条 申请人应当符合下列条件：\n（一）守法；\n（二）有场所。"
        "\n"
        "由高校设立的，可以放宽。\n第二章 附则\n第三条 本办法自2024年8月1日起施行。"
    )
    assert list(places)[1:] == [
        "第一章", "第一条", "第二条第一款", "第二条第一款第(一)项", "第二条第一款第(二)项",
        "第二条第二款", "第二章", "第三条",
    ]  # fmt: skip
    assert places["第三条"].path == ("第二章附则",)
    assert places["第二条第一款第(二)项"].parent_id == places["第二条第一款"].clause_id


def test_a_paragraph_between_two_items_belongs_to_the_first_of_them() -> None:
    places = read("某条例\n第五条 下列场所应当升旗：\n（一）甲；\n甲的分支；\n（二）乙。")
    assert "第五条第(一)项第2段" in places
    assert "第五条第二款" not in places


@pytest.mark.parametrize(
    "line",
    [
        "第五条规定的情形，从其规定。",
        "第五条、第六条所列事项除外。",
        "（一）至（三）项所列材料应当真实。",
        "二、三产业融合发展。",
    ],
)
def test_a_reference_at_the_beginning_of_a_line_is_no_number(line: str) -> None:
    clauses = read(f"某规定\n第一条 正文。\n{line}")
    assert clauses["第一条第二款"].text == line


def test_a_notice_and_what_it_issues_have_places_of_their_own() -> None:
    places = read(
        "某区人民政府关于印发《某区试点实施方案》的通知\n\n某政〔2024〕7号\n"
        "\n各镇人民政府,区直各单位:\n\n"
        "《某区试点实施方案》已经区政府同意,现印发给你们,请认真贯彻执行。\n"
        "\n某区人民政府\n\n2024年4月26日\n\n某区试点实施方案\n"
        "\n为做好试点,制定本方案。\n\n一、目标\n\n做好试点。"
    )
    assert list(places) == [
        "标题", "文号", "主送", "通知第1段", "落款", "落款日期", "标题〔2〕", "前言", "一、", "一、第1段",
    ]  # fmt: skip


def test_text_without_numbers_is_counted_by_paragraphs() -> None:
    places = read("关于天气的说明\n\n今天下雨。\n\n明天放晴。\n\n后天多云。")
    assert list(places) == ["标题", "第1段", "第2段", "第3段"]


def test_a_line_that_has_lost_its_line_ends_is_cut_at_its_numbers() -> None:
    text = (
        "某市行动方案为贯彻落实精神,制定本方案。一、总体要求(一)指导思想。"
        "以改革为动力。(二)目标。比重达3.以上,投入1.5亿元。"
        "二、完善机制(一)强化领导1 .坚持统筹。定期开会。牵头单位:市科技局责任单位:各成员单位2，"
        "整合资源。服务二、三次产业。牵头单位:市发改委"
        "4 .容错纠错。免予追责。牵头单位:市委办三、保障措施加强督查考核工作。"
    )
    places = read(text)
    assert [place for place in places if place not in {"标题", "前言"}] == [
        "一、", "一、(一)", "一、(二)", "二、", "二、(一)", "二、(一)1.", "二、(一)2.", "二、(一)4.", "三、",
    ]  # fmt: skip
    assert places["二、(一)1."].text.endswith("责任单位:各成员单位")
    assert places["三、"].heading == "保障措施"


def test_articles_that_run_on_are_found_in_their_order() -> None:
    text = (
        "某办法\n第一条 为了规范，制定本办法。第二条 依照本法第三条办理。第三条 违反第二条规定的，予以处罚。"
    )
    assert list(read(text))[1:] == ["第一条", "第二条", "第三条"]


def test_the_table_of_contents_is_told_from_the_headings() -> None:
    places = read(
        "某法\n目 录\n第一编 总则\n第一章 原则\n第二编 物权\n第一章 通则\n"
        "第一编 总则\n第一章 原则\n第一条 甲。\n第二编 物权\n第一章 通则\n"
        "第二条 乙。"
    )
    assert places["目录 第一编"].kind == "meta"
    assert places["第二条"].path == ("第二编物权", "第一章通则")
    assert "第一编〔2〕" not in places


def test_a_roster_gives_one_clause_a_person_with_wrapped_posts() -> None:
    places = read(
        "某区方案\n\n一、要求\n\n做好工作。\n\n附件1\n\n某区工作专班\n"
        "\n组 长:甲 乙 区长\n\n副 组 长:丙丁戊 副区长\n\n成 员:己庚 区政府办公室党组\n"
        "\n书记、主任\n\n辛 壬 区财政局局长\n\n"
        "专班办公室设在区科技局,负责日常工作。"
    )
    third = places["附件1 第3行"]
    assert third.text == "成 员:己庚 区政府办公室党组\n\n书记、主任"
    assert [(cell.header, cell.value) for cell in third.cells] == [
        ("角色", "成员"),
        ("姓名", "己庚"),
        ("职务", "区政府办公室党组书记、主任"),
    ]
    assert places["附件1 第4行"].cells[0].value == "成员"
    assert places["附件1 第1段"].text.startswith("专班办公室")


def test_a_list_of_attachments_is_no_attachment() -> None:
    places = read(
        "某区方案\n一、要求\n做好工作。\n附件：1.任务清单\n2.指标表\n附件1\n任务清单\n一、任务\n抓好落实。"
    )
    assert places["附件目录"].text == "附件：1.任务清单"
    assert places["附件目录 2."].kind == "meta"
    assert places["附件1 一、第1段"].path == ("附件1 任务清单", "一、任务")


def test_a_number_that_stands_twice_keeps_two_places() -> None:
    places = read("某区措施\n一、任务\n1.做甲。\n2.做乙。\n2.做丙。")
    assert {"一、1.", "一、2.", "一、2.〔2〕"} <= set(places)


def test_an_inner_family_may_stand_outside() -> None:
    places = read(
        "某区措施\n1.财政支持。加大投入。\n(一)设立资金。\n(二)提高标准。"
        "\n2.税收支持。减免税费。\n(一)减税。\n(二)降费。"
    )
    assert "1.(二)" in places
    assert "2.(一)" in places


QUESTIONS = """关于积分入户的热点问答

1.今年的指标有多少个？

答：今年的指标为1.6万个。

2.申请需要具备哪些条件？

答：需要具备以下条件：

（一）在本市合法稳定就业；

（二）年龄在45周岁以下。

3.什么时候申报？

答：10月10日至11月10日申报。"""


def test_what_a_numbered_question_asks_is_the_heading_of_what_answers_it() -> None:
    clauses = read(QUESTIONS)
    assert clauses["1."].kind == "heading"
    assert clauses["1.第1段"].path == ("1.今年的指标有多少个？",)


def test_numbers_that_count_from_the_beginning_go_on_behind_a_list() -> None:
    clauses = read(QUESTIONS)
    assert clauses["2.(二)"].path == ("2.申请需要具备哪些条件？", "答：需要具备以下条件：")
    assert clauses["3.第1段"].path == ("3.什么时候申报？",)


def test_a_list_at_the_beginning_leaves_the_outer_numbers_outside() -> None:
    places = read(
        "某区措施\n坚持以下原则：\n1.甲先。\n2.乙后。\n一、任务\n1.做甲。\n2.做乙。\n二、保障\n1.做丙。"
    )
    assert {"一、1.", "一、2.", "二、1."} <= set(places)


def test_numbers_that_count_through_all_sections_stay_inside() -> None:
    places = read(
        "某区措施\n（一）指导思想。以民为本。\n（二）工作目标。扩大就业。\n一、重点任务\n（三）扩大岗位。发放补贴。\n"
        "（四）优化服务。上门办理。\n二、保障措施\n（五）加强领导。各负其责。"
    )
    assert {"一、(三)", "一、(四)", "二、(五)"} <= set(places)


def test_the_last_question_of_a_list_of_questions_is_no_heading() -> None:
    clauses = read("自查清单\n1.是否持证上岗？\n2.是否违规动火？\n自查报告于6月30日前报送。")
    assert {clauses[place].kind for place in clauses if place.startswith(("1.", "2."))} <= {
        "item",
        "paragraph",
    }


@pytest.mark.parametrize(
    "text",
    [
        "自查清单\n1.消防通道保持畅通。\n2.是否违规动火作业？\n自查报告于6月30日前报送。",
        "评审办法\n第一条 评审时审查下列事项：\n（一）报价合理；\n（二）有什么能力？\n前款事项由评委审查。",
    ],
)
def test_what_is_checked_or_listed_in_an_article_is_no_heading(text: str) -> None:
    assert not [each.text for each in read(text).values() if each.kind == "heading"]


GUIDE = """办理指南

一、申请材料

申请人应当提交以下材料：

1.申请表；

2.申请人的身份证明和户口簿，复印件各一份并加盖公章。

代办须知另见窗口公告。

二、办理时限

受理后10个工作日内办结：

（一）材料齐全的当场受理，具体包括：

以下渠道均可：

1.网上受理，分两步：

（1）登录；

（2）提交。

2.窗口受理。

（二）材料不齐的一次告知。

三、其他

咨询电话如下。

1.本指南由市民政局解释。"""


def parents(clauses: dict[str, Clause]) -> dict[str, str]:
    texts = {clause.clause_id: clause.text for clause in clauses.values()}
    return {locator: texts.get(clause.parent_id or "", "") for locator, clause in clauses.items()}


def test_items_are_parts_of_the_paragraph_that_leads_on_to_them() -> None:
    clauses = read(GUIDE)
    found = parents(clauses)
    assert found["一、1."] == found["一、2.第1段"] == "申请人应当提交以下材料："
    assert found["二、(一)第1段"] == found["二、(二)"] == "受理后10个工作日内办结："
    assert found["二、(一)1."] == found["二、(一)2."] == "以下渠道均可："
    assert found["三、1."] == "三、其他"
    assert clauses["一、1."].path == ("一、申请材料", "申请人应当提交以下材料：")
    assert clauses["二、(一)1.(2)"].path[-2:] == ("以下渠道均可：", "1.网上受理，分两步：")
    # What stands behind the list need not belong to it.
    assert clauses["一、2.第2段"].path[:2] == ("一、申请材料", "2.")


def test_a_list_takes_no_number_that_may_go_on_with_the_list_around_it() -> None:
    found = parents(
        read(
            "某市办法\n一、补贴\n1.岗位补贴。每人500元。\n2.社保补贴。每人300元。\n社保补贴申请条件如下：\n"
            "1.签订劳动合同；\n2.缴纳社会保险。\n3.培训补贴。每人1000元。"
        )
    )
    assert found["一、3."] == "一、补贴"
    assert found["一、2.第2段"] == "2.社保补贴。每人300元。"


def test_headings_are_no_items_of_the_paragraph_above_them() -> None:
    clauses = read(
        "某市方案\n一、目标\n到2025年，实现以下目标：\n（一）规模目标\n产值达到10亿元。\n（二）质量目标\n合格率达到99%。"
    )
    assert clauses["一、(一)"].kind == "heading"
    assert parents(clauses)["一、(一)"] == "一、目标"
