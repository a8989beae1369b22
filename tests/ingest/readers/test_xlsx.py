"""Workbooks, made by openpyxl."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.parse import parse
from ingest.policy import Clause
from ingest.readers import read_content


def _workbook(sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _rows(content: bytes, limits: Limits | None = None) -> list[Clause]:
    (policy,) = parse(read_content(content, "任务.xlsx", limits or Limits()))
    return [clause for clause in policy.clauses if clause.kind == "row"]


def _cells(clause: Clause) -> dict[str, str]:
    return {cell.header: cell.value for cell in clause.cells}


def test_each_row_is_a_clause_with_its_headers() -> None:
    content = _workbook(
        {
            "分工": [
                ["澄湖区重点任务分工表"],
                ["序号", "任务", "牵头单位", "时限", "金额（万元）"],
                [1, "建设平台", "区科技局", datetime(2026, 5, 31), 12.0],
                [2, "整治管网", "区水务局", datetime(2026, 6, 30), 3.5],
                ["注：金额为年度预算。"],
            ]
        },
        merged=("A1:E1",),
    )
    header, first, second = _rows(content)
    assert header.locator.endswith("表头")
    assert _cells(first) == {
        "序号": "1",
        "任务": "建设平台",
        "牵头单位": "区科技局",
        "时限": "2026-05-31",
        "金额（万元）": "12",
    }
    assert _cells(second)["金额（万元）"] == "3.5"
    (policy,) = parse(read_content(content, "任务.xlsx", Limits()))
    assert policy.metadata.title == "澄湖区重点任务分工表"
    assert policy.clauses[-1].text == "注：金额为年度预算。"
    assert {(fact.value("unit"), fact.value("role")) for fact in policy.facts if fact.kind == "duty"} == {
        ("区科技局", "牵头"),
        ("区水务局", "牵头"),
    }


def test_a_merged_cell_stands_in_every_row_it_covers() -> None:
    rows = [["领域", "任务"], ["创新", "甲"], [None, "乙"]]
    _, first, second = _rows(_workbook({"表": rows}, merged=("A2:A3",)))
    assert (_cells(first), _cells(second)) == (
        {"领域": "创新", "任务": "甲"},
        {"领域": "创新", "任务": "乙"},
    )


def test_sheets_are_headed_where_there_are_several() -> None:
    table = [["任务", "单位"], ["建设平台", "区科技局"]]
    (policy,) = parse(
        read_content(_workbook({"一季度": table, "二季度": table, "空": []}), "a.xlsx", Limits())
    )
    assert [clause.text for clause in policy.clauses if clause.kind in {"title", "heading"}] == [
        "一季度",
        "二季度",
    ]


def test_what_is_no_workbook_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="expected a workbook"):
        read_content(b"no workbook", "a.xlsx", Limits())


def test_too_many_cells_are_refused_with_the_setting() -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__CELLS"):
        _rows(_workbook({"表": [["a", "b"], ["c", "d"]]}), Limits(cells=3))
