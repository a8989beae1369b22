"""Which files a list of paths means."""

from pathlib import Path

from vectorstore.listing import listed


def test_folders_are_walked_in_order_and_unknown_suffixes_marked(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/y.wps", ".hidden.txt", ".git/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文")
    found = [(str(file.path.relative_to(tmp_path)), file.known) for file in listed([tmp_path])]
    assert found == [("a/y.wps", False), ("a/z.TXT", True), ("b.txt", True)]


def test_a_file_named_directly_is_always_tried(tmp_path: Path) -> None:
    assert [file.known for file in listed([tmp_path / "x.wps", tmp_path / "missing.txt"])] == [True, True]


def test_a_file_named_twice_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文")
    assert len(listed([tmp_path / "a.txt", tmp_path, tmp_path / "." / "a.txt"])) == 1
