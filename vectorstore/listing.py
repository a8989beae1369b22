"""Which files a list of paths means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import suffixes


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A file to index; `known` is false for one that a folder holds and no reader takes."""

    path: Path
    known: bool = True


def listed(paths: Sequence[Path]) -> list[ListedFile]:
    """The files named, and those in the folders named at any depth, in order of their paths, each once.

    A file named directly is always tried. Hidden files and folders are left out.
    """
    files = (file for path in paths for file in _below(path))
    return list({file.path.resolve(): file for file in files}.values())


def _below(path: Path) -> Iterator[ListedFile]:
    if not path.is_dir():
        yield ListedFile(path=path)
        return
    readable = suffixes()
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden:
            yield ListedFile(path=file, known=file.suffix.lower().removeprefix(".") in readable)
