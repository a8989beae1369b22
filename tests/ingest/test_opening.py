"""What is opened, and what is refused at once."""

import io
import os
import socket
from pathlib import Path

import pytest

from ingest.errors import ChangedFileError, UnreadableFileError
from ingest.input_files import listed, read_file
from ingest.limits import DEFAULT_LIMITS
from ingest.opening import whole


@pytest.fixture
def special(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pipe, a socket and a link to a device."""
    folder = tmp_path / "special"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.zip")
    monkeypatch.chdir(folder)  # the path of a socket has few characters
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.txt")
    return folder


@pytest.mark.parametrize(
    ("name", "kind"),
    [("pipe.txt", "a pipe"), ("pipe.zip", "a pipe"), ("socket.txt", "a socket"), ("/dev/zero", "a device")],
)
def test_what_is_no_file_is_refused_at_once(special: Path, name: str, kind: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"expected a file, found {kind}"):
        read_file(special / name)


def test_what_is_no_file_is_refused_in_a_folder_too(special: Path) -> None:
    (special / "zero.txt").symlink_to("/dev/zero")
    found = listed([special])
    assert [file.path.name for file in found] == ["pipe.txt", "pipe.zip", "socket.txt", "zero.txt"]
    for file in found:
        with pytest.raises(UnreadableFileError):
            file.read()


def test_a_link_that_leads_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(UnreadableFileError, match=r"a\.txt: cannot be opened"):
        listed([tmp_path / "a.txt"])[0].read()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read all")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    (file,) = listed([tmp_path])
    with pytest.raises(UnreadableFileError, match="closed: cannot be opened"):
        file.read()


class Growing(io.FileIO):
    """A file that someone else writes to while it is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(-1 if size is None else size)
        with Path(str(self.name)).open("ab") as file:
            file.write(b"more")
        return content or b""


def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一条")
    with Growing(path) as file, pytest.raises(ChangedFileError, match="add it again"):
        whole(file, path.name, DEFAULT_LIMITS)
