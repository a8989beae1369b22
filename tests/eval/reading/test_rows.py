from pathlib import Path

from eval.reading.examples import Document, Example, document_of
from eval.reading.rows import row_examples
from ingest.input_files import read_file
from ingest.parse import parse

GRANTS = (
    "一、资助标准\n类别\t资助标准\t申请期限\n"
    "发明专利\t每件8000元\t授权后6个月内\n实用新型\t每件1000元\t授权后3个月内\n外观设计\t每件500元\t—\n"
    "合计\t9500元\t无\n"
)
WINDOWS = "二、受理窗口\n区县\t地址\t电话\n枫渡区\t长堤路3号\t6120 4401\n泊湾区\t海棠路8号\t6120 4402\n"


def table_document(folder: Path, text: str, *, name: str = "grants.txt") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return document_of("own/grants", parse(read_file(path)))


def asked_of(folder: Path, text: str, *, name: str = "grants.txt") -> list[Example]:
    return list(row_examples(table_document(folder, text, name=name)))


def test_the_label_of_a_row_and_the_head_of_a_column_ask_for_a_cell(tmp_path: Path) -> None:
    answered = [each for each in asked_of(tmp_path, f"汀岚市专利资助办法\n{GRANTS}{WINDOWS}") if each.right]
    assert answered
    for each in answered:
        (marked,) = each.right
        ((start, end),) = marked.spans
        label, *values = marked.passage.text.split("\t")
        assert label in each.question
        assert marked.passage.text[start:end] in values
        assert marked.key not in {other.key for other in each.tempting}


def test_a_label_of_another_table_is_answered_by_no_row(tmp_path: Path) -> None:
    unanswered = [
        each for each in asked_of(tmp_path, f"汀岚市专利资助办法\n{GRANTS}{WINDOWS}") if not each.right
    ]
    assert unanswered
    for each in unanswered:
        labels = {marked.passage.text.split("\t")[0] for marked in each.tempting}
        assert labels
        assert not any(label in each.question for label in labels)


def test_a_label_under_which_another_table_has_such_a_cell_is_no_strange_one(tmp_path: Path) -> None:
    other = "二、软件\n名称\t标准\t窗口\n软件登记\t300元\t一楼\n集成电路\t2000元\t二楼\n"
    asked = asked_of(tmp_path, f"汀岚市专利资助办法\n{GRANTS}{other}")
    assert asked
    for each in asked:
        if not each.right:
            assert "标准" not in each.question


def test_a_row_does_not_answer_what_its_table_has_no_column_for(tmp_path: Path) -> None:
    labels = ("场景实验室", "示范工厂", "上云企业", "数据专员", "公共平台", "标杆场景")
    counted = "".join(f"{label}\t家\t{place + 5}\n" for place, label in enumerate(labels))
    table = f"一、指标\n指标名称\t单位\t2027年目标值\n{counted}"
    twins = [twin for each in asked_of(tmp_path, f"汀岚市数字规划\n{table}") for twin in each.twins]
    assert twins
    assert not any("什么时候" in twin for twin in twins)  # 2027年 stands in a head
    assert any("由哪个单位" in twin for twin in twins)  # the head of a measure is no organ
    said = "一、任务\n任务\t要求\t科室\n上云行动\t2027年12月建成，补助50万元\t市数据局\n"
    assert not any(each.twins for each in asked_of(tmp_path, f"汀岚市数字规划\n{said}"))
    grants = [twin for each in asked_of(tmp_path, f"汀岚市专利资助办法\n{GRANTS}") for twin in each.twins]
    assert grants
    assert not any("补多少" in twin or "什么时候" in twin for twin in grants)


def test_empty_cells_and_sums_are_not_asked_for(tmp_path: Path) -> None:
    for each in asked_of(tmp_path, f"汀岚市专利资助办法\n{GRANTS}"):
        assert "合计" not in each.question
        assert not ("外观设计" in each.question and "申请期限" in each.question)


def test_rows_that_are_called_alike_are_not_asked_for(tmp_path: Path) -> None:
    text = "汀岚市补贴办法\n类别\t标准\t期限\n城区\t每月100元\t一年\n城区\t每月200元\t两年\n"
    assert asked_of(tmp_path, text) == []


def test_a_merged_cell_is_asked_for_in_the_row_that_prints_it(tmp_path: Path) -> None:
    rows = (
        "<tr><td>类别</td><td>标准</td><td>部门</td></tr>"
        "<tr><td>发明专利</td><td>每件8000元</td><td rowspan=2>知识产权科</td></tr>"
        "<tr><td>实用新型</td><td>每件1000元</td></tr>"
    )
    page = f"<html><body><h1>汀岚市专利资助办法</h1><p>一、标准如下。</p><table>{rows}</table></body></html>"
    for each in asked_of(tmp_path, page, name="grants.html"):
        for marked in each.right:
            for start, end in marked.spans:
                assert 0 <= start < end <= len(marked.passage.text)
        assert "实用新型" not in each.question or "部门" not in each.question
