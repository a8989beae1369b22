"""The files that paths, folders and archives mean, and what is read of them."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import archives, readers
from ingest.errors import IngestError, LimitExceededError, UnreadableFileError
from ingest.folders import found_in
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.opening import is_file, is_folder, opened, whole
from ingest.source import SourceDocument

# Between an archive and what it holds; no path of a file on disk, once resolved, has it.
_INSIDE = "//"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to read: one on disk, or one packed in an archive on disk."""

    path: Path  # of a packed file: the archive's path, then the labels inside; to show, never to open
    known: bool = True  # False for one that a folder or an archive holds and no reader takes
    archive: Path | None = None  # the outermost, which is on disk
    inside: tuple[str, ...] = ()  # the labels to follow from there, one for each archive
    exact: Path | None = None  # where it lies on disk, if no link may be followed to it
    problem: IngestError | None = None  # why it cannot be read, or its archive cannot be listed
    lies_at: Path | None = None  # where its content waits, if it is to be put in its place later

    def content(self, limits: Limits = DEFAULT_LIMITS) -> bytes:
        """Its bytes; ChangedFileError where it changed meanwhile, or another IngestError."""
        if self.problem is not None:
            raise self.problem
        on_disk = self.archive or self.path
        name = on_disk.name
        may_follow = self.exact is None and self.lies_at is None
        with opened(self.lies_at or self.exact or on_disk, follow=may_follow) as file:
            content = whole(file, name, limits)
        for label in self.inside:
            content = archives.member(archives.in_memory(content), name, label, limits)
            name = f"{name}/{label}"
        return content

    def read(self, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
        """Its text, or an IngestError that says what to do."""
        return readers.read_content(self.content(limits), self.path.name, limits)

    def source(self) -> str:
        """What the catalog knows it by, and `find_file` finds it by; of a packed file no path on disk."""
        on_disk = self.archive or self.path
        if self.exact is not None:
            real = str(self.exact)
        elif self.problem is not None:
            # A link that is refused is not what it leads to.
            real = str(Path(os.path.realpath(on_disk.parent)) / on_disk.name)
        else:
            real = os.path.realpath(on_disk)
        return _INSIDE.join((real, *self.inside))

    def sha256(self, limits: Limits = DEFAULT_LIMITS) -> str | None:
        """The hash of its bytes; None where they cannot be had, which reading explains."""
        try:
            return hashlib.sha256(self.content(limits)).hexdigest()
        except IngestError:
            return None

    def changed_at(self) -> float:
        """When the file on disk was last written, in seconds since the epoch; 0 where it is gone."""
        try:
            return (self.lies_at or self.archive or self.path).stat().st_mtime
        except OSError:
            return 0.0


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """The text of the file on disk, or an IngestError that says what to do."""
    return InputFile(path=path).read(limits)


def listed(paths: Sequence[Path], limits: Limits = DEFAULT_LIMITS) -> list[InputFile]:
    """The files named, and those in the folders and archives named at any depth, each once.

    In order of their paths. A file named directly is always tried. Hidden files are left out.
    """
    files = (_nameable(file) for path in paths for file in _below(path, limits))
    return list({file.source(): file for file in files}.values())


def find_file(source: str | Path, limits: Limits = DEFAULT_LIMITS) -> InputFile | None:
    """The file that the catalog knows by `source`, read without following links; None if it is gone."""
    path, inside = Path(source), _inside(str(source))
    if not inside and is_file(path):
        return InputFile(path=path, exact=path)
    on_disk = disk_path(str(source))
    archive = on_disk if inside else next((above for above in path.parents if is_file(above)), on_disk)
    if not (is_file(archive) and archives.is_archive(archive.name)):
        return None
    packed = (file for file in _packed(InputFile(path=archive, exact=archive), limits) if not file.problem)
    return next((file for file in packed if (file.inside == inside if inside else file.path == path)), None)


def disk_path(source: str) -> Path:
    """The part of a source of the catalog that is on disk: the file, or the archive that holds it."""
    return Path(source[:1] + source[1:].split(_INSIDE)[0])


def former_source(file: InputFile) -> str | None:
    """What catalogs knew a packed file by before; None for a file on disk."""
    if not file.inside:
        return None
    on_disk = InputFile(path=file.archive or file.path, exact=file.exact).source()
    return "/".join((on_disk, *file.inside))


def _inside(source: str) -> tuple[str, ...]:
    return tuple(source[1:].split(_INSIDE)[1:])


def _below(path: Path, limits: Limits) -> Iterator[InputFile]:
    if not is_folder(path):
        yield from _unpacked(InputFile(path=path), limits)
        return
    real = Path(os.path.realpath(path))
    for found in found_in(path):
        exact = None if found.problem else real / found.path.relative_to(path)
        file = InputFile(
            path=found.path,
            known=found.problem is not None or _is_known(found.path.name),
            exact=exact,
            problem=found.problem,
        )
        yield from _unpacked(file, limits)


def _unpacked(file: InputFile, limits: Limits) -> Iterator[InputFile]:
    if archives.is_archive(file.path.name) and is_file(file.path) and not file.problem:
        yield from _packed(file, limits)
    else:
        yield file


def _packed(archive: InputFile, limits: Limits) -> Iterator[InputFile]:
    path = archive.path
    try:
        with opened(archive.exact or path, follow=archive.exact is None) as file:
            members = archives.members(file, path.name, limits)
    except IngestError as error:
        yield InputFile(path=path, exact=archive.exact, problem=error)
        return
    for member in members:
        yield from _further_packed(_member(archive, member, path), limits)


def _further_packed(file: InputFile, limits: Limits) -> Iterator[InputFile]:
    """The file itself, or what it holds where it is an archive."""
    if file.problem or not archives.is_archive(file.path.name):
        yield file
        return
    shown = "/".join(file.inside)
    try:
        if len(file.inside) >= limits.archive_depth:
            raise LimitExceededError(
                f"{shown}: expected archives at most {limits.archive_depth} deep, found more; "
                "unpack it, or raise CLAUSEWISE_LIMITS__ARCHIVE_DEPTH"
            )
        members = archives.members(archives.in_memory(file.content(limits)), shown, limits)
    except IngestError as error:
        yield replace(file, problem=error)
        return
    for member in members:
        yield from _further_packed(_member(file, member, file.archive or file.path), limits)


def _member(holder: InputFile, member: archives.Member, archive: Path) -> InputFile:
    return InputFile(
        path=holder.path / member.label,
        known=member.problem is not None or _is_known(member.label),
        archive=archive,
        inside=(*holder.inside, member.label),
        exact=holder.exact,
        problem=member.problem,
    )


def gone_file(source: str) -> InputFile:
    """A file of the catalog that is not there any more: reading it says so."""
    path = Path(source)
    return InputFile(path=path, problem=UnreadableFileError(f"{path}: there is no such file; check the path"))


def _nameable(file: InputFile) -> InputFile:
    """The file, or why not if its name cannot be written down."""
    try:
        str(file.path).encode()
    except UnicodeEncodeError:
        shown = Path(os.fsencode(file.path).decode(errors="replace"))
        problem = UnreadableFileError(f"{shown}: expected a name in UTF-8, found other bytes; rename it")
        return InputFile(path=shown, problem=problem)
    return file


def _is_known(name: str) -> bool:
    suffix = Path(name).suffix.lower().removeprefix(".")
    return suffix in readers.suffixes() or suffix == archives.SUFFIX
