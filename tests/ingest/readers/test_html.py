from pathlib import Path

import pytest

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.input_files import read_file
from ingest.limits import Limits
from ingest.parse import parse
from ingest.policy import Clause, Policy
from ingest.readers import read_content
from ingest.source import SourceDocument

DOCUMENT = """
<p>关于印发澄湖区办法的通知</p><p>各镇人民政府：</p>
<p>第一条 为了规范<b>补贴</b>
资金的管理，制定本办法。</p><p>第二条 区财政局负责资金的拨付，区科技局负责项目的审核，资金应当专款专用。</p>
<table><tr><th>序号</th><th>对象</th><th>标准</th></tr>
<tr><td>1</td><td rowspan="2">企业</td><td>10万元</td></tr><tr><td>2</td><td>20万元</td></tr></table>
"""
PAGE = f"""<!DOCTYPE html><html><head><title>关于印发澄湖区办法的通知 - 澄湖区人民政府</title>
<style>p {{}}</style></head><body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="crumbs">您现在的位置：首页 > 政务公开</div>
<div id="content">{DOCUMENT}</div>
<div class="related-news">相关阅读：<a href="/1">图解</a></div>
<div class="footer">版权所有：澄湖区人民政府</div><script>var a = "不显示";</script></body></html>"""


def _read(page: str, limits: Limits | None = None) -> SourceDocument:
    return read_content(page.encode(), "通知.html", limits or Limits())


def _only(document: SourceDocument) -> Policy:
    (policy,) = parse(document)
    return policy


def _bare(clauses: tuple[Clause, ...]) -> list[tuple[str, str]]:
    return [(clause.locator, "".join(clause.text.split())) for clause in clauses]


def test_what_stands_around_the_document_is_deleted_with_the_reason() -> None:
    policy = _only(_read(PAGE))
    assert policy.text.startswith("关于印发澄湖区办法的通知") and policy.text.endswith("20万元")
    reasons = {deletion.reason for deletion in policy.deletions}
    assert reasons == {"navigation of the web page", "related pages", "footer of the web page"}


def test_a_line_broken_in_the_markup_is_one_line_of_the_page() -> None:
    assert "为了规范补贴资金的管理" in _read(PAGE).text


def test_a_merged_cell_stands_in_every_row_it_covers() -> None:
    rows = [clause for clause in _only(_read(PAGE)).clauses if clause.kind == "row"]
    assert [{cell.header: cell.value for cell in row.cells} for row in rows[1:]] == [
        {"序号": "1", "对象": "企业", "标准": "10万元"},
        {"序号": "2", "对象": "企业", "标准": "20万元"},
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", ""),
        ("utf-8", '<meta charset="gbk">'),
        ("utf-16", ""),
    ],
)
def test_the_encoding_declared_or_not_makes_no_difference(encoding: str, declared: str) -> None:
    content = PAGE.replace("<head>", f"<head>{declared}").encode(encoding)
    assert read_content(content, "通知.htm", Limits()).text == _read(PAGE).text


def test_a_title_that_only_the_window_shows_is_the_first_line() -> None:
    page = PAGE.replace("<p>关于印发澄湖区办法的通知</p>", "")
    policy = _only(_read(page))
    assert policy.metadata.title == "关于印发澄湖区办法的通知"
    assert "name of the web site" in {deletion.reason for deletion in policy.deletions}


def test_a_table_that_lays_out_the_page_is_no_table_of_data() -> None:
    page = f"<body><table><tr><td>栏目</td><td>{DOCUMENT}</td></tr><tr><td>页脚</td><td>尾</td></tr></table>"
    document = _read(page)
    tables = [block for block in document.blocks if block.kind == "table"]
    assert [len(table.cells) for table in tables] == [8]


def test_a_page_of_too_many_nested_elements_is_refused() -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__ELEMENT_DEPTH"):
        _read("<body>" + "<div>" * 10_000 + "第一条 甲" + "</div>" * 10_000)


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="expected a web page"):
        _read("<!-- -->")


def test_a_page_gives_the_clauses_of_its_text(corpus: Path) -> None:
    compared = 0
    for path in sorted((corpus / "corpus" / "html").glob("*.html")):
        page = _only(read_file(path))
        text = _only(read_file(corpus / "corpus" / "policies" / f"{path.stem}.txt"))
        if "".join(page.text.split()) != "".join(text.text.split()):
            continue  # a fragment saved without its title
        if any(clause.kind == "row" for clause in page.clauses):
            continue  # the text has lost which cells make a row
        compared += 1
        assert _bare(page.clauses) == _bare(text.clauses), path.name
    assert compared >= 5
