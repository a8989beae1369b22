"""The questions on documents of our own: their pieces stand in the texts that are kept beside them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import eval.reading
from eval.reading.sources import Library

FOLDER = Path(eval.reading.__file__).parent
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER / "questions.jsonl").read_text("utf-8").splitlines()
]
OWN = [question for question in QUESTIONS if question["document"].startswith("own/")]


def test_no_two_questions_have_one_id() -> None:
    assert [name for name, times in Counter(each["id"] for each in QUESTIONS).items() if times > 1] == []


def test_every_own_document_is_asked_about_and_none_is_missing() -> None:
    kept = {f"own/{path.stem}" for path in (FOLDER / "documents").glob("*.txt")}
    assert {question["document"] for question in OWN} == kept


def test_what_answers_and_what_tempts_stands_in_the_document(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for question in OWN:
        length = len(library.text(question["document"]))
        spans = [span for field in ("clauses", "answer", "near") for span in question.get(field) or ()]
        assert all(0 <= start < end <= length for start, end in spans), question["id"]


def test_an_answer_stands_in_a_clause_that_is_marked() -> None:
    for question in OWN:
        clauses = question.get("clauses") or []
        for start, end in question.get("answer") or ():
            assert any(first < end and start < last for first, last in clauses), question["id"]


def test_what_nothing_answers_has_a_clause_that_tempts() -> None:
    assert [each["id"] for each in OWN if not each["answerable"] and not each.get("near")] == []
