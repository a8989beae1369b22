from pathlib import Path

from eval.reading.examples import Document, document_of
from eval.reading.rows import row_examples
from ingest.input_files import read_file
from ingest.parse import parse

TABLES = """汀岚市专利资助办法
一、资助标准
类别\t资助标准\t申请期限
发明专利\t每件8000元\t授权后6个月内
实用新型\t每件1000元\t授权后3个月内
外观设计\t每件500元\t授权后3个月内
二、受理窗口
区县\t地址
枫渡区\t长堤路3号
泊湾区\t海棠路8号
"""


def table_document(folder: Path, text: str = TABLES) -> Document:
    path = folder / "grants.txt"
    path.write_text(text, encoding="utf-8")
    return document_of("own/grants", parse(read_file(path)))


def test_the_label_of_a_row_and_the_head_of_a_column_ask_for_a_cell(tmp_path: Path) -> None:
    answered = [each for each in row_examples(table_document(tmp_path)) if each.right]
    assert answered
    for each in answered:
        (marked,) = each.right
        ((start, end),) = marked.spans
        label = marked.passage.text.split("\t")[0]
        assert label in each.question
        assert marked.passage.text[start:end] in marked.passage.text.split("\t")[1:]
        assert marked.key not in {other.key for other in each.tempting}


def test_a_label_of_another_table_is_answered_by_no_row(tmp_path: Path) -> None:
    unanswered = [each for each in row_examples(table_document(tmp_path)) if not each.right]
    assert unanswered
    for each in unanswered:
        assert each.tempting
        labels = {marked.passage.text.split("\t")[0] for marked in each.tempting}
        assert not any(label in each.question for label in labels)


def test_rows_that_are_called_alike_are_not_asked_for(tmp_path: Path) -> None:
    text = "汀岚市补贴办法\n类别\t标准\n城区\t每月100元\n城区\t每月200元\n"
    assert list(row_examples(table_document(tmp_path, text))) == []
