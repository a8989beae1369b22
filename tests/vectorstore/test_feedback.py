"""Notes of questions, kept beside the documents."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vectorstore.catalog import Catalog
from vectorstore.errors import UnknownNoteError
from vectorstore.notes import NOTE_BYTES, Note, NoteBounds, Quoted, size_of

ID = "11010519491231002X"  # the example of GB 11643-1999
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
    for minutes in range(5):
        catalog.feedback.keep(
            unanswered(f"第{minutes}问？", minutes=minutes), bounds=NoteBounds(most_notes=3)
        )
    assert [note.question for note in catalog.feedback.open_notes()] == ["第4问？", "第3问？", "第2问？"]


def test_a_client_that_fills_the_log_pushes_out_its_own_notes_alone(catalog: Catalog) -> None:
    bounds = NoteBounds(log_bytes=100_000)
    for place in range(3):
        catalog.feedback.keep(unanswered(f"真问题{place}？"), client=f"user {place}", bounds=bounds)
    for minutes in range(60):
        long = unanswered(f"{minutes}" + "长" * 2000, minutes=minutes)
        catalog.feedback.keep(long, client="flood", bounds=bounds)
    questions = [note.question for note in catalog.feedback.open_notes()]
    assert questions[-3:] == ["真问题2？", "真问题1？", "真问题0？"]
    assert 5 < len(questions) < 20


def test_every_part_of_a_note_is_cut_to_its_bound(catalog: Catalog) -> None:
    quote = Quoted(policy_id="p" * 9000, clause_id="c", locator="一", quote="文" * 90_000)
    catalog.feedback.keep(
        Note(
            verdict="down",
            question="问" * 90_000,
            history=("前" * 9000,) * 90,
            noted_at=NOON,
            outcome="x" * 9000,
            answer="答" * 90_000,
            reason="r" * 9000,
            comment="评" * 90_000,
            quotes=(QUOTE, QUOTE, *[quote] * 90),
        )
    )
    (found,) = catalog.feedback.open_notes()
    assert size_of(found) <= NOTE_BYTES + 1000
    assert found.question == "问" * (8000 // 3) and found.quotes[:2] == (QUOTE, QUOTE)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("火星补助多少？", "火星补助多少"),
        ("火星补助多少？", "火星 补助，多少？？"),
        ("HI火星补助多少！", "ｈｉ 火星补助多少"),
        ("请回13900139000。", "请回13800138000"),
    ],
)
def test_nearly_the_same_question_is_counted(catalog: Catalog, first: str, again: str) -> None:
    catalog.feedback.keep(unanswered(first))
    assert not catalog.feedback.keep(unanswered(again))
    assert [note.times for note in catalog.feedback.open_notes()] == [2]


def test_a_question_asked_before_is_counted_though_nothing_may_be_added(catalog: Catalog) -> None:
    catalog.feedback.keep(unanswered("甲？"))
    for question in ("甲？", "乙？"):
        assert not catalog.feedback.keep(unanswered(question), may_add=False)
    assert [(note.question, note.times) for note in catalog.feedback.open_notes()] == [("甲？", 2)]


def test_numbers_that_name_a_person_are_masked_in_every_field(catalog: Catalog) -> None:
    said = f"我{ID}，电话138-0013-8000"
    quote = Quoted(policy_id=said, clause_id=said, locator=said, quote=said)
    catalog.feedback.keep(
        Note(
            verdict="down",
            question=said,
            history=(said, said),
            noted_at=NOON,
            outcome=said,
            answer=said,
            reason=said,
            comment=said,
            quotes=(quote,),
        )
    )
    assert ID not in repr(catalog.feedback.open_notes()) and "8000" not in repr(catalog.feedback.open_notes())
    raw = b"".join(path.read_bytes() for path in catalog.path.parent.iterdir())
    assert ID.encode() not in raw and b"138-0013-8000" not in raw


def test_notes_go_when_they_have_expired(catalog: Catalog) -> None:
    catalog.feedback.keep(unanswered("很久以前？"))
    catalog.feedback.keep(unanswered("刚才？", minutes=24 * 60 * 7), bounds=NoteBounds(days=7))
    assert len(catalog.feedback.open_notes()) == 2
    later = NOON + timedelta(seconds=1)
    assert [note.question for note in catalog.feedback.page(since=later).notes] == ["刚才？"]
    catalog.feedback.tidy(later + timedelta(days=7), NoteBounds(days=7))
    assert [note.question for note in catalog.feedback.open_notes()] == ["刚才？"]
    catalog.feedback.keep(unanswered("新的？", minutes=24 * 60 * 30), bounds=NoteBounds(days=7))
    assert [note.question for note in catalog.feedback.open_notes()] == ["新的？"]


def test_pages_hold_every_open_note_once(catalog: Catalog) -> None:
    for place in range(25):
        # Several of one moment: the number of the note decides then.
        catalog.feedback.keep(unanswered(f"第{place}问？", minutes=place // 10))
    whole = catalog.feedback.open_notes()
    found: list[Note] = []
    page = catalog.feedback.page(limit=7)
    while page.next is not None:
        assert len(page.notes) == 7
        found += page.notes
        page = catalog.feedback.page(limit=7, before=page.next)
    assert [*found, *page.notes] == whole and len(whole) == catalog.feedback.open_count() == 25


def test_a_page_is_bounded_in_bytes(catalog: Catalog) -> None:
    for place in range(100):
        long = Note(
            verdict="down", question=f"{place}", noted_at=NOON, answer="长" * 4000, comment="评" * 2000
        )
        catalog.feedback.keep(long, client=str(place))
    page = catalog.feedback.page(limit=200)
    assert page.next is not None
    assert sum(map(size_of, page.notes)) <= 512 << 10
    assert sum(len(notes) for notes in catalog.feedback.pages()) == 100


def test_notes_of_before_are_masked_and_cut(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    Catalog.open(path, create=True).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE feedback (note_id INTEGER PRIMARY KEY, verdict TEXT NOT NULL, "
            "question TEXT NOT NULL, history TEXT NOT NULL, noted_at TEXT NOT NULL, "
            "times INTEGER NOT NULL, outcome TEXT NOT NULL, "
            "answer TEXT NOT NULL, reason TEXT, comment TEXT, quotes TEXT NOT NULL, "
            "handled INTEGER NOT NULL DEFAULT 0)"
        )
        row = (f"我是{ID}？", "[]", NOON.isoformat(), 3, "no_evidence", "长" * 50_000, "[]")
        connection.execute(
            "INSERT INTO feedback (verdict, question, history, noted_at, times, outcome, answer, quotes) "
            "VALUES ('unanswered', ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
    with Catalog.open(path) as opened:
        assert [note.times for note in opened.feedback.open_notes()] == [3]
        opened.feedback.tidy(NOON, NoteBounds())
        (note,) = opened.feedback.open_notes()
        assert ID not in note.question and note.times == 3 and size_of(note) < NOTE_BYTES
        assert not opened.feedback.keep(unanswered(f"我是{ID}？"))


def test_notes_outlast_the_connection(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite3"
    with Catalog.open(path, create=True) as opened:
        opened.feedback.keep(unanswered("甲？"))
    with Catalog.open(path) as opened:
        assert [note.question for note in opened.feedback.open_notes()] == ["甲？"]
