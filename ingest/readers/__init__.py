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

# Nothing but text: every byte of them is parsed.
_TEXTS = ("txt", "htm", "html")


class Reader(Protocol):
    """What each module of this folder offers."""

    def read(self, content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
        """The text of the file and the blocks it sets apart, or an IngestError that says what to do."""


@cache
def suffixes() -> tuple[str, ...]:
    """The file suffixes that can be read, without the dot, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def read_content(content: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """The text of the bytes of a file of this name, or an IngestError that says what to do."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix not in suffixes():
        raise UnsupportedFormatError(
            f"{name}: expected one of {', '.join(suffixes())}; save it in one of these formats"
        )
    if not content.strip():
        raise UnreadableFileError(f"{name}: the file is empty; check that its download was finished")
    if suffix in _TEXTS and len(content) > limits.text_bytes:
        raise LimitExceededError(
            f"{name}: expected at most {limits.text_bytes:,} bytes of text, found {len(content):,}; "
            "split it, or raise CLAUSEWISE_LIMITS__TEXT_BYTES"
        )
    reader = cast(Reader, import_module(f"{__name__}.{suffix}"))
    text, blocks = reader.read(content, name, limits)
    return SourceDocument(name=name, sha256=hashlib.sha256(content).hexdigest(), text=text, blocks=blocks)
