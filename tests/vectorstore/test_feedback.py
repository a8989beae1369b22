"""Notes of questions, kept beside the documents."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vectorstore.catalog import Catalog
from vectorstore.errors import UnknownNoteError
from vectorstore.feedback import Note, Quoted

NOON = datetime(2025, 6, 30, 12, tzinfo=UTC)
QUOTE = Quoted(policy_id="p", clause_id="p.1", locator="一、(一)", quote="最高5万元。")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(tmp_path / "catalog.sqlite3", create=True) as opened:
        yield opened


def unanswered(question: str, *history: str, minutes: int = 0) -> Note:
    return Note(
        verdict="unanswered",
        question=question,
        history=history,
        noted_at=NOON + timedelta(minutes=minutes),
        outcome="no_evidence",
    )


def test_new_catalog_has_no_notes(catalog: Catalog) -> None:
    assert catalog.feedback.open_notes() == []


def test_note_comes_back_as_it_was_kept(catalog: Catalog) -> None:
    note = Note(
        verdict="down",
        question="补助多少？",
        history=("房租呢？",),
        noted_at=NOON,
        outcome="answered",
        answer="最高5万元。[1]",
        reason="wrong",
        comment="少了一半",
        quotes=(QUOTE,),
    )
    catalog.feedback.keep(note)
    (found,) = catalog.feedback.open_notes()
    assert found.note_id > 0
    assert found == Note(
        **{name: getattr(note, name) for name in Note.__slots__} | {"note_id": found.note_id}
    )


def test_newest_note_comes_first_and_praise_needs_no_work(catalog: Catalog) -> None:
    for minutes, question in enumerate(["甲？", "乙？"]):
        catalog.feedback.keep(unanswered(question, minutes=minutes))
    catalog.feedback.keep(Note(verdict="up", question="丙？", noted_at=NOON + timedelta(hours=1)))
    assert [note.question for note in catalog.feedback.open_notes()] == ["乙？", "甲？"]


def test_same_unanswered_question_is_counted_and_opened_again(catalog: Catalog) -> None:
    catalog.feedback.keep(unanswered("甲？"))
    catalog.feedback.handle(catalog.feedback.open_notes()[0].note_id)
    assert catalog.feedback.open_notes() == []
    catalog.feedback.keep(unanswered("甲？", minutes=5))
    catalog.feedback.keep(unanswered("甲？", "乙？", minutes=1))
    assert [(note.times, note.history) for note in catalog.feedback.open_notes()] == [(2, ()), (1, ("乙？",))]


def test_unknown_note_cannot_be_handled(catalog: Catalog) -> None:
    with pytest.raises(UnknownNoteError, match="7"):
        catalog.feedback.handle(7)


def test_keeping_a_note_is_no_change_of_the_documents(catalog: Catalog) -> None:
    before = catalog.version()
    catalog.feedback.keep(unanswered("甲？"))
    assert catalog.version() == before


def test_oldest_notes_go_when_there_are_too_many(catalog: Catalog) -> None:
    catalog.feedback.most_notes = 3
    for minutes in range(5):
        catalog.feedback.keep(unanswered(f"第{minutes}问？", minutes=minutes))
    assert [note.question for note in catalog.feedback.open_notes()] == ["第4问？", "第3问？", "第2问？"]


def test_notes_outlast_the_connection(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog.open(path, create=True) as opened:
        opened.feedback.keep(unanswered("甲？"))
    with Catalog.open(path) as opened:
        assert [note.question for note in opened.feedback.open_notes()] == ["甲？"]
