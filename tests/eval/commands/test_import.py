"""Questions of other formats as cases, and feedback of the web as drafts."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from bot.api.feedback_schemas import NoteBody
from eval.cases import load_cases
from eval.documents import Documents
from eval.errors import CaseError
from vectorstore.notes import Note, Quoted

Evaluate = Callable[..., Result]
LAW = "第一条 为了扶持企业，制定本办法。\n第二条 房租补助按年租金的30%\n给予，最高5万元。\n"


@pytest.fixture
def imported(evaluate: Evaluate, tmp_path: Path) -> Callable[..., tuple[list[Any], list[Any]]]:
    """Imports a text and gives the complete cases and the drafts."""

    def run(
        form: str, content: str, *options: object, name: str = "questions"
    ) -> tuple[list[Any], list[Any]]:
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        ran = evaluate("import", form, file, "-o", tmp_path / "out.jsonl", *options)
        assert ran.exit_code == 0, ran.output
        return lines_of(tmp_path / "out.jsonl"), lines_of(tmp_path / "out.drafts.jsonl")

    return run


def lines_of(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def jsonl(*values: object) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def loaded(tmp_path: Path, folder: Path) -> Sequence[Any]:
    return load_cases(tmp_path / "out.jsonl", Documents(samples=folder, shared=folder, folder=folder))


def test_squad_brings_its_texts_and_unanswerable_questions(
    imported: Callable[..., Any], tmp_path: Path
) -> None:
    asked = [
        {
            "id": "q1",
            "question": "最高多少？",
            "answers": [{"text": "5万元", "answer_start": LAW.index("5万元")}],
        },
        {
            "id": "q2",
            "question": "比例？",
            "answers": [{"text": "30%", "answer_start": 0}, {"text": "年租金的30%"}],
        },
        {"id": "q3", "question": "谁发放？", "answers": [], "is_impossible": True},
    ]
    content = json.dumps({"data": [{"title": "办法/1", "paragraphs": [{"context": LAW, "qas": asked}]}]})
    cases, drafts = imported("squad", content)
    assert drafts == []
    assert [(case["outcome"], case["expected"]) for case in cases] == [
        ("answered", [["5万元"]]),
        ("answered", [["30%", "年租金的30%"]]),
        ("no_evidence", []),
    ]
    first = loaded(tmp_path, tmp_path / "out_documents")[0].evidence[0]
    assert (first.file, LAW[first.start : first.end]) == ("0001_001_办法1.txt", "5万元")


def test_cmrc_in_its_trial_form_is_read(imported: Callable[..., Any], tmp_path: Path) -> None:
    asked = [{"query_id": "a_1", "query_text": "最高多少？", "answers": ["5万元", "最高5万元"]}]
    cases, _ = imported("squad", json.dumps([{"context_id": "a", "context_text": LAW, "qas": asked}]))
    assert cases[0]["expected"] == [["5万元", "最高5万元"]]
    assert loaded(tmp_path, tmp_path / "out_documents")


def test_name_of_a_document_cannot_lead_elsewhere(evaluate: Evaluate, tmp_path: Path) -> None:
    file = tmp_path / "set.json"
    file.write_text(json.dumps([{"context_id": "../../up", "context_text": LAW, "qas": []}]), "utf-8")
    ran = evaluate("import", "squad", file, "-o", tmp_path / "sub.jsonl")
    assert ran.exit_code == 2
    assert "plain name" in ran.stderr
    assert not list(tmp_path.parent.glob("up*"))


def test_ncp_finds_its_answers_in_the_notices_beside_it(imported: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text(jsonl({"docid": "n1", "text": LAW}), encoding="utf-8")
    cases, drafts = imported(
        "ncp",
        jsonl(
            {
                "id": "1",
                "docid": "n1",
                "question": "补多少？",
                "answer": "房租补助按年租金的30%给予，最高5万元",
            },
            {
                "id": "2",
                "docid": "n1",
                "question": "谁发放？",
                "answer": "由有关部门另行通知办理并且及时公布",
            },
        ),
    )
    (case,), (draft,) = cases, drafts
    # A long answer is never said in just its words: its figures are what must be said.
    assert case["expected"] == [["30%"], ["5万元"]]
    assert case["reference"].startswith("房租补助")
    assert draft["todo"] == ["expected", "evidence"]
    assert loaded(tmp_path, tmp_path / "out_documents")[0].evidence[0].last == "高5万元"


def test_legal_dc_looks_its_clauses_up_in_the_laws(imported: Callable[..., Any], tmp_path: Path) -> None:
    laws = tmp_path / "laws"
    laws.mkdir()
    (laws / "扶持办法.txt").write_text(LAW, encoding="utf-8")
    line = {"qid": 7, "query": "最高多少？", "answer": "5万元。", "title": "扶持办法"}
    cases, drafts = imported(
        "legal_dc",
        jsonl(
            line | {"document": ["房租补助按年租金的30%给予，最高5万元。"]},
            line | {"document": ["没有的条文"]},
        ),
        "--documents",
        laws,
    )
    assert [case["id"] for case in cases] == ["legal_dc-7"]
    assert cases[0]["evidence"][0]["file"] == "扶持办法.txt"
    assert drafts[0]["todo"] == ["evidence"] and drafts[0]["id"] != "legal_dc-7"
    assert loaded(tmp_path, laws)


def test_table_with_chinese_headings(imported: Callable[..., Any], document: Path, tmp_path: Path) -> None:
    content = (
        "\ufeff问题,应答要点,不应出现,类型,原文,结果\n"
        '房租补助最高多少？,5万元/50000元,800元,amount,"按年租金的30%补助，最高5万元",\n'
        "火星移民补助多少？,,,,,no_evidence\n"
        "培训怎么补助？,,,,,\n"
    )
    cases, drafts = imported("csv", content, "--documents", document.parent)
    assert [(case["kind"], case["expected"]) for case in cases] == [
        ("amount", [["5万元", "50000元"]]),
        ("unanswerable", []),
    ]
    assert drafts[0]["todo"] == ["expected", "evidence"]
    assert len(loaded(tmp_path, document.parent)) == 2


@pytest.mark.parametrize(
    ("form", "content", "said"),
    [
        ("xml", "", "expected one of csv, feedback, legal_dc, ncp, squad"),
        ("csv", "frage\n1\n", "no column is called 'frage'"),
        ("csv", "question,kind\n补多少？,price\n", "line 2: no kind 'price'"),
        ("csv", "answer\n1\n", "expected a column question"),
        ("squad", "{", "expected JSON"),
        ("squad", '{"data": [{"paragraphs": [{"qas": []}]}]}', "Field required"),
        ("feedback", '{"note_id": 1}\n', "line 1: verdict"),
        ("ncp", '\n\n{"id": "1"}\n', "line 3: docid"),
    ],
)
def test_what_is_not_of_the_format_is_exit_code_2_with_its_place(
    evaluate: Evaluate, tmp_path: Path, form: str, content: str, said: str
) -> None:
    file = tmp_path / "questions"
    file.write_text(content, encoding="utf-8")
    ran = evaluate("import", form, file, "-o", tmp_path / "out.jsonl")
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.output


def test_feedback_of_the_web_becomes_drafts_that_are_not_scored(
    imported: Callable[..., Any], document: Path, tmp_path: Path
) -> None:
    now = datetime(2025, 6, 1, tzinfo=UTC)
    quoted = Quoted(policy_id="p", clause_id="p.1", locator="一、", quote="按年租金的30%补助，最高5万元")
    notes = (
        Note(verdict="unanswered", question="谁管停车？", noted_at=now, note_id=3, times=4),
        Note(
            verdict="down",
            question="那最高呢？",
            history=("房租补助多少？",),
            noted_at=now,
            note_id=4,
            outcome="answered",
            answer="30%",
            reason="incomplete",
            comment="少了上限",
            quotes=(quoted,),
        ),
    )
    content = "".join(NoteBody.model_validate(note).model_dump_json() + "\n" for note in notes)
    cases, drafts = imported("feedback", content, "--documents", document.parent)
    assert cases == []
    assert [draft["id"] for draft in drafts] == ["note-3", "note-4"]
    assert drafts[1]["history"] == ["房租补助多少？"]
    assert drafts[1]["evidence"][0]["file"] == "measure.txt"
    assert any("incomplete 少了上限" in each for each in drafts[1]["todo"])
    folder = document.parent
    with pytest.raises(CaseError, match=r"line 1 \(note-3\).*a draft without"):
        load_cases(tmp_path / "out.drafts.jsonl", Documents(samples=folder, shared=folder, folder=folder))


def test_lines_with_further_fields_are_read(imported: Callable[..., Any]) -> None:
    note = {"note_id": 5, "verdict": "down", "question": "谁管？", "id": "note-5", "later": [1]}
    _, drafts = imported("feedback", jsonl(note))
    assert drafts[0]["id"] == "note-5"


def test_published_sets_are_imported_whole(evaluate: Evaluate, corpus: Path, tmp_path: Path) -> None:
    benchmarks = corpus / "benchmarks"
    if not benchmarks.is_dir():
        pytest.skip(f"{benchmarks}: expected the published sets here")
    for form, options in (("ncp", ()), ("legal_dc", ("--documents", benchmarks / "legal_dc" / "documents"))):
        output = tmp_path / f"{form}.jsonl"
        ran = evaluate("import", form, benchmarks / form / "questions.jsonl", "-o", output, *options)
        assert ran.exit_code == 0, ran.output
        total = len((benchmarks / form / "questions.jsonl").read_text("utf-8").strip().split("\n"))
        cases, drafts = lines_of(output), lines_of(tmp_path / f"{form}.drafts.jsonl")
        assert len(cases) + len(drafts) == total
        folder = options[1] if options else tmp_path / f"{form}_documents"
        assert len(load_cases(output, Documents(samples=folder, shared=folder, folder=folder))) == len(cases)


@pytest.mark.parametrize("path", ["/nowhere/questions.csv", "/"])
def test_file_that_is_not_there_is_said_in_plain_words(evaluate: Evaluate, path: str) -> None:
    ran = evaluate("import", "csv", path)
    assert ran.exit_code == 2
    assert f"{path}: cannot be read" in ran.stderr and "Errno" not in ran.stderr
