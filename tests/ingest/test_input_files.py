"""Which files a list of paths means."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from ingest.errors import (
    IngestError,
    LimitExceededError,
    PasswordError,
    UnreadableFileError,
)
from ingest.input_files import find_file, listed
from ingest.limits import Limits


def test_folders_are_walked_in_order_and_unknown_suffixes_marked(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/y.xyz", ".hidden.txt", ".git/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文")
    found = [(str(file.path.relative_to(tmp_path)), file.known) for file in listed([tmp_path])]
    assert found == [("a/y.xyz", False), ("a/z.TXT", True), ("b.txt", True)]


def test_a_file_named_directly_is_always_tried(tmp_path: Path) -> None:
    assert [file.known for file in listed([tmp_path / "x.xyz", tmp_path / "missing.txt"])] == [True, True]


def test_a_file_named_twice_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("文")
    assert len(listed([tmp_path / "a.txt", tmp_path, tmp_path / "." / "a.txt"])) == 1


def _zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_the_files_of_an_archive_are_files_too(tmp_path: Path) -> None:
    inner = _zipped({"内.txt": "第二条 乙".encode()})
    files = {"夹/甲.txt": "第一条 甲".encode(), "x.bin": b"1", "更多.zip": inner, "__MACOSX/._a.txt": b"x"}
    archive = _zip(tmp_path / "a.zip", files)
    found = listed([tmp_path])
    shown = [(file.path.relative_to(tmp_path).as_posix(), file.known) for file in found]
    assert shown == [("a.zip/夹/甲.txt", True), ("a.zip/x.bin", False), ("a.zip/更多.zip/内.txt", True)]
    assert [file.read().text for file in found if file.known] == ["第一条 甲", "第二条 乙"]
    assert find_file(archive / "更多.zip" / "内.txt") == found[2]
    assert find_file(archive / "gone.txt") is None


def test_names_that_windows_packed_in_gb18030_are_told(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", {"XXXX.txt": "第一条 甲".encode()})
    name = "通知".encode("gb18030")
    archive.write_bytes(archive.read_bytes().replace(b"XXXX", name))
    (file,) = listed([archive])
    assert file.path.name == "通知.txt" and file.read().text == "第一条 甲"


@pytest.mark.parametrize(
    ("files", "limits", "setting"),
    [
        ({"a.txt": b"0" * 5000}, Limits(file_bytes=1000), "FILE_BYTES"),
        ({"a.txt": b"0" * 5000}, Limits(unpacked_bytes=1000), "UNPACKED_BYTES"),
        ({"a.txt": b"0", "b.txt": b"1"}, Limits(archive_files=1), "ARCHIVE_FILES"),
        ({"b.zip": _zipped({"c.zip": _zipped({"d.txt": b"1"})})}, Limits(archive_depth=1), "ARCHIVE_DEPTH"),
    ],
)
def test_an_archive_beyond_a_limit_is_refused_with_the_setting(
    tmp_path: Path, files: dict[str, bytes], limits: Limits, setting: str
) -> None:
    archive = _zip(tmp_path / "a.zip", files)
    with pytest.raises(LimitExceededError, match=f"CLAUSEWISE_LIMITS__{setting}"):
        for file in listed([archive], limits):
            file.read(limits)


def test_a_gigabyte_of_zeros_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("a.txt", "w") as file:
        for _ in range(1024):
            file.write(bytes(1024 * 1024))
    (found,) = listed([archive])
    assert isinstance(found.problem, LimitExceededError)


@pytest.mark.parametrize("content", [b"", b"no archive", _zipped({"a.txt": b"1" * 99})[:60]])
def test_what_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    (file,) = listed([tmp_path])
    with pytest.raises(UnreadableFileError, match=r"a\.zip"):
        file.read()


def test_a_packed_file_with_a_password_is_named(tmp_path: Path) -> None:
    content = bytearray(_zipped({"a.txt": "第一条".encode()}))
    # Bit 0 of the general purpose flag, in the local header and in the directory.
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(content))
    with pytest.raises(PasswordError, match=r"a\.zip/a\.txt"):
        listed([tmp_path])[0].read()


def test_a_damaged_packed_file_is_named(tmp_path: Path) -> None:
    content = bytearray(_zipped({"a.txt": os.urandom(200)}))
    content[60:90] = bytes(30)
    (tmp_path / "a.zip").write_bytes(bytes(content))
    with pytest.raises(IngestError, match=r"a\.zip/a\.txt"):
        listed([tmp_path])[0].read()


def test_links_in_a_folder_are_read_once_and_refused_where_they_lead_out(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside.txt"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text("第一条 甲")
    outside.write_text("第一条 外")
    (folder / "again.txt").symlink_to(folder / "in" / "a.txt")
    (folder / "in" / "up").symlink_to(folder)
    (folder / "out.txt").symlink_to(outside)
    (folder / "out").symlink_to(tmp_path)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "nothing.txt").symlink_to(folder / "gone")
    found = listed([folder])
    assert [file.read().text for file in found if not file.problem] == ["第一条 甲"]
    refused = {file.path.name: str(file.problem) for file in found if file.problem}
    assert refused.keys() == {"out.txt", "out", "loop.txt", "nothing.txt"}
    assert "link" in refused["out.txt"] and "link" in refused["out"]


def test_a_link_that_is_named_directly_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一条 甲")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (file,) = listed([tmp_path / "b.txt"])
    assert file.read().text == "第一条 甲" and file.source() == str(tmp_path / "a.txt")


@pytest.mark.parametrize("part", ["a.txt", "in"])
def test_a_link_put_in_place_of_a_listed_file_or_folder_is_not_followed(tmp_path: Path, part: str) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    for each in (folder / "in", elsewhere):
        each.mkdir(parents=True)
        (each / "a.txt").write_text("第一条 甲")
    (folder / "a.txt").write_text("第一条 乙")
    files = {file.source(): file for file in listed([folder])}
    changed = folder / part
    file = files[str(changed if part == "a.txt" else changed / "a.txt")]
    changed.rename(tmp_path / "moved")
    changed.symlink_to(elsewhere / "a.txt" if part == "a.txt" else elsewhere)
    for again in (file, find_file(file.source())):
        assert again is not None
        with pytest.raises(UnreadableFileError, match="link"):
            again.read()


def test_a_packed_file_is_never_looked_for_on_disk(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", {"x.txt": "第一条 甲".encode()})
    (file,) = listed([archive])
    archive.unlink()
    archive.mkdir()
    (archive / "x.txt").write_text("第一条 外")
    assert find_file(file.source()) is None
    with pytest.raises(UnreadableFileError):
        file.read()


def test_packed_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    inner = _zipped({"x.txt": "第一条 丙".encode()})
    files = {
        "../x.txt": "第一条 甲".encode(),
        "x.txt": "第一条 乙".encode(),
        "b.zip": inner,
        "b.zip/x.txt": "第一条 丁".encode(),
    }
    found = listed([_zip(tmp_path / "a.zip", files)])
    assert [file.path.name for file in found] == ["x (2).txt", "x.txt", "x.txt", "x.txt"]
    assert len({file.source() for file in found}) == 4
    again = [find_file(file.source()) for file in found]
    assert [file.read().text for file in again if file] == [file.read().text for file in found]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_a_packed_link_or_device_is_refused(tmp_path: Path, kind: int) -> None:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = (kind | 0o644) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/hostname")
    (file,) = listed([tmp_path])
    with pytest.raises(UnreadableFileError, match=r"a\.zip/a\.txt: expected a file"):
        file.read()
