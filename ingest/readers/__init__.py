"""One reader a file format; the module readers/<suffix>.py takes the files with that suffix."""

import hashlib
import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ingest.errors import LimitExceededError, UnreadableFileError, UnsupportedFormatError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.source import Block, SourceDocument


class Reader(Protocol):
    """What each module of this folder offers."""

    def read(self, content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
        """The text of the file and the blocks it sets apart, or an IngestError that says what to do."""


@cache
def suffixes() -> tuple[str, ...]:
    """The file suffixes that can be read, without the dot, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """The text of the file, or an IngestError that says what to do."""
    return read_content(_content(path, limits), path.name, limits)


def read_content(content: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """The text of the bytes of a file of this name, or an IngestError that says what to do."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix not in suffixes():
        raise UnsupportedFormatError(
            f"{name}: expected one of {', '.join(suffixes())}; save it in one of these formats"
        )
    if not content.strip():
        raise UnreadableFileError(f"{name}: the file is empty; check that its download was finished")
    reader = cast(Reader, import_module(f"{__name__}.{suffix}"))
    text, blocks = reader.read(content, name, limits)
    return SourceDocument(name=name, sha256=hashlib.sha256(content).hexdigest(), text=text, blocks=blocks)


def _content(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise LimitExceededError(
                f"{path.name}: expected at most {limits.file_bytes:,} bytes, found {size:,}; "
                "split it, or raise CLAUSEWISE_LIMITS__FILE_BYTES"
            )
        return path.read_bytes()
    except IsADirectoryError as error:
        raise UnreadableFileError(f"{path}: expected a file, found a folder; name the files in it") from error
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(f"{path}: cannot be opened ({reason}); check its permissions") from error
