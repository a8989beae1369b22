"""The five documents the project was created for, up to their metadata."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from ingest.cleaning import clean
from ingest.gazette import split
from ingest.input_files import read_file
from ingest.metadata import read_metadata
from ingest.policy import Metadata
from ingest.source import CleanText, SourceDocument


def seed(corpus: Path, number: str) -> tuple[SourceDocument, tuple[CleanText, ...]]:
    (path,) = (corpus / "corpus" / "seeds").glob(f"{number}_*.txt")
    document = read_file(path)
    return document, split(clean(document), document.name)


def read_all(document: SourceDocument, texts: Sequence[CleanText]) -> list[Metadata]:
    return [read_metadata(text, document.name) for text in texts]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_seed_loses_nothing_but_its_listed_deletions(corpus: Path, number: str) -> None:
    document, texts = seed(corpus, number)
    for text in texts:
        kept, position = "", 0
        for deletion in text.deletions:
            kept, position = kept + document.text[position : deletion.start], deletion.end
        assert "".join((kept + document.text[position:]).split()) == "".join(text.text.split())
        assert all(
            character.isspace() or document.text[text.source_offset(place)] == character
            for place, character in enumerate(text.text)
        )


def test_the_gazette_is_three_documents(corpus: Path) -> None:
    plan, *notices = read_all(*seed(corpus, "000"))
    assert plan.title.endswith("行动实施方案") and plan.kind == "方案"
    assert (plan.signed_on, plan.expires_on) == (date(2023, 7, 21), date(2025, 12, 31))
    assert plan.document_number is None
    assert [notice.signed_on for notice in notices] == [date(2023, 6, 30), date(2023, 7, 4)]
    assert [notice.kind for notice in notices] == ["规划", "方案"]
    assert all(notice.truncated and notice.expires_on is None for notice in notices)
    assert {len(notice.region_path) for notice in (plan, *notices)} == {3}


def test_page_marks_and_site_text_leave_the_preview(corpus: Path) -> None:
    document, (text,) = seed(corpus, "001")
    marks = [deletion for deletion in text.deletions if deletion.reason == "page mark"]
    assert [document.text[mark.start : mark.end] for mark in marks] == [f"{page}、" for page in range(1, 17)]
    assert text.text.startswith("关于新时代") and text.text.endswith("形成覆盖企业研")
    assert "有关部署,以企业为主体" in text.text and "市科技局3 .容错纠错" in text.text
    (metadata,) = read_all(document, (text,))
    assert metadata.truncated and metadata.title.endswith("行动方案") and metadata.region is None


def test_a_misprinted_signature_gives_no_day(corpus: Path) -> None:
    document, (text,) = seed(corpus, "002")
    (metadata,) = read_all(document, (text,))
    assert "217年9月28日" in text.text
    assert (metadata.signed_on, metadata.published_on) == (None, date(2017, 9, 29))
    assert len(metadata.issuers) == 1 and len(metadata.addressees) == 5


def test_an_opinion_without_number_and_date_gets_none(corpus: Path) -> None:
    document, (text,) = seed(corpus, "003")
    (metadata,) = read_all(document, (text,))
    assert [document.text[cut.start : cut.end] for cut in text.deletions] == ["[bookmark: _GoBack]"]
    assert (metadata.document_number, metadata.signed_on, metadata.published_on) == (None, None, None)
    assert metadata.level == "county" and len(metadata.region_path) == 3


def test_the_page_header_is_read_and_stays(corpus: Path) -> None:
    document, (text,) = seed(corpus, "004")
    (metadata,) = read_all(document, (text,))
    assert text.text.startswith("政府信息公开\n索 引 号")
    assert metadata.document_number == "区委办发〔2022〕64号"
    assert (metadata.signed_on, metadata.published_on) == (date(2022, 12, 29), date(2023, 1, 10))
    assert len(metadata.issuers) == 2 and metadata.expires_on is None
    assert not any(word in text.text for word in ("浏览次数", "打印", "解读关联"))


def test_no_law_loses_a_character(corpus: Path) -> None:
    for path in sorted((corpus / "benchmarks" / "legal_dc" / "documents").glob("*.txt")):
        assert clean(read_file(path)).deletions == (), path.name
