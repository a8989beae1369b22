"""Files on disk, opened only if they are files: nothing is waited for, and no link leads astray."""

import os
import stat
from pathlib import Path
from typing import IO

from ingest.errors import ChangedFileError, IngestError, LimitExceededError, UnreadableFileError
from ingest.limits import Limits

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# A pipe is opened without waiting for its writer; a terminal does not become ours. Windows has neither.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def opened(path: Path, *, follow: bool = True) -> IO[bytes]:
    """The file, open for reading; UnreadableFileError for anything but a file.

    Without `follow` no part of the path may be a link, also one put there a moment ago.
    """
    try:
        check_kind(path, path.stat(follow_symlinks=follow).st_mode)
        file = os.fdopen(os.open(path, _FLAGS if follow else _FLAGS | _NO_FOLLOW), "rb")
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from error
    try:
        found = os.fstat(file.fileno())
        check_kind(path, found.st_mode)
        if not (follow or _is_at(path, found)):
            raise led_astray(path)
    except BaseException:
        file.close()
        raise
    return file


def is_file(path: Path) -> bool:
    """Whether there is a file; False too for what can be no path, such as a name that is too long."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder; False too for what can be no path."""
    try:
        return path.is_dir()
    except OSError:
        return False


def whole(file: IO[bytes], name: str, limits: Limits) -> bytes:
    """All bytes of the open file; LimitExceededError, or ChangedFileError where it changed meanwhile."""
    before = os.fstat(file.fileno())
    content = b"" if before.st_size > limits.file_bytes else file.read(limits.file_bytes + 1)
    size = max(before.st_size, len(content))
    if size > limits.file_bytes:
        raise LimitExceededError(
            f"{name}: expected at most {limits.file_bytes:,} bytes, found {size:,}; "
            "split it, or raise CLAUSEWISE_LIMITS__FILE_BYTES"
        )
    after = os.fstat(file.fileno())
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(content)):
        raise ChangedFileError(f"{name}: it changed while it was read; add it again when it is written")
    return content


def check_kind(path: Path, mode: int) -> None:
    """UnreadableFileError for a pipe, a socket, a device, a link or a folder."""
    if stat.S_ISREG(mode):
        return
    if stat.S_ISLNK(mode):
        raise led_astray(path)
    if stat.S_ISDIR(mode):
        raise UnreadableFileError(f"{path}: expected a file, found a folder; name the files in it")
    kind = next((kind for is_of, kind in _KINDS if is_of(mode)), "something else")
    raise UnreadableFileError(f"{path}: expected a file, found {kind}; save what it gives as a file")


def led_astray(path: Path) -> UnreadableFileError:
    """The error for a link that is not followed."""
    return UnreadableFileError(
        f"{path}: it is a link to somewhere else, which is not followed; "
        "put the file itself there, or name it directly"
    )


def cannot_open(path: Path, error: Exception) -> IngestError:
    """What the user can do where the system refuses."""
    if isinstance(error, FileNotFoundError):
        return UnreadableFileError(f"{path}: there is no such file; check the path")
    reason = getattr(error, "strerror", None) or type(error).__name__
    return UnreadableFileError(f"{path}: cannot be opened ({reason}); check its permissions")


def _is_at(path: Path, found: os.stat_result) -> bool:
    """Whether the path, without any link in it, still leads to what was opened."""
    try:
        there = path.stat(follow_symlinks=False)
        return os.path.realpath(path) == str(path) and os.path.samestat(there, found)
    except OSError:
        return False
