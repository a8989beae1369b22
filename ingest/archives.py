"""Files packed in a zip: which there are, and their bytes, within limits."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from ingest.encodings import decoded
from ingest.errors import IngestError, LimitExceededError, PasswordError, UnreadableFileError
from ingest.labels import labels_of
from ingest.limits import Limits

SUFFIX = "zip"
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive by its label, which is no path on disk."""

    label: str
    problem: UnreadableFileError | None = None  # why it is not read


def is_archive(name: str) -> bool:
    """Whether the file is one that holds others."""
    return PurePosixPath(name).suffix.lower() == f".{SUFFIX}"


def members(file: IO[bytes], name: str, limits: Limits) -> list[Member]:
    """The files in the archive, in the order of packing, without hidden ones."""
    with _opened(file, name) as archive:
        labelled = _labelled(archive)
    infos = list(labelled.values())
    if len(infos) > limits.archive_files:
        raise LimitExceededError(
            f"{name}: expected at most {limits.archive_files:,} files, found {len(infos):,}; "
            "split it, or raise CLAUSEWISE_LIMITS__ARCHIVE_FILES"
        )
    total = sum(info.file_size for info in infos)
    if total > limits.unpacked_bytes:
        raise LimitExceededError(
            f"{name}: expected at most {limits.unpacked_bytes:,} bytes when unpacked, found {total:,}; "
            "split it, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
        )
    return [
        Member(label=label, problem=_refused(info, f"{name}/{label}"))
        for label, info in labelled.items()
        if not _is_hidden(label)
    ]


def member(file: IO[bytes], name: str, label: str, limits: Limits) -> bytes:
    """The bytes of one file of the archive, by the label that `members` gives it."""
    with _opened(file, name) as archive:
        return _unpacked(archive, _labelled(archive).get(label), f"{name}/{label}", limits)


def part(file: IO[bytes], name: str, path: str, limits: Limits) -> bytes:
    """The bytes of one part of a zipped document, by the path that the document refers to it by."""
    with _opened(file, name) as archive:
        info = next((each for each in archive.infolist() if each.filename == path), None)
        return _unpacked(archive, info, f"{name}/{path}", limits)


def shown_name(info: zipfile.ZipInfo) -> str:
    """The name of a packed file; programs of Chinese Windows write it in GB18030 and do not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return decoded(info.filename.encode("cp437"), info.filename)
    except (UnicodeEncodeError, IngestError):
        return info.filename


def in_memory(content: bytes) -> IO[bytes]:
    """The bytes of an archive as the functions above take it."""
    return io.BytesIO(content)


@contextmanager
def _opened(file: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFileError(
            f"{name}: expected a zip archive, found something else or a part of one; download it again"
        ) from error
    with archive:
        yield archive


def _labelled(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not (info.is_dir() or stat.S_ISDIR(_mode(info)))]
    return dict(zip(labels_of(map(shown_name, infos)), infos, strict=True))


def _mode(info: zipfile.ZipInfo) -> int:
    """The kind and the permissions of the packed file; 0 if its program did not write them."""
    return info.external_attr >> 16


def _refused(info: zipfile.ZipInfo, name: str) -> UnreadableFileError | None:
    kind = stat.S_IFMT(_mode(info))
    if kind in (0, stat.S_IFREG):
        return None
    found = "a link" if kind == stat.S_IFLNK else "a device or a pipe"
    return UnreadableFileError(f"{name}: expected a file, found {found}; pack the file itself")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, name: str, limits: Limits) -> bytes:
    if info is None:
        raise UnreadableFileError(f"{name}: there is no such file in the archive; list it again")
    if refused := _refused(info, name):
        raise refused
    if info.flag_bits & _ENCRYPTED:
        raise PasswordError(f"{name}: opens only with a password; unpack it and add the files")
    try:
        return _read(archive, info, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableFileError(f"{name}: damaged ({error}); pack the files anew") from error


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    """What is declared may be a lie, so that the count is kept while unpacking."""
    parts, total = [], 0
    with archive.open(info) as packed:
        while part := packed.read(_CHUNK):
            total += len(part)
            if total > limits.file_bytes:
                raise LimitExceededError(
                    f"{name}: expected at most {limits.file_bytes:,} bytes when unpacked, found more; "
                    "split it, or raise CLAUSEWISE_LIMITS__FILE_BYTES"
                )
            parts.append(part)
    return b"".join(parts)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
