"""Where output goes: JSON alone to stdout, everything else to stderr."""

import sys

from pydantic import BaseModel
from rich.console import Console

_WIDTH_OF_FILES = 160


def terminal() -> Console:
    """The console for results that people read."""
    # A file or a pipe has no width of its own, and tables should not be cut for it.
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    return Console(file=sys.stdout, highlight=False, width=width)


def aside() -> Console:
    """The console for everything that is no result."""
    return Console(file=sys.stderr, highlight=False)


def write_json(value: BaseModel) -> None:
    """The value as indented JSON on stdout."""
    _write(value.model_dump_json(indent=2))


def write_json_line(value: BaseModel) -> None:
    """The value as one line of JSON on stdout, at once."""
    _write(value.model_dump_json())


def _write(text: str) -> None:
    # JSON is UTF-8 whatever the terminal takes.
    sys.stdout.flush()
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(text.encode() + b"\n")
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(text + "\n")
