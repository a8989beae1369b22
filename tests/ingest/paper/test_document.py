"""Whole documents, printed and read back."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from importlib.resources import files
from typing import Any

import pytest

from ingest.errors import LimitExceededError
from ingest.limits import Limits
from ingest.parse import parse
from ingest.policy import Clause
from ingest.readers import read_content
from ingest.source import Block, SourceDocument

SAMPLES = [
    "01_gazette",
    "02_measure",
    "03_opinion",
    "04_subsidy",
    "05_expired",
    "06_plan_one_line",
]
TABLE = [
    ["序号", "重点任务", "责任单位"],
    *([str(number), f"完成第{number}项任务", "区财政局、区科技局"] for number in range(1, 41)),
]

PrintPdf = Callable[..., bytes]


def _sample(name: str) -> str:
    return (files("ingest.samples") / f"{name}.txt").read_text("utf-8")


def _parts(text: str) -> list[Any]:
    """The paragraphs, and the tables as lists of rows; the samples print a cell a line after a TAB."""
    parts: list[Any] = []
    row: list[str] = []
    for line in text.splitlines():
        if line.startswith("\t"):
            if not row:
                if not (parts and isinstance(parts[-1], list)):
                    parts.append([])
                parts[-1].append(row)
            row.append(line.strip())
        else:
            row = []
            # The typeface has no glyph for a space that must not be broken at.
            parts += [line.strip().replace("\xa0", "\u3000")] if line.strip() else []
    return parts


def _read(content: bytes, name: str = "通知.pdf") -> SourceDocument:
    return read_content(content, name, Limits())


def _clauses(document: SourceDocument) -> list[tuple[str, str]]:
    return [
        (clause.locator, "".join(clause.text.split()))
        for policy in parse(document)
        for clause in policy.clauses
    ]


def _blocks(document: SourceDocument, kind: str) -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


def _words(document: SourceDocument, block: Block) -> str:
    return document.text[block.start : block.end].strip()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    "look", [{"header": "栖湖区人民政府公报"}, {"size": 10.5, "leading": 18, "page_number": "第 {} 页"}]
)
def test_a_printed_document_gives_the_clauses_of_its_text(
    print_pdf: PrintPdf, name: str, look: dict[str, Any]
) -> None:
    document = _read(print_pdf(_parts(_sample(name)), **look))
    assert _clauses(document) == _clauses(read_content(_sample(name).encode(), f"{name}.txt"))
    reasons = {block.reason for block in _blocks(document, "chrome")}
    assert "page number" in reasons and ("header of the page" in reasons) == ("header" in look)


@pytest.mark.parametrize("name", ["02_measure", "04_subsidy"])
def test_paragraphs_that_are_not_set_in_are_told_apart(print_pdf: PrintPdf, name: str) -> None:
    document = _read(print_pdf(_parts(_sample(name)), first_line=0))
    assert _clauses(document) == _clauses(read_content(_sample(name).encode(), f"{name}.txt"))


def test_a_paragraph_that_runs_over_the_page_break_is_whole_and_its_pages_are_told(
    print_pdf: PrintPdf,
) -> None:
    long = (
        "第一条 " + "区科技局负责项目的审核和资金的拨付，并对使用情况进行监督检查，" * 40 + "结果向社会公布。"
    )
    document = _read(print_pdf(["澄湖区资金管理办法", long, "第二条 本办法自印发之日起施行。"]))
    (policy,) = parse(document)
    clause = next(clause for clause in policy.clauses if clause.locator == "第一条")
    assert "".join(clause.text.split()) == "".join(long.split())
    assert [block.page for block in _blocks(document, "page")] == [1, 2, 3]
    assert [deletion.reason for deletion in policy.deletions] == ["page number"] * 3


def test_a_wrapped_title_in_large_type_is_one_line(print_pdf: PrintPdf) -> None:
    title = "栖湖区人民政府关于印发《栖湖区公共技术服务平台管理办法》的通知"
    document = _read(print_pdf([title, *_parts(_sample("02_measure"))[3:]], title_lines=1))
    assert document.text.startswith(f"{title}\n")


def test_a_table_over_a_page_break_goes_on_without_its_repeated_header(print_pdf: PrintPdf) -> None:
    document = _read(print_pdf(["附件", "任务分解表", TABLE]))
    (table,) = _blocks(document, "table")
    rows = [
        [document.text[cell.start : cell.end] for cell in table.cells if cell.row == row] for row in range(41)
    ]
    assert rows == TABLE
    assert table.header_rows == 1
    repeated = [block for block in _blocks(document, "chrome") if block.reason.startswith("table header")]
    assert [_words(document, block) for block in repeated] == ["序号\t重点任务\t责任单位"]


def test_merged_cells_stand_once_with_what_they_cover(print_pdf: PrintPdf) -> None:
    rows = [
        ["类别", "标准", ""],
        ["", "首次", "再次"],
        ["设备", "100万元", "50万元"],
        ["", "每家不超过两次", ""],
    ]
    spans = [
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (0, 2), (0, 3)),
        ("SPAN", (1, 3), (2, 3)),
    ]
    document = _read(print_pdf(["补贴标准表", rows], spans=spans))
    (table,) = _blocks(document, "table")
    found = [
        (document.text[cell.start : cell.end], cell.row, cell.column, cell.row_span, cell.column_span)
        for cell in table.cells
    ]
    assert found == [
        ("类别", 0, 0, 2, 1),
        ("标准", 0, 1, 1, 2),
        ("首次", 1, 1, 1, 1),
        ("再次", 1, 2, 1, 1),
        ("设备", 2, 0, 2, 1),
        ("100万元", 2, 1, 1, 1),
        ("50万元", 2, 2, 1, 1),
        ("每家不超过两次", 3, 1, 1, 2),
    ]


def test_too_many_cells_are_refused(print_pdf: PrintPdf) -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__CELLS"):
        read_content(print_pdf(["任务分解表", TABLE]), "通知.pdf", Limits(cells=100))


def test_a_table_is_not_read_twice(print_pdf: PrintPdf) -> None:
    document = _read(print_pdf(["任务分解表", TABLE]))
    assert document.text.count("完成第17项任务") == 1


def test_every_character_printed_is_in_the_text_once(print_pdf: PrintPdf) -> None:
    parts = _parts(_sample("03_opinion"))
    document = _read(print_pdf(parts, page_number="第 {} 页"))
    kept = document.text
    for block in reversed(_blocks(document, "chrome")):
        kept = kept[: block.start] + kept[block.end :]
    printed = "".join(
        part if isinstance(part, str) else "".join("".join(row) for row in part) for part in parts
    )
    assert "".join(kept.split()) == "".join(printed.split())


def test_blocks_of_a_kind_are_in_order_and_pages_cover_the_text(print_pdf: PrintPdf) -> None:
    document = _read(print_pdf(_parts(_sample("03_opinion"))))
    for kind in ("page", "table", "chrome"):
        ends = [0, *(block.end for block in _blocks(document, kind))]
        assert all(block.start >= end for block, end in zip(_blocks(document, kind), ends, strict=False))
    assert sum(page.end - page.start for page in _blocks(document, "page")) == len(document.text)


def test_a_scan_gives_the_clauses_of_the_print(print_pdf: PrintPdf, scan: Any, bind: Any) -> None:
    parts = _parts(_sample("03_opinion"))
    printed = print_pdf([*parts[8:11], parts[-1][:5]], page_number="— {} —")
    scanned = _read(bind(scan(printed)))
    wanted = _read(printed)
    assert all(page.read_by_ocr for page in _blocks(scanned, "page"))
    assert [locator for locator, _ in _clauses(scanned)] == [locator for locator, _ in _clauses(wanted)]
    assert _likeness(scanned.text, wanted.text) >= 0.97
    (clause, *_) = (clause for policy in parse(scanned) for clause in policy.clauses)
    assert isinstance(clause, Clause) and clause.read_by_ocr


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, re.sub(r"\s", "", one), re.sub(r"\s", "", other), autojunk=False)
    return matcher.ratio()
