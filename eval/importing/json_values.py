"""JSON of others, checked where it is read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from eval.errors import ImportFileError

_Value = TypeVar("_Value")


def text_of(path: Path) -> str:
    """The text of the file, with or without a byte order mark; ImportFileError if it has none in UTF-8."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise ImportFileError(
            f"{path}: cannot be read ({error.strerror}); name the file to import"
        ) from error
    except UnicodeDecodeError as error:
        raise ImportFileError(f"{path}: expected a file in UTF-8 ({error})") from error


def json_lines(path: Path, kind: TypeAdapter[_Value]) -> Iterator[_Value]:
    """A value a line; ImportFileError names the line of a bad one."""
    # Not splitlines(): JSON strings may hold U+2028 and its like.
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            yield _checked(line, kind, f"{path.name}, line {number}")


def json_file(path: Path, kind: TypeAdapter[_Value]) -> _Value:
    """The value that the whole file is."""
    return _checked(text_of(path), kind, path.name)


def _checked(text: str, kind: TypeAdapter[_Value], place: str) -> _Value:
    try:
        return kind.validate_python(json.loads(text))
    except json.JSONDecodeError as error:
        raise ImportFileError(f"{place}: expected JSON, found {error.msg} at {error.pos}") from error
    except ValidationError as error:
        found = error.errors()[0]
        field = ".".join(map(str, found["loc"]))
        raise ImportFileError(f"{place}: {field}: {found['msg']}") from error
