import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.cases import half_of, load_cases
from eval.documents import Documents
from eval.errors import CaseError, DocumentMissingError, UnknownSetError
from eval.sets import packaged_sets, set_path

Line = Callable[..., dict[str, Any]]
WriteSet = Callable[..., Path]
SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"


@pytest.fixture
def documents(document: Path) -> Documents:
    return Documents(samples=SAMPLES, shared=document.parent / "none", beside=document.parent)


def test_case_is_read_with_its_evidence(documents: Documents, line: Line, write_set: WriteSet) -> None:
    (case,) = load_cases(write_set(line(on="2024-01-01", tags=["typo"])), documents)
    assert (case.id, case.on, case.tags) == ("rent", date(2024, 1, 1), ("typo",))
    assert case.expected == (("5万元", "50000元"),)
    assert case.evidence[0].span.end == line()["evidence"][0]["end"]


def test_blank_lines_are_passed_over(documents: Documents, line: Line, write_set: WriteSet) -> None:
    assert len(load_cases(write_set(line(), "", "  ", line(id="other")), documents)) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"expect": []}, "expect"),
        ({"kind": "price"}, "kind"),
        ({"tags": ["rude"]}, "tags"),
        ({"outcome": "maybe"}, "outcome"),
        ({"question": ""}, "question"),
        ({"on": "soon"}, "on"),
        ({"expected": [[]]}, "expected"),
        ({"expected": [["  "]]}, "expected"),
        ({"forbidden": [""]}, "forbidden"),
        ({"expected": []}, "expected facts and evidence"),
        ({"evidence": []}, "expected facts and evidence"),
        ({"outcome": "no_evidence"}, "does not go with"),
        ({"outcome": "no_evidence", "kind": "unanswerable"}, "expects nothing"),
        ({"forbidden": ["5万元", "50000元"]}, "forbidden"),
        ({"alternatives": ["5万元"]}, "alternatives"),
    ],
)
def test_bad_case_is_refused_with_its_line_and_id(
    documents: Documents, line: Line, write_set: WriteSet, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(CaseError) as caught:
        load_cases(write_set(line(id="first"), line(**fields)), documents)
    assert "line 2 (rent)" in str(caught.value)
    assert said in str(caught.value)


def test_missing_field_and_broken_json_are_refused_with_the_line(
    documents: Documents, line: Line, write_set: WriteSet
) -> None:
    without = {name: value for name, value in line().items() if name != "question"}
    with pytest.raises(CaseError, match=r"line 1 \(rent\): question"):
        load_cases(write_set(without), documents)
    with pytest.raises(CaseError, match="line 2"):
        load_cases(write_set(line(), '{"id": '), documents)


def test_id_is_used_once(documents: Documents, line: Line, write_set: WriteSet) -> None:
    with pytest.raises(CaseError, match=r"line 2 \(rent\).*used before"):
        load_cases(write_set(line(), line()), documents)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sha256": "0" * 64}, "sha256"),
        ({"start": 26}, "first"),
        ({"end": 40}, "last"),
        ({"first": "(二)房"}, "first"),
        ({"last": "牵头。)"}, "last"),
        ({"end": 9999}, "inside"),
        ({"start": 30, "end": 30}, "inside"),
        ({"start": -1}, "start"),
        ({"page": 1}, "page"),
    ],
)
def test_evidence_that_is_not_in_the_document_is_refused(
    documents: Documents, line: Line, write_set: WriteSet, fields: dict[str, Any], said: str
) -> None:
    evidence = line()["evidence"][0] | fields
    with pytest.raises(CaseError) as caught:
        load_cases(write_set(line(evidence=[evidence])), documents)
    assert "line 1 (rent)" in str(caught.value)
    assert said in str(caught.value)


def test_alternative_is_checked_like_evidence(documents: Documents, line: Line, write_set: WriteSet) -> None:
    again = line()["evidence"][0]
    (case,) = load_cases(write_set(line(alternatives=[again])), documents)
    assert case.alternatives == case.evidence
    with pytest.raises(CaseError, match=r"line 1 \(rent\).*first"):
        load_cases(write_set(line(alternatives=[again | {"start": again["start"] + 1}])), documents)


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "clarify", "expected": []},
        {"outcome": "no_evidence", "kind": "unanswerable", "expected": [], "forbidden": []},
    ],
)
def test_alternative_to_nothing_is_refused(
    documents: Documents, line: Line, write_set: WriteSet, fields: dict[str, Any]
) -> None:
    lonely = line(evidence=[], alternatives=line()["evidence"], **fields)
    with pytest.raises(CaseError, match=r"line 1 \(rent\).*no evidence"):
        load_cases(write_set(lonely), documents)


def test_span_that_is_named_twice_is_refused(documents: Documents, line: Line, write_set: WriteSet) -> None:
    (evidence,) = line()["evidence"]
    with pytest.raises(CaseError, match=r"line 1 \(rent\): evidence.1: expected each span once"):
        load_cases(write_set(line(evidence=[evidence, evidence])), documents)


def test_draft_is_refused_with_what_it_lacks(documents: Documents, line: Line, write_set: WriteSet) -> None:
    with pytest.raises(
        CaseError, match=r"line 1 \(rent\): expected a complete case, found a draft without kind"
    ):
        load_cases(write_set(line(todo=["kind"])), documents)


def test_offsets_count_carriage_returns(document: Path, line: Line, write_set: WriteSet) -> None:
    content = document.read_bytes().replace(b"\n", b"\r\n")
    document.write_bytes(content)
    text = content.decode()
    start = text.index("(一)")
    evidence = line()["evidence"][0] | {"start": start, "end": start + 6, "last": text[start + 2 : start + 6]}
    evidence["sha256"] = hashlib.sha256(content).hexdigest()
    documents = Documents(samples=SAMPLES, shared=Path("none"), beside=document.parent)
    assert load_cases(write_set(line(evidence=[evidence])), documents)


def test_missing_document_is_named_with_what_to_set(
    documents: Documents, line: Line, write_set: WriteSet
) -> None:
    evidence = line()["evidence"][0] | {"file": "seeds/gone.txt"}
    with pytest.raises(DocumentMissingError, match=r"line 1 \(rent\): seeds/gone\.txt.*CLAUSEWISE_SHARED"):
        load_cases(write_set(line(evidence=[evidence])), documents)


def test_empty_set_is_refused(documents: Documents, write_set: WriteSet) -> None:
    with pytest.raises(CaseError, match="found none"):
        load_cases(write_set(""), documents)


def test_packaged_sets_are_found_by_name_and_others_by_path(line: Line, write_set: WriteSet) -> None:
    assert set(packaged_sets()) == {"everyday", "gate", "samples", "seeds", "policies"}
    assert set_path("samples").name == "samples.jsonl"
    assert set_path(str(path := write_set(line()))) == path
    with pytest.raises(
        UnknownSetError, match=r"nothing: expected everyday, gate, policies, samples, seeds or the path"
    ):
        set_path("nothing")


def test_packaged_set_on_the_samples_agrees_with_them() -> None:
    documents = Documents(samples=SAMPLES, shared=Path("none"))
    assert len(load_cases(set_path("samples"), documents)) >= 40


def test_packaged_set_on_the_seeds_agrees_with_them(corpus: Path) -> None:
    cases = load_cases(set_path("seeds"), Documents(samples=SAMPLES, shared=corpus))
    assert len(cases) >= 100
    assert sum(not case.answerable for case in cases) >= 20
    assert sum("follow_up" in case.tags for case in cases) >= 10
    assert sum("no_region" in case.tags for case in cases) >= 6


def test_packaged_set_on_the_policies_agrees_with_them(corpus: Path) -> None:
    cases = load_cases(set_path("policies"), Documents(samples=SAMPLES, shared=corpus))
    assert {half_of(case.id) for case in cases if case.alternatives} == {"development", "held_out"}
    assert [
        case.id
        for case in cases
        for again in case.alternatives
        if any(again.span.overlaps(evidence.span) for evidence in case.evidence)
    ] == []


def test_packaged_set_in_everyday_words_agrees_with_the_documents(corpus: Path) -> None:
    cases = load_cases(set_path("everyday"), Documents(samples=SAMPLES, shared=corpus))
    assert sum(not case.answerable for case in cases) >= 100


def test_halves_are_drawn_by_the_id_alone() -> None:
    halves = {half_of(f"case-{number}") for number in range(20)}
    assert halves == {"development", "held_out"}
    assert half_of("case-1") == half_of("case-1")
