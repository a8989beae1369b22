"""Line breaks of the printed page, in text files copied from there."""

import pytest

from ingest.cleaning import clean
from ingest.parse import parse
from ingest.printed_lines import is_printed, joints
from ingest.source import CleanText, SourceDocument, source_offset

PRINTED = """澄湖市养老服务设施管理办法

  第一条  为了规范养老服务设施的规划、建设和使用，
满足老年人的服务需求，根据有关法律、法规的规定，结
合本市实际，制定本办法。
  第二条  本办法所称养老服务设施，包括下列场所：
  （一）养老院；
  （二）由街道办事处设立、向周边老年人提供助餐和日
间照料的服务站；
  （三）农村幸福院。
  第三条  市民政部门负责指导全市养老服务设施的管理
工作。市财政部门对每年考核合格的设施给予运营补助，补
助标准为每张床位 2000元；连续两年考核不合格的，按照
第九条的规定处理。
  区人民政府应当把养老服务设施建设纳入年度工作计划，

- 1 -
 并在每年3月底前向社会公布上一年度的完成情况，接受监
督。
  第四条  设施的运营单位应当建立老年人健康档案，配
备急救药品和设备，并对护理人员每年至少进行两次培训。
  运营单位不得泄露老年人的个人信息。
  第五条  任何单位和个人不得擅自改变养老服务设施的
用途；确需改变的，应当报市民政部门同意，并就近补建不
少于原有面积的设施。

- 2 -
   违反前款规定的，由区民政部门责令限期改正；逾期不
改正的，处1万元以上3万元以下的罚款。
  第六条  本办法自2031年1月1日起施行。

- 3 -
澄湖市民政局
2030年11月5日
"""
LONG_LINES = """澄湖市助餐补贴通知
第一条 为了方便老年人就餐，市民政局对助餐点给予补贴，补贴按照实际就餐人次计算。
第二条 补贴标准为每人次三元，由区财政局按季度拨付到助餐点的账户。
一、申请材料
营业执照复印件
食品经营许可证复印件
场地租赁合同或者产权证明
从业人员健康证明
第三条 助餐点应当公示菜单和价格，接受就餐老人的监督，每年向民政部门报告一次。
"""
ROSTER = "澄湖市协调小组成员名单\n" + "\n".join(
    f"{name}  市{unit}局党组成员、副局长，市{unit}局机关党委书记"
    for name in ("甲某一", "乙某二", "丙某三", "丁某四", "戊某五", "己某六", "庚某七", "辛某八")
    for unit in ("教育", "商务", "财政", "水务")
)


def _document(text: str) -> SourceDocument:
    return SourceDocument(name="a.txt", sha256="a" * 64, text=text)


def _clauses(text: str) -> list[str]:
    (policy,) = parse(_document(text))
    return [clause.text for clause in policy.clauses]


def _holds_the_map(cleaned: CleanText, source: str) -> bool:
    return all(
        character == source[source_offset(cleaned.segments, place)] or character.isspace()
        for place, character in enumerate(cleaned.text)
    )


@pytest.mark.parametrize(
    "clause",
    [
        "第一条 为了规范养老服务设施的规划、建设和使用，满足老年人的服务需求，"
        "根据有关法律、法规的规定，结合本市实际，制定本办法。",
        "（一）养老院；",
        "（二）由街道办事处设立、向周边老年人提供助餐和日间照料的服务站；",
        "第三条 市民政部门负责指导全市养老服务设施的管理工作。市财政部门对每年考核合格的设施给予运营补助，"
        "补助标准为每张床位 2000元；连续两年考核不合格的，按照第九条的规定处理。",
        "区人民政府应当把养老服务设施建设纳入年度工作计划，并在每年3月底前向社会公布上一年度的完成情况，接受监督。",
        "第四条 设施的运营单位应当建立老年人健康档案，配备急救药品和设备，并对护理人员每年至少进行两次培训。",
        "运营单位不得泄露老年人的个人信息。",
        "违反前款规定的，由区民政部门责令限期改正；逾期不改正的，处1万元以上3万元以下的罚款。",
        "第六条 本办法自2031年1月1日起施行。",
        "澄湖市民政局",
        "2030年11月5日",
    ],
)
def test_the_printed_lines_of_a_paragraph_become_one_clause(clause: str) -> None:
    assert clause in _clauses(PRINTED)


def test_a_blank_line_behind_each_line_changes_nothing() -> None:
    assert _clauses(PRINTED.replace("\n", "\n\n")) == _clauses(PRINTED)
    assert _clauses(PRINTED.replace("\n", "\r\n")) == _clauses(PRINTED)


def test_only_line_breaks_and_page_numbers_go_and_the_map_holds() -> None:
    cleaned = clean(_document(PRINTED))
    cut = [PRINTED[cut.start : cut.end] for cut in cleaned.deletions]
    assert cut == ["- 1 -", "- 2 -", "- 3 -"]
    assert "".join(cleaned.text.split()) == "".join(
        PRINTED.replace("- 1 -", "").replace("- 2 -", "").replace("- 3 -", "").split()
    )
    assert _holds_the_map(cleaned, PRINTED)


def test_marks_of_markdown_in_printed_lines_go_too() -> None:
    marked = PRINTED.replace("  第", "## 第").replace(
        "澄湖市养老服务设施管理办法", "**澄湖市养老服务设施管理办法**"
    )
    assert _clauses(marked) == _clauses(PRINTED)


def test_latin_words_keep_a_space_between_them() -> None:
    printed = PRINTED.replace("规划、建设和使用，\n", "规划、建设 smart\ncare ")
    assert "建设 smart care 满足" in clean(_document(printed)).text


@pytest.mark.parametrize("text", [LONG_LINES, ROSTER, "", "澄湖市民政局\n2030年11月5日"])
def test_other_texts_keep_their_lines(text: str) -> None:
    assert not is_printed(text)
    assert joints(text) == ()


def test_a_table_among_printed_lines_keeps_its_rows() -> None:
    table = (
        "设施名称          床位数          补助金额（万元）\n东山养老院          一百二十          二十四\n"
    )
    assert (
        "东山养老院 一百二十 二十四\n"
        in clean(_document(PRINTED.replace("  第六条", table + "  第六条"))).text
    )
