"""Breaks around lone numbers and Latin words."""

from ingest.cleaning import clean
from ingest.parse import parse
from ingest.soft_breaks import soft_breaks
from ingest.source import SourceDocument

BROKEN = """澄湖区科技创新办法
澄政发〔
2024
〕
3
号
第
1
条 为了创新，到
2025
年底前建成
5
家平台，投入达到
2.5
%
以上。
第
2
条 对获得
R&D
认定的企业，最高奖励
50
万元。
第
3
条 本办法自
2024
年
5
月
1
日起施行，有效期
3
年。"""
TABLE = "序号\n指标\n单位\n数值\n" + "\n".join(
    f"{row}\n指标{row}的名称\n家\n{row * 10}" for row in range(1, 12)
)


def _document(text: str) -> SourceDocument:
    return SourceDocument(name="a.txt", sha256="a" * 64, text=text)


def test_numbers_on_lines_of_their_own_are_put_back_into_their_sentences() -> None:
    (policy,) = parse(_document(BROKEN))
    assert policy.metadata.document_number == "澄政发〔2024〕3号"
    assert str(policy.metadata.expires_on) == "2027-04-30"
    texts = {clause.locator: clause.text for clause in policy.clauses}
    assert texts["第1条"] == "第1条 为了创新，到2025年底前建成5家平台，投入达到2.5%以上。"
    assert texts["第2条"] == "第2条 对获得R&D认定的企业，最高奖励50万元。"


def test_only_white_space_goes() -> None:
    cleaned = clean(_document(BROKEN))
    assert "".join(cleaned.text.split()) == "".join(BROKEN.split())
    assert not cleaned.deletions


def test_a_table_printed_one_cell_a_line_keeps_its_cells() -> None:
    assert soft_breaks(TABLE) == ()


def test_a_few_numbers_on_lines_of_their_own_are_left() -> None:
    assert soft_breaks("第一条 甲，乙。\n2025\n年度，计划如下。") == ()
