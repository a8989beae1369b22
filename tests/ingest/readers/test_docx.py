"""Word documents: made by python-docx, with the parts it does not write added by hand."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.input_files import read_file
from ingest.limits import Limits
from ingest.numerals import chinese_to_int
from ingest.parse import parse
from ingest.policy import Policy
from ingest.readers import read_content
from ingest.source import SourceDocument

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _read(content: bytes, limits: Limits | None = None) -> SourceDocument:
    return read_content(content, "通知.docx", limits or Limits())


def _numbered(levels: list[tuple[str, str]], paragraphs: list[tuple[int, str]]) -> bytes:
    """A document whose paragraphs (level, text) are in one automatic list of levels (format, text)."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (number_format, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{inner}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in paragraphs:
        _in_list(document.add_paragraph(text), level)
    return _saved(document)


def _in_list(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
    )


def test_list_numbers_are_printed_as_word_prints_them() -> None:
    content = _numbered(
        [("chineseCountingThousand", "第%1条　"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
        [(0, "甲。"), (1, "乙；"), (1, "丙；"), (2, "丁。"), (0, "戊。"), (1, "己。")],
    )
    assert _read(content).text.splitlines() == [
        "第一条　甲。",
        "（一）乙；",
        "（二）丙；",
        "1.丁。",
        "第二条　戊。",
        "（一）己。",
    ]


def test_a_hundred_and_first_article_is_counted_in_chinese() -> None:
    content = _numbered([("chineseCountingThousand", "第%1条　")], [(0, "甲。")] * 101)
    assert _read(content).text.splitlines()[-1] == "第一百零一条　甲。"


def test_a_merged_cell_stands_in_every_row_and_column_it_covers() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for place, text in enumerate(["序号", "单位", "任务", "1", "区科技局", "甲", "2", "", "乙"]):
        table.cell(place // 3, place % 3).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    policy = parse(_read(_saved(document)))[0]
    rows = [clause for clause in policy.clauses if clause.kind == "row"]
    assert [{cell.header: cell.value for cell in row.cells} for row in rows[1:]] == [
        {"序号": "1", "单位": "区科技局", "任务": "甲"},
        {"序号": "2", "单位": "区科技局", "任务": "乙"},
    ]


def test_headings_notes_and_text_boxes_are_read() -> None:
    document = docx.Document()
    document.add_heading("总体要求", level=1)
    paragraph = document.add_paragraph("区科技局牵头。")
    box = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(box))
    document_read = _read(_saved(document))
    assert document_read.text.split() == ["总体要求", "区科技局牵头。", "框内文字"]
    (heading,) = (block for block in document_read.blocks if block.kind == "heading")
    assert (document_read.text[heading.start : heading.end], heading.level) == ("总体要求", 1)


def test_a_deletion_is_not_shown_and_an_insertion_is() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("奖励")
    for kind, text, tag in (("w:del", "10万元", "w:delText"), ("w:ins", "20万元", "w:t")):
        change, run, words = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    assert _read(_saved(document)).text == "奖励20万元\n"
    assert qn("w:del") in [each.tag for each in paragraph._p]


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _nested(depth: int) -> bytes:
    inner = "<w:sdt><w:sdtContent>" * depth + "<w:p/>" + "</w:sdtContent></w:sdt>" * depth
    return f'<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'.encode()


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (lambda: b"no zip", UnreadableFileError, "expected a Word document"),
        (lambda: _zip({"a.txt": b"1"}), UnreadableFileError, "found no word/document.xml"),
        (lambda: _zip({"word/document.xml": b"<a><b></a>"}), UnreadableFileError, "document.xml is damaged"),
        (lambda: _saved(docx.Document())[-4000:], UnreadableFileError, "damaged|expected a Word document"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), UnreadableFileError, "old Word document"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            PasswordError,
            "password",
        ),
        (lambda: _zip({"word/document.xml": _nested(5000)}), LimitExceededError, "ELEMENT_DEPTH"),
        (lambda: _zip({"word/document.xml": bytes(2000)}), LimitExceededError, "UNPACKED_BYTES"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_remedy(
    content: Callable[[], bytes], error: type[Exception], said: str
) -> None:
    limits = Limits(unpacked_bytes=1000) if said == "UNPACKED_BYTES" else Limits()
    with pytest.raises(error, match=said):
        _read(content(), limits)


def _paragraphs(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        if line.strip():
            document.add_paragraph(line.strip())
    return _saved(document)


def _bare(policy: Policy) -> list[tuple[str, str, str]]:
    return [(clause.kind, clause.locator, "".join(clause.text.split())) for clause in policy.clauses]


@pytest.mark.parametrize("name", ["02_measure", "03_opinion", "04_subsidy", "05_expired"])
def test_a_sample_gives_the_same_clauses_as_its_text(name: str) -> None:
    path = Path(__file__).parents[3] / "ingest" / "samples" / f"{name}.txt"
    text = read_file(path).text
    from_text = parse(read_file(path))
    from_word = parse(_read(_paragraphs(text)))
    assert [_bare(policy) for policy in from_word] == [_bare(policy) for policy in from_text]


def test_the_articles_of_real_documents_are_all_there(corpus: Path) -> None:
    read = 0
    for path in sorted((corpus / "corpus" / "docx").glob("*.docx")):
        document = read_file(path)
        (policy,) = parse(document)
        numbers = [
            chinese_to_int(clause.number[1:-1])
            for clause in policy.clauses
            if clause.kind == "article" and re.fullmatch("第[一二三四五六七八九十百零]+条", clause.number)
        ]
        assert numbers == list(range(1, len(numbers) + 1)), path.name
        with zipfile.ZipFile(path) as archive:
            words = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", archive.read("word/document.xml").decode())
        printed = "".join("".join(words).split())
        held = "".join(document.text.split())
        # What Word counts stands in the text only; the words themselves are all there, in order.
        characters = iter(held)
        assert all(character in characters for character in _unescaped(printed)), path.name
        read += 1
    assert read == 19


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
