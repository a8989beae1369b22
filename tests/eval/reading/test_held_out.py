import json
from pathlib import Path

from eval.cases import case_json, load_cases
from eval.documents import Documents
from eval.reading.held_out import cases_of
from eval.reading.sources import Library, written

TEXT = """汀岚市示范养殖场补助办法

第一条　市级示范养殖场给予补助10万元。

第二条　示范养殖场应当每年报送资金使用情况。
"""


def test_written_questions_are_a_set_with_its_documents(tmp_path: Path) -> None:
    folder = tmp_path / "training/written/mine"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/plan.txt").write_text(TEXT, encoding="utf-8")
    about = {"document": "docs/plan.txt", "question": "示范养殖场补助多少？"}
    right = {"answerable": True, "clauses": ["市级示范养殖场给予补助10万元。"], "answer": ["补助10万元"]}
    questions = [
        {"id": "a", **about, **right},
        {"id": "b", **about, "answerable": False, "why_not": "other_grade"},
    ]
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in questions)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")

    library = Library(tmp_path)
    output = tmp_path / "documents"
    output.mkdir()
    cases = cases_of(written(library, folder), library, output)
    (tmp_path / "cases.jsonl").write_text("".join(case_json(case) + "\n" for case in cases), encoding="utf-8")
    # A set is checked against its documents as it is loaded.
    documents = Documents(samples=tmp_path, shared=tmp_path, beside=tmp_path)
    answered, unanswerable = load_cases(tmp_path / "cases.jsonl", documents)
    assert answered.expected == (("补助10万元",),)
    (evidence,) = answered.evidence
    assert "给予补助10万元" in documents.read(evidence.file).text[evidence.start : evidence.end]
    assert not unanswerable.answerable
    assert (answered.tags, unanswerable.tags) == ((), ("other_grade",))


def test_the_figures_of_tempting_clauses_are_forbidden(tmp_path: Path) -> None:
    folder = tmp_path / "training/written/mine"
    (folder / "docs").mkdir(parents=True)
    text = f"{TEXT}\n第三条　省级示范养殖场给予补助25万元，每年2次，原为0万元，2019-2020年为十万元。\n"
    (folder / "docs/plan.txt").write_text(text, encoding="utf-8")
    question = {
        "id": "a",
        "document": "docs/plan.txt",
        "question": "市级示范养殖场补助多少？",
        "answerable": True,
        "clauses": ["市级示范养殖场给予补助10万元。"],
        "answer": ["补助10万元"],
        "near": ["省级示范养殖场给予补助25万元，每年2次"],
    }
    (folder / "questions.jsonl").write_text(json.dumps(question, ensure_ascii=False), encoding="utf-8")
    library = Library(tmp_path)
    (tmp_path / "documents").mkdir()
    (case,) = cases_of(written(library, folder), library, tmp_path / "documents")
    # 0万元 stands in 10万元 only as its end, 十万元 is 10万元.
    assert case.forbidden == ("25万元", "0万元")
