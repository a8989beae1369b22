"""A set of one's own as material to train the reader further on."""

import json
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from bot.reader.calibration import load_calibrations
from bot.reader.lexical import LexicalReader
from bot.reader.trained import FACTS_NAME, MODEL
from eval.cases import Case, Evidence
from eval.documents import Documents
from eval.errors import CalibrationError
from eval.reading.groups import part_of
from eval.reading.own_set import Material, calibrations_for, material_of
from eval.reading.sources import Library
from vectorstore.segmentation import tokens

MEASURES = """云渡市冰雪运动扶持办法

第一条 新建室内冰场的，给予一次性补助30万元。
第二条 冰场应当每年检修制冷设备。
第三条 举办国家级冰雪赛事的，给予不超过50万元的补助。
第四条 补助申请应当在每年3月底前向市体育局提出。
第五条 本办法自2025年3月1日起施行。
"""
ASKED = (
    ("新建冰场补多少钱？", "第一条 新建室内冰场的，给予一次性补助30万元。", "30万元"),
    ("冰场多久检修一次设备？", "第二条 冰场应当每年检修制冷设备。", "每年"),
    ("办国家级赛事最多补多少？", "第三条 举办国家级冰雪赛事的，给予不超过50万元的补助。", "50万元"),
    ("补助找谁申请？", "第四条 补助申请应当在每年3月底前向市体育局提出。", "市体育局"),
)


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    (tmp_path / "measures.txt").write_text(MEASURES, encoding="utf-8")
    return Documents(samples=tmp_path, shared=tmp_path, beside=tmp_path)


@pytest.fixture
def cases(documents: Documents) -> list[Case]:
    """Each question four times under ids of its own, and some without an answer."""
    digest = sha256(MEASURES.encode()).hexdigest()
    found = []
    for number in range(16):
        question, clause, fact = ASKED[number % 4]
        start = documents.read("measures.txt").text.index(clause)
        evidence = Evidence(
            file="measures.txt",
            sha256=digest,
            start=start,
            end=start + len(clause),
            first=clause[:4],
            last=clause[-4:],
        )
        found.append(
            Case(
                id=f"asked-{number}",
                question=question,
                kind="content",
                outcome="answered",
                expected=((fact,),),
                evidence=(evidence,),
            )
        )
    return [
        *found,
        *(
            Case(
                id=f"none-{number}",
                question="冰场教练每年补助多少？",
                kind="unanswerable",
                outcome="no_evidence",
            )
            for number in range(4)
        ),
    ]


@pytest.fixture
def material(cases: list[Case], documents: Documents, tmp_path: Path) -> Material:
    return material_of(cases, documents, Library(tmp_path), rehearsed=1)


def test_every_fifth_question_is_kept_for_measuring_and_none_is_in_both(material: Material) -> None:
    trained_on = {group.id for group in material.own}
    measured_with = {group.id for group in material.own_held_out}
    assert (len(trained_on), len(measured_with)) == (16, 4)
    assert not trained_on & measured_with


def test_a_group_holds_the_clause_that_answers_with_its_words_and_clauses_that_do_not(
    material: Material,
) -> None:
    [group] = [each for each in (*material.own, *material.own_held_out) if each.id == "asked-0"]
    [right] = [pair for pair in group.pairs if pair.answers]
    assert right.span is not None
    assert right.passage.text[slice(*right.span)] == "30万元"
    assert len(group.pairs) > 2
    [none] = [each for each in (*material.own, *material.own_held_out) if each.id == "none-0"]
    assert not any(pair.answers for pair in none.pairs)


def test_questions_on_training_documents_of_the_project_are_trained_on_too(material: Material) -> None:
    assert len(material.rehearsed) > 5 and len(material.rehearsed_held_out) > 5
    assert {part_of(group.document) for group in material.rehearsed} == {"training"}
    assert {part_of(group.document) for group in material.rehearsed_held_out} == {"sealed"}
    few = replace(material, own=material.own[:2])
    drawn = Counter(group.id for group in few.to_train_on(LexicalReader(tokens)))
    assert {drawn[group.id] for group in material.rehearsed} == {1}
    assert {drawn[group.id] for group in few.own} == {len(material.rehearsed) // 2}


def test_too_few_questions_are_reported(cases: list[Case], documents: Documents, tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match="found 3"):
        material_of(cases[:3], documents, Library(tmp_path), rehearsed=0)


def test_a_reader_trained_further_begins_with_the_doubt_of_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "calibrations.json"
    calibrations_for("ours", path)
    held = load_calibrations(path)
    shipped = held.of(json.loads((MODEL / FACTS_NAME).read_text(encoding="utf-8"))["name"])
    assert held.of("ours") == replace(shipped, reader="ours", risks=())
    assert shipped in load_calibrations().readers


def test_questions_of_no_document_are_too_few(
    cases: list[Case], documents: Documents, tmp_path: Path
) -> None:
    unanswerable = [replace(case, id=f"{case.id}-{number}") for case in cases[-4:] for number in range(5)]
    with pytest.raises(CalibrationError, match="found 0"):
        material_of(unanswerable, documents, Library(tmp_path), rehearsed=1)
