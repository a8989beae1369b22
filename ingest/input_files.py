"""The files that paths, folders and archives mean, and what is read of them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import archives, readers
from ingest.errors import (
    ChangedFileError,
    IngestError,
    LimitExceededError,
    UnreadableFileError,
)
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.source import SourceDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to read: one on disk, or one packed in an archive on disk."""

    path: Path  # of a packed file: the archive's path, then the names inside
    known: bool = True  # False for one that a folder or an archive holds and no reader takes
    archive: Path | None = None  # the outermost, which is on disk
    inside: tuple[str, ...] = ()  # the names to follow from there, one for each archive
    problem: IngestError | None = None  # why its archive cannot be listed

    def content(self, limits: Limits = DEFAULT_LIMITS) -> bytes:
        """Its bytes; ChangedFileError where it changed meanwhile, or another IngestError."""
        if self.problem is not None:
            raise self.problem
        content = _content(self.archive or self.path, limits)
        name = (self.archive or self.path).name
        for wanted in self.inside:
            content = archives.member(archives.in_memory(content), name, wanted, limits)
            name = f"{name}/{wanted}"
        return content

    def read(self, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
        """Its text, or an IngestError that says what to do."""
        return readers.read_content(self.content(limits), self.path.name, limits)

    def sha256(self, limits: Limits = DEFAULT_LIMITS) -> str | None:
        """The hash of its bytes; None where they cannot be had, which reading explains."""
        try:
            return hashlib.sha256(self.content(limits)).hexdigest()
        except IngestError:
            return None

    def changed_at(self) -> float:
        """When the file on disk was last written, in seconds since the epoch; 0 where it is gone."""
        try:
            return (self.archive or self.path).stat().st_mtime
        except OSError:
            return 0.0


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """The text of the file on disk, or an IngestError that says what to do."""
    return InputFile(path=path).read(limits)


def listed(paths: Sequence[Path], limits: Limits = DEFAULT_LIMITS) -> list[InputFile]:
    """The files named, and those in the folders and archives named at any depth, each once.

    In order of their paths. A file named directly is always tried. Hidden files are left out.
    """
    files = (file for path in paths for file in _below(path, limits))
    return list({file.path.resolve(): file for file in files}.values())


def find_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> InputFile | None:
    """The file of this path, in an archive where the path leads into one; None where it is gone."""
    if path.is_file():
        return InputFile(path=path)
    archive = next((above for above in path.parents if above.is_file()), None)
    if archive is None or not archives.is_archive(archive.name):
        return None
    return next((file for file in _packed(archive, limits) if file.path == path and not file.problem), None)


def _below(path: Path, limits: Limits) -> Iterator[InputFile]:
    if not path.is_dir():
        yield from _unpacked(path, limits, known=True)
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden:
            yield from _unpacked(file, limits, known=_is_known(file.name))


def _unpacked(path: Path, limits: Limits, *, known: bool) -> Iterator[InputFile]:
    if archives.is_archive(path.name) and path.is_file():
        yield from _packed(path, limits)
    else:
        yield InputFile(path=path, known=known)


def _packed(archive: Path, limits: Limits) -> Iterator[InputFile]:
    try:
        with archive.open("rb") as file:
            names = archives.members(file, archive.name, limits)
    except IngestError as error:
        yield InputFile(path=archive, problem=error)
        return
    except OSError as error:
        yield InputFile(path=archive, problem=_cannot_open(archive, error))
        return
    for name in names:
        packed = InputFile(path=archive / name, known=_is_known(name), archive=archive, inside=(name,))
        yield from _further_packed(packed, limits)


def _further_packed(file: InputFile, limits: Limits) -> Iterator[InputFile]:
    """The file itself, or what it holds where it is an archive."""
    if not archives.is_archive(file.path.name):
        yield file
        return
    shown = "/".join(file.inside)
    try:
        if len(file.inside) >= limits.archive_depth:
            raise LimitExceededError(
                f"{shown}: expected archives at most {limits.archive_depth} deep, found more; "
                "unpack it, or raise CLAUSEWISE_LIMITS__ARCHIVE_DEPTH"
            )
        names = archives.members(archives.in_memory(file.content(limits)), shown, limits)
    except IngestError as error:
        yield InputFile(path=file.path, problem=error)
        return
    for name in names:
        inner = InputFile(
            path=file.path / name, known=_is_known(name), archive=file.archive, inside=(*file.inside, name)
        )
        yield from _further_packed(inner, limits)


def _is_known(name: str) -> bool:
    suffix = Path(name).suffix.lower().removeprefix(".")
    return suffix in readers.suffixes() or suffix == archives.SUFFIX


def _content(path: Path, limits: Limits) -> bytes:
    try:
        before = path.stat()
        if before.st_size > limits.file_bytes:
            raise LimitExceededError(
                f"{path.name}: expected at most {limits.file_bytes:,} bytes, found {before.st_size:,}; "
                "split it, or raise CLAUSEWISE_LIMITS__FILE_BYTES"
            )
        content = path.read_bytes()
        after = path.stat()
    except OSError as error:
        raise _cannot_open(path, error) from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(content)):
        raise ChangedFileError(f"{path.name}: it changed while it was read; add it again when it is written")
    return content


def _cannot_open(path: Path, error: OSError) -> UnreadableFileError:
    if isinstance(error, IsADirectoryError):
        return UnreadableFileError(f"{path}: expected a file, found a folder; name the files in it")
    if isinstance(error, FileNotFoundError):
        return UnreadableFileError(f"{path}: there is no such file; check the path")
    reason = error.strerror or type(error).__name__
    return UnreadableFileError(f"{path}: cannot be opened ({reason}); check its permissions")
