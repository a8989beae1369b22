"""One reader a file format; the module readers/<suffix>.py takes the files with that suffix."""

import hashlib
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ingest.errors import UnreadableFileError, UnsupportedFormatError
from ingest.source import Block, SourceDocument


class Reader(Protocol):
    """What each module of this folder offers."""

    def read(self, content: bytes, name: str) -> tuple[str, tuple[Block, ...]]:
        """The text of the file and the blocks it sets apart."""


def suffixes() -> tuple[str, ...]:
    """The file suffixes that can be read, without the dot, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def read(path: Path) -> SourceDocument:
    """The text of the file, or an IngestError that says what to do."""
    content = _content(path)
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in suffixes():
        raise UnsupportedFormatError(
            f"{path.name}: expected one of {', '.join(suffixes())}; save it in one of these formats"
        )
    reader = cast(Reader, import_module(f"{__name__}.{suffix}"))
    text, blocks = reader.read(content, path.name)
    return SourceDocument(
        name=path.name, sha256=hashlib.sha256(content).hexdigest(), text=text, blocks=blocks
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise UnreadableFileError(f"{path}: expected a file, found a folder; name the files in it") from error
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(f"{path}: cannot be opened ({reason}); check its permissions") from error
