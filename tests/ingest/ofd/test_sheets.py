"""Whole OFD documents, printed and read back."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.paper.composition import HEADER_AGAIN
from ingest.parse import parse
from ingest.policy import Policy
from ingest.readers import read_content
from ingest.source import Block, SourceDocument

SAMPLES = ["01_gazette", "02_measure", "03_opinion", "04_subsidy", "05_expired", "06_plan_one_line"]
OFFICE = {"header": "栖湖区人民政府公报"}
CONVERTED = {"size": 10.5, "leading": 18, "page_number": "第 {} 页", "converted": True}

PrintOfd = Callable[..., bytes]
PackOfd = Callable[..., bytes]


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
            parts += [line.strip()] if line.strip() else []
    return parts


def _read(content: bytes, limits: Limits | None = None) -> SourceDocument:
    return read_content(content, "通知.ofd", limits or Limits())


def _bare(policies: tuple[Policy, ...]) -> list[tuple[str, str, str]]:
    return [
        (clause.kind, clause.locator, "".join(clause.text.split()))
        for policy in policies
        for clause in policy.clauses
    ]


def _blocks(document: SourceDocument, kind: str) -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("look", [OFFICE, CONVERTED], ids=["office", "converted"])
def test_a_printed_sample_gives_the_clauses_of_its_text(
    print_ofd: PrintOfd, name: str, look: dict[str, Any]
) -> None:
    document = _read(print_ofd(_parts(_sample(name)), **look))
    policies = parse(document)
    assert _bare(policies) == _bare(parse(read_content(_sample(name).encode(), f"{name}.txt")))
    reasons = {block.reason for block in _blocks(document, "chrome")}
    assert reasons - {HEADER_AGAIN} == {"page number", *(["header of the page"] if "header" in look else [])}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_clause_has_the_page_it_begins_on(
    print_ofd: PrintOfd, text_of_pages: Callable[..., list[str]], name: str
) -> None:
    parts = _parts(_sample(name))
    pages = text_of_pages(parts)
    clauses = [clause for policy in parse(_read(print_ofd(parts))) for clause in policy.clauses]
    found = [clause.page or 0 for clause in clauses]
    assert found[0] == 1 and found == sorted(found) and found[-1] <= len(pages)
    for clause in clauses:
        assert clause.text.split()[0][:4] in pages[(clause.page or 0) - 1]


def test_a_table_over_two_pages_is_one(print_ofd: PrintOfd) -> None:
    rows = [["序号", "重点任务", "责任单位"]]
    rows += [[str(number), f"完成第{number}项任务", "区财政局、区科技局"] for number in range(1, 51)]
    document = _read(print_ofd(["澄湖区重点任务分工表", rows]))
    (table,) = _blocks(document, "table")
    assert [document.text[cell.start : cell.end] for cell in table.cells if cell.column == 0] == [
        "序号",
        *map(str, range(1, 51)),
    ]
    assert {block.page for block in _blocks(document, "page")} == {1, 2}


def test_a_row_of_a_table_names_its_columns(print_ofd: PrintOfd) -> None:
    rows = [["序号", "任务", "牵头单位"], ["1", "建设平台", "区科技局"], ["2", "整治管网", "区水务局"]]
    (policy,) = parse(_read(print_ofd(["澄湖区重点任务分工表", rows])))
    table = [clause for clause in policy.clauses if clause.kind == "row"]
    assert [{cell.header: cell.value for cell in row.cells} for row in table[1:]] == [
        {"序号": "1", "任务": "建设平台", "牵头单位": "区科技局"},
        {"序号": "2", "任务": "整治管网", "牵头单位": "区水务局"},
    ]


def test_text_that_only_its_fonts_know_is_refused(pack_ofd: PackOfd) -> None:
    code = '<ofd:TextCode X="0" Y="5">{}</ofd:TextCode>'
    text = f'<ofd:TextObject Size="5" Boundary="20 20 90 9">{code}</ofd:TextObject>'
    known = pack_ofd(text.format("第一条 区财政局负责\ue000的拨付。"))
    assert "区财政局" in _read(known).text
    with pytest.raises(UnreadableFileError, match="on page 2, found signs that only its own fonts know"):
        _read(pack_ofd(text.format("第一条"), text.format("\ue000\ue001一\ue002")))


def test_too_many_cells_are_refused_with_the_setting(print_ofd: PrintOfd) -> None:
    content = print_ofd([[["序号", "任务"], *([str(number), "任务"] for number in range(20))]])
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__CELLS"):
        _read(content, Limits(cells=20))
