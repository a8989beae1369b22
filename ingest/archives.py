"""Files packed in a zip: which there are, and their bytes, within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.encodings import decoded
from ingest.errors import IngestError, LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits

SUFFIX = "zip"
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_CHUNK = 1 << 20


def is_archive(name: str) -> bool:
    """Whether the file is one that holds others."""
    return PurePosixPath(name).suffix.lower() == f".{SUFFIX}"


def members(file: IO[bytes], name: str, limits: Limits) -> list[str]:
    """The names of the files in the archive, in the order of packing, without hidden ones."""
    with _opened(file, name) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
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
    return [shown for info in infos if not _is_hidden(shown := shown_name(info))]


def member(file: IO[bytes], name: str, wanted: str, limits: Limits) -> bytes:
    """The bytes of one file of the archive, by the name that `members` gives it."""
    with _opened(file, name) as archive:
        info = next((each for each in archive.infolist() if shown_name(each) == wanted), None)
        if info is None:
            raise UnreadableFileError(f"{name}/{wanted}: there is no such file in the archive; list it again")
        if info.flag_bits & _ENCRYPTED:
            raise PasswordError(f"{name}/{wanted}: opens only with a password; unpack it and add the files")
        try:
            return _read(archive, info, f"{name}/{wanted}", limits)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableFileError(f"{name}/{wanted}: damaged ({error}); pack the files anew") from error


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
    return any(part.startswith(".") or part == "__MACOSX" for part in Path(name).parts)
