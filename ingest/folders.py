"""What lies in a folder: its files at any depth, and what in it is refused."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError
from ingest.opening import cannot_open, check_kind, led_astray


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of a folder, or what is refused there and why."""

    path: Path
    problem: IngestError | None = None


def found_in(folder: Path) -> Iterator[Found]:
    """The files in the folder in order of their paths; hidden ones are left out.

    A link counts as what it leads to, and is refused where that lies outside the folder.
    """
    yield from _Walk(folder).below(folder)


class _Walk:
    """One folder, each folder in it once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._real = os.path.realpath(root)
        self._seen: set[str] = set()

    def below(self, folder: Path) -> Iterator[Found]:
        real = os.path.realpath(folder)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
        except OSError as error:
            yield Found(path=folder, problem=cannot_open(folder, error))
            return
        for name in names:
            yield from self._entry(folder / name)

    def _entry(self, path: Path) -> Iterator[Found]:
        try:
            mode = os.lstat(path).st_mode
            if path.is_symlink():
                path = self._target(path)
                mode = os.lstat(path).st_mode
        except IngestError as error:
            yield Found(path=path, problem=error)
            return
        except OSError as error:
            yield Found(path=path, problem=cannot_open(path, error))
            return
        if any(part.startswith(".") for part in path.relative_to(self._root).parts):
            return
        if path.is_dir():
            yield from self.below(path)
            return
        try:
            check_kind(path, mode)
        except IngestError as error:
            yield Found(path=path, problem=error)
        else:
            yield Found(path=path)

    def _target(self, link: Path) -> Path:
        """What the link leads to, by its path below the root; IngestError where it is elsewhere."""
        try:
            real = Path(os.path.realpath(link, strict=True))
        except OSError as error:
            raise cannot_open(link, error) from error
        if not real.is_relative_to(self._real):
            raise led_astray(link)
        return self._root / real.relative_to(self._real)
