from dataclasses import replace

from eval.spans import Span, span_of, without_deletions
from ingest.policy import Deletion, Policy, SourceSegment


def test_spans_overlap_when_they_share_a_character() -> None:
    span = Span(sha256="a", start=5, end=10)
    assert span.overlaps(Span(sha256="a", start=9, end=20))
    assert not span.overlaps(Span(sha256="a", start=10, end=20))
    assert not span.overlaps(Span(sha256="b", start=5, end=10))


def test_end_of_a_span_is_mapped_by_its_last_character(policy: Policy) -> None:
    broken = replace(
        policy,
        text="一二三四",
        source_map=(
            SourceSegment(text_start=0, source_start=10, length=2),
            SourceSegment(text_start=2, source_start=50, length=2),
        ),
    )
    span = span_of(broken, 0, 2)
    assert span is not None
    assert (span.start, span.end) == (10, 12)


def test_offsets_outside_the_text_lead_nowhere(policy: Policy) -> None:
    length = len(policy.text)
    for start, end in ((-1, 2), (0, length + 1), (3, 3), (4, 3)):
        assert span_of(policy, start, end) is None


def test_only_listed_deletions_are_skipped(policy: Policy) -> None:
    source = "甲乙【页码】丙丁【二】戊"
    deletions = (
        Deletion(start=8, end=11, reason="page mark"),
        Deletion(start=2, end=6, reason="page mark"),
        Deletion(start=3, end=5, reason="page mark"),
    )
    cut = replace(policy, deletions=deletions)
    assert without_deletions(cut, source, Span(sha256="a", start=1, end=12)) == "乙丙丁戊"
    assert without_deletions(cut, source, Span(sha256="a", start=4, end=9)) == "丙丁"
    assert without_deletions(policy, source, Span(sha256="a", start=1, end=4)) == "乙【页"
