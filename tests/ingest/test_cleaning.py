import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean, normalise
from ingest.gazette import split
from ingest.source import CleanText, SourceDocument

CHARACTERS = st.sampled_from(
    [*"一二条、。:，(办法通知1 2\t\r\n\u3000\xa0\v\u2028#->!", "\r\n", "\n\n", "第一条 "]
)
PIECES = st.sampled_from(
    [
        "[bookmark: _GoBack]",
        "<!-- x -->",
        "\n浏览次数: 12\n",
        "\n当前位置：首页 > 政务\n",
        "\n# 标题\n",
        "\n扫一扫在手机打开当前页",
    ]
)
SOURCES = st.lists(CHARACTERS | PIECES, max_size=60).map("".join)


def document(text: str, name: str = "a.txt") -> SourceDocument:
    return SourceDocument(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text)


def assert_nothing_is_lost(source: str, cleaned: CleanText) -> None:
    """Every character maps to its equal, and text plus deletions give back the source."""
    for segment in cleaned.segments:
        printed = cleaned.text[segment.text_start : segment.text_start + segment.length]
        original = source[segment.source_start : segment.source_start + segment.length]
        assert all(a == b or (a.isspace() and b.isspace()) for a, b in zip(printed, original, strict=True))
    assert sum(segment.length for segment in cleaned.segments) == len(cleaned.text)
    kept, position = "", 0
    for deletion in cleaned.deletions:
        assert position <= deletion.start < deletion.end
        assert not source[deletion.start].isspace() and not source[deletion.end - 1].isspace()
        kept, position = kept + source[position : deletion.start], deletion.end
    assert "".join((kept + source[position:]).split()) == "".join(cleaned.text.split())


@given(SOURCES)
def test_no_character_is_lost_or_changed(source: str) -> None:
    assert_nothing_is_lost(source, clean(document(source)))


@given(SOURCES, st.integers(0, 80), st.integers(0, 80))
def test_a_slice_loses_nothing_either(source: str, one: int, other: int) -> None:
    cleaned = clean(document(source))
    start, end = sorted((min(one, len(cleaned.text)), min(other, len(cleaned.text))))
    assert_nothing_is_lost(source, cleaned.slice(start, end))


@given(SOURCES)
def test_splitting_loses_nothing_either(source: str) -> None:
    for part in split(clean(document(source)), "a.txt"):
        assert_nothing_is_lost(source, part)


@given(SOURCES)
def test_white_space_is_normal_after_cleaning(source: str) -> None:
    text = clean(document(source)).text
    assert not re.search(r"[^\S \t\n]|\n{3}|[ \t]{2}|[ \t](?=\n|$)|\n |^[ \n]", text)


def test_white_space_follows_the_rules() -> None:
    text, _ = normalise("\u3000\u3000甲 \xa0 乙\r\n\r\n\r\n \t 丙\u3000\t丁  \r戊\n\n", ())
    assert text == "甲 乙\n\n\t丙\t丁\n戊"


def test_conversion_marks_are_deleted_with_a_reason() -> None:
    cleaned = clean(document("[bookmark: _GoBack]工作意见\n<!-- end -->\n## 第一章 总则\n正文#1。"))
    assert cleaned.text == "工作意见\n\n第一章 总则\n正文#1。"
    assert [deletion.reason for deletion in cleaned.deletions] == [
        "mark left by the conversion from Word",
        "comment of the page source",
        "Markdown heading mark",
    ]
