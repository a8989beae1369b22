"""Tables as data: how they are printed, which cells come out."""

from ingest.outline import outline
from ingest.policy import Clause


def rows(text: str) -> dict[str, Clause]:
    return {clause.locator: clause for clause in outline(text, policy_id="p") if clause.kind == "row"}


def cells(clause: Clause) -> dict[str, str]:
    return {cell.header: cell.value for cell in clause.cells}


def flattened(cells_in_order: str, *, gap: bool = False) -> str:
    return ("\n\n" if gap else "\n").join(cells_in_order.split())


FLAT = "某区方案\n\n一、目标\n\n主要指标\n\n" + flattened(
    "序号 指标 类型 指标名称 单位 2021年 实际值 2025年 目标值 "
    "1 综合 指标 甲类企业的比重 % 55.4* 65 2 乙类企业的比重 % 2 3 "
    "3 产出 指标 丙类企业 4 5 4 技术合同成交额 亿元 4 6",
    gap=True,
)


def test_a_table_flattened_to_one_cell_a_line_is_rebuilt_where_numbers_prove_it() -> None:
    found = rows(FLAT + "\n\n注:加*号为2020年数据\n\n二、任务\n\n抓落实。")
    assert list(found) == ["一、表头", "一、第1行", "一、第2行", "一、第3行", "一、第4行"]
    assert cells(found["一、第2行"]) == {
        "序号": "2",
        "指标类型": "综合指标",
        "指标名称": "乙类企业的比重",
        "单位": "%",
        "2021年实际值": "2",
        "2025年目标值": "3",
    }
    assert "单位" not in cells(found["一、第3行"])
    assert found["一、第4行"].number == "4"


def test_the_note_and_the_caption_of_a_table_are_clauses_of_their_own() -> None:
    text = FLAT + "\n\n注:加*号为2020年数据\n\n二、任务\n\n抓落实。"
    clauses = {clause.locator: clause for clause in outline(text, policy_id="p")}
    assert clauses["一、表题"].text == "主要指标"
    assert clauses["一、注"].kind == "note"
    assert clauses["二、第1段"].text == "抓落实。"


def test_a_header_row_repeats_its_cells_as_values() -> None:
    header = rows(FLAT)["一、表头"]
    assert header.cells
    assert all(cell.header == cell.value for cell in header.cells)


def test_rows_of_cells_with_leading_tabs_are_parted_by_blank_lines() -> None:
    found = rows(
        "某区意见\n一、要求\n做好工作。\n附件2\n\n责任清单\n\t序号\n\t任务\n\t责任单位\n\n\t1\n\t增强能力\n\t区科技局\n\n\t10\n\t放大作用\n\t区财政局"
    )
    assert cells(found["附件2 第10行"]) == {"序号": "10", "任务": "放大作用", "责任单位": "区财政局"}
    assert "附件2 表头" in found


def test_rows_with_tabs_between_their_cells_are_read() -> None:
    found = rows("某市办法\n一、标准\n病种\t限额\t有效期\n甲\t200元\t长期\n乙\t300元\t两年")
    assert cells(found["一、第2行"]) == {"病种": "乙", "限额": "300元", "有效期": "两年"}


def test_a_merged_cell_stands_in_every_row_it_covers() -> None:
    text = "某区方案\n一、任务\n" + flattened(
        "序号 领域 任务 单位名称 1 创新 建平台 甲局 2 引人才 乙局 3 金融 贷款 丙局"
    )
    assert cells(rows(text)["一、第2行"])["领域"] == "创新"


def test_columns_that_cannot_be_proven_leave_the_rows_as_text() -> None:
    text = "某区方案\n一、任务\n" + flattened(
        "序号 任务 要点 单位 时限 1 甲任务 乙局 2 丙任务 丁点 戊点 己局 年底 3 辛任务 壬局"
    )
    found = rows(text)
    assert found["一、第2行"].text == "2\n丙任务\n丁点\n戊点\n己局\n年底"
    assert all(not clause.cells for locator, clause in found.items() if locator != "一、表头")


def test_paragraphs_indented_by_tabs_are_no_table() -> None:
    assert not rows("某公告\n\t第一条 甲。\n\t第二条 乙。\n\n\t某局\n\t2018年6月6日")
