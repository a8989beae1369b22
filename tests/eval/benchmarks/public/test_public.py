"""The published sets: their measures, and what is read of their files."""

import json
from pathlib import Path

import pytest

from eval.benchmarks.public.legal_dc import legal_cases, shares
from eval.benchmarks.public.ncp import ncp_cases, write_ncp_documents


def test_a_gold_clause_counts_where_it_stands_within_the_first_characters() -> None:
    texts = ["甲" * 400, "乙" * 200, "丙" * 1_000]
    assert shares(texts, ["甲" * 400]) == (1.0, 1.0, 1.0)
    assert shares(texts, ["乙" * 200]) == (pytest.approx(0.5), 1.0, 1.0)
    assert shares(texts, ["丁"]) == (0.0, 0.0, 0.0)


def test_a_gold_clause_over_several_results_counts_by_its_characters() -> None:
    assert shares(["第一款甲", "第二款乙"], ["第一款甲第二款乙第三款丙"]) == (pytest.approx(8 / 12),) * 3


def test_cases_and_documents_are_read_from_the_folder_of_the_set(tmp_path: Path) -> None:
    ncp, legal = tmp_path / "benchmarks/ncp", tmp_path / "benchmarks/legal_dc"
    ncp.mkdir(parents=True)
    legal.mkdir(parents=True)
    question = {"id": "a", "docid": "n1", "question": "补多少？", "answer": "5万元", "verbatim": True}
    (ncp / "questions.jsonl").write_text(json.dumps(question) + "\n", "utf-8")
    (ncp / "docs.jsonl").write_text(json.dumps({"docid": "n1", "text": "补5万元。"}) + "\n", "utf-8")
    law = {"qid": 1, "query": "谁负责？", "title": "云桥条例", "document": ["第一条 由\n区政府负责。"]}
    (legal / "questions.jsonl").write_text(json.dumps(law) + "\n", "utf-8")
    write_ncp_documents(tmp_path, tmp_path / "out")
    assert [(case.document, case.answer) for case in ncp_cases(tmp_path)] == [("n1", "5万元")]
    assert (tmp_path / "out/n1.txt").read_text("utf-8") == "补5万元。"
    assert legal_cases(tmp_path)[0].gold == ("第一条由区政府负责。",)
