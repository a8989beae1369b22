"""What holds for every text, printed by officials or by nobody."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cleaning import clean
from ingest.outline import outline
from ingest.source import SourceDocument

FRAGMENTS = (
    "一、", "二、总体要求", "(一)", "（二）目标。", "1.", "2，", "3．", "(1)", "①", "1.1 ",
    "第一条", "第二条 ", "第一章 总则", "第三条规定", "目录", "附件1", "附件：", "序号", "1", "2", "%",
    "组 长：甲 乙 局长", "注：", "\t", "\n", "\n\n", " ", "。", "；", "：", "各有关单位：",
    "2023年7月21日", "某区人民政府", "关于印发《办法》的通知", "为贯彻落实精神，制定本方案。",
    "牵头单位:甲局", "a", "中",
)  # fmt: skip
printed = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)


def assert_nothing_is_lost(text: str) -> None:
    clauses = outline(text, policy_id="p")
    end = 0
    for position, clause in enumerate(clauses):
        assert clause.position == position
        assert clause.start >= end
        assert not text[end : clause.start].strip()
        assert clause.text == text[clause.start : clause.end]
        assert clause.text.strip()
        for cell in clause.cells:
            assert "".join(text[cell.start : cell.end].split()) == "".join(cell.value.split())
        end = clause.end
    assert not text[end:].strip()
    assert len({clause.locator for clause in clauses}) == len(clauses)
    ids = [clause.clause_id for clause in clauses]
    assert all(clause.parent_id in {None, *ids[: clause.position]} for clause in clauses)


@settings(max_examples=300, deadline=None)
@given(printed | st.text(max_size=300))
def test_clauses_give_back_the_text(text: str) -> None:
    assert_nothing_is_lost(text)


@settings(max_examples=50, deadline=None)
@given(printed)
def test_the_outline_is_deterministic(text: str) -> None:
    assert outline(text, policy_id="p") == outline(text, policy_id="p")


@pytest.mark.parametrize(
    "fragment", ["(一)", "序号\n1\n", "1\t2\n", "\t一\n\n", "附件1\n", "目录\n", "。1.", "一、"]
)
def test_time_does_not_explode_on_repeated_fragments(fragment: str) -> None:
    began = time.perf_counter()
    outline(fragment * (40_000 // len(fragment)), policy_id="p")
    assert time.perf_counter() - began < 10


def test_clauses_give_back_every_text_of_the_corpus(corpus: Path) -> None:
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(corpus.glob("corpus/*/*.txt"))
    ]
    notices = (corpus / "benchmarks/ncp/docs.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in notices]
    assert len(texts) > 500
    for text in texts:
        assert_nothing_is_lost(clean(SourceDocument(name="x.txt", sha256="0" * 64, text=text)).text)
