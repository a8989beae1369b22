import pytest

from ingest.policy import Deletion, SourceSegment
from ingest.source import CleanText, source_offset

CLEAN = CleanText(
    text="甲乙丙\n丁戊",
    segments=(
        SourceSegment(text_start=0, source_start=5, length=2),
        SourceSegment(text_start=2, source_start=9, length=4),
    ),
    deletions=(Deletion(start=0, end=5, reason="navigation"), Deletion(start=7, end=9, reason="page mark")),
    truncated=True,
)


def test_a_position_behind_a_deletion_maps_behind_it_in_the_source() -> None:
    assert [CLEAN.source_offset(position) for position in range(7)] == [5, 6, 9, 10, 11, 12, 13]


def test_a_position_outside_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="ends at 6"):
        source_offset(CLEAN.segments, 7)
    with pytest.raises(IndexError):
        source_offset(CLEAN.segments, -1)


def test_a_slice_keeps_the_map_and_lists_the_rest_as_deletions() -> None:
    part = CLEAN.slice(1, 4, reason="another document")
    assert part.text == "乙丙"
    assert [part.source_offset(position) for position in range(2)] == [6, 9]
    assert [(deletion.start, deletion.end, deletion.reason) for deletion in part.deletions] == [
        (0, 5, "navigation"),
        (5, 6, "another document"),
        (7, 9, "page mark"),
        (11, 13, "another document"),
    ]


def test_only_the_last_slice_is_the_truncated_one() -> None:
    assert CLEAN.slice(4, 6).truncated
    assert not CLEAN.slice(0, 3).truncated
