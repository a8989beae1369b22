"""What is embedded, and what counts as substance."""

from dataclasses import replace

import pytest

from ingest.policy import Cell, Clause, ClauseKind
from vectorstore.context import context_of, is_substantive

CLAUSE = Clause(
    clause_id="p.0",
    policy_id="p",
    position=0,
    parent_id=None,
    kind="item",
    number="(一)",
    heading="",
    path=("二、重点任务", "(一)强化投入"),
    locator="二、(一)第1段",
    start=0,
    end=8,
    text="年均增长\n 15%。",
)


def test_context_is_title_and_headings_before_the_clause() -> None:
    assert context_of(CLAUSE, "行动方案") == "《行动方案》 二、重点任务 (一)强化投入\n年均增长 15%。"


def test_a_title_at_the_head_of_the_path_stands_there_once() -> None:
    clause = replace(CLAUSE, path=("行动方案", "二、重点任务"))
    assert context_of(clause, "行动方案").startswith("《行动方案》 二、重点任务\n")


@pytest.mark.parametrize("kind", ["title", "meta", "heading"])
def test_headings_have_no_substance(kind: ClauseKind) -> None:
    assert not is_substantive(replace(CLAUSE, kind=kind))


def test_the_header_of_a_table_has_no_substance_and_its_rows_have() -> None:
    header = Cell(header="责任单位", value="责任单位", start=0, end=4)
    row = replace(header, value="区财政局")
    assert not is_substantive(replace(CLAUSE, kind="row", cells=(header,)))
    assert is_substantive(replace(CLAUSE, kind="row", cells=(row,)))
    assert is_substantive(replace(CLAUSE, kind="row"))
