"""Names that others gave, as labels."""

import time
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.labels import label_of, labels_of


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("夹/通知：附件(1).docx", "夹/通知：附件(1).docx"),
        ("10:30 会议.txt", "10:30 会议.txt"),
        ("/etc/x.txt", "etc/x.txt"),
        ("../../x.txt", "x.txt"),
        ("a/../../b/./x.txt", "a/b/x.txt"),
        ("C:\\Users\\x.txt", "Users/x.txt"),
        ("\\\\server\\share\\x.txt", "server/share/x.txt"),
        ("c:x.txt", "x.txt"),
        ("/C:/x.txt", "x.txt"),
        ("a\nb\x00c\x1b\u202e.txt", "a_b_c__.txt"),
        ("CON.txt", "_CON.txt"),
        ("夹/lpt1", "夹/_lpt1"),
        ("x.txt. . ", "x.txt"),
        ("...", "_"),
        ("", "_"),
    ],
)
def test_a_name_becomes_a_plain_label(name: str, label: str) -> None:
    assert label_of(name) == label


def test_a_long_name_keeps_its_suffix_and_its_last_folders() -> None:
    label = label_of(f"{'夹' * 50}/" * 20 + "长" * 500 + ".docx")
    assert len(label.encode()) <= 1000 and label.endswith("长.docx")


def test_names_of_one_label_are_numbered_and_a_plain_name_keeps_its_own() -> None:
    assert labels_of(["/a.txt", "a.txt", "../a.txt", "a (2).txt"]) == [
        "a (3).txt",
        "a.txt",
        "a (4).txt",
        "a (2).txt",
    ]


def test_thousands_of_one_name_and_a_name_of_thousands_of_folders_cost_little_more_than_others() -> None:
    def seconds(names: list[str]) -> float:
        began = time.perf_counter()
        labels_of(names)
        return time.perf_counter() - began

    plain = seconds([f"夹/第{number}号.txt" for number in range(8000)])
    assert seconds(["夹/通知.txt"] * 8000) < 50 * plain
    assert seconds(["a/" * 30_000 + "b.txt"]) < 50 * plain


@given(st.lists(st.text(st.characters(exclude_categories=())) | st.sampled_from(["../a", "/a", "a", "a/"])))
def test_labels_are_plain_and_no_two_are_the_same(names: list[str]) -> None:
    labels = labels_of(names)
    assert len(set(labels)) == len(names)
    for label in labels:
        label.encode()
        assert label_of(label) == label
        assert not PurePosixPath(label).is_absolute() and ".." not in label.split("/")
        assert not PureWindowsPath(label).drive or ":" in label.split("/")[0][2:]
        assert Path("archive") in (Path("archive") / label).parents
