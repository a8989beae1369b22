"""Uploaded files: read and shown first, part of the documents only when they are published."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.errors import UnknownUploadError, UploadNameError
from ingest.input_files import InputFile, disk_path, listed
from ingest.labels import label_of
from ingest.limits import Limits
from ingest.policy import Policy
from vectorstore.parsing import Parse, parse_file

_LONGEST_NAME_BYTES = 200
_FORGOTTEN_AFTER_SECONDS = 24 * 60 * 60
# The folder of an upload that is promised to be published; no id given from outside leads to it.
_PROMISED = ".accepted"
# Tells, in that folder, the name under which the file was published.
_PLACED = ".placed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was uploaded and not yet published; `errors` are of the files in it that gave nothing."""

    upload_id: str
    path: Path
    policies: tuple[Policy, ...] = ()
    errors: tuple[str, ...] = ()


class Staging:
    """The uploads of a data folder, and the folder that published ones go to."""

    def __init__(self, folder: Path, documents: Path, limits: Limits, *, parse: Parse = parse_file) -> None:
        """Both folders are made when the first file comes."""
        # The catalog knows files by their real paths, however the data folder was named.
        self._folder = Path(os.path.realpath(folder))
        self._documents = Path(os.path.realpath(documents))
        self._limits = limits
        self._parse = parse

    def place_for(self, name: str) -> Upload:
        """An upload with the path that its content is to be written to; UploadNameError for a bad name."""
        _check_name(name)
        self._forget_old()
        upload_id = uuid4().hex
        folder = self._folder / upload_id
        folder.mkdir(parents=True)
        return Upload(upload_id=upload_id, path=folder / name)

    def read(self, upload: Upload) -> Upload:
        """The upload with what its file holds; an archive gives the policies of all its files."""
        policies: list[Policy] = []
        errors: list[str] = []
        for file in self._files(upload.path):
            parsed = self._parse(file, self._limits)
            policies += parsed.policies
            if parsed.error:
                # Where the file was put meanwhile is no matter of the user.
                errors.append(parsed.error.replace(str(upload.path.parent) + "/", ""))
        return Upload(
            upload_id=upload.upload_id, path=upload.path, policies=tuple(policies), errors=tuple(errors)
        )

    def is_waiting(self, upload_id: str) -> bool:
        """Whether the upload is there and neither accepted nor discarded."""
        try:
            return self._path_of(upload_id).is_file()
        except UnknownUploadError:
            return False

    def accept(self, upload_id: str) -> None:
        """Sets the upload apart, written to the disk, to be published; UnknownUploadError without one."""
        found = self._path_of(upload_id)
        _write_through(found)
        _write_through(found.parent)
        found.parent.rename(self._promised(upload_id))
        _write_through(self._folder)

    def give_back(self, upload_id: str) -> None:
        """Makes an accepted upload one that waits again."""
        self._promised(upload_id).rename(self._folder / upload_id)

    def accepted(self, upload_id: str) -> Path | None:
        """The file of an accepted upload; None once it is among the documents."""
        return next((path for path in self._promised(upload_id).glob("*") if path.name != _PLACED), None)

    def target_of(self, file: Path) -> Path:
        """Where the accepted file is to stand among the documents."""
        return self._documents / file.name

    def placed(self, upload_id: str) -> Path | None:
        """Where the file of an accepted upload stands among the documents."""
        try:
            name = (self._promised(upload_id) / _PLACED).read_text(encoding="utf-8")
        except OSError:
            return None
        return self._documents / name

    def place(self, upload_id: str) -> None:
        """Puts the file among the documents, in place of one of the same name, at once and durably."""
        found = self.accepted(upload_id)
        if found is None:
            return
        note = found.parent / _PLACED
        note.write_text(found.name, encoding="utf-8")
        _write_through(note)
        self._documents.mkdir(parents=True, exist_ok=True)
        found.replace(self._documents / found.name)
        _write_through(self._documents)
        _write_through(found.parent)

    def forget(self, upload_id: str) -> None:
        """Deletes what is left of an accepted upload."""
        shutil.rmtree(self._promised(upload_id), ignore_errors=True)

    def tidy(self, promised: Collection[str], was_promised: Callable[[str], bool]) -> None:
        """Puts right what a crash left: uploads set apart that nobody promised, or that are done with."""
        for folder in self._folder.glob(f"*{_PROMISED}"):
            upload_id = folder.name.removesuffix(_PROMISED)
            if upload_id in promised:
                continue
            if was_promised(upload_id):
                self.forget(upload_id)
            else:
                self.give_back(upload_id)

    def discard(self, upload_id: str) -> None:
        """Deletes the upload; UnknownUploadError without one."""
        shutil.rmtree(self._path_of(upload_id).parent)

    def break_off(self, upload: Upload) -> None:
        """Deletes what there is of an upload that did not come to its end."""
        shutil.rmtree(upload.path.parent, ignore_errors=True)

    def withdraw(self, source: str | Path) -> None:
        """Deletes a published file; those of other folders and in archives are not ours to delete."""
        path = Path(source)
        if str(source) != str(disk_path(str(source))) or path.parent != self._documents:
            return
        if path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)
            if self._documents.is_dir():
                _write_through(self._documents)

    def _promised(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}{_PROMISED}"

    def _files(self, path: Path) -> Iterator[InputFile]:
        files = listed([path], self._limits)
        # A file of an unknown kind is read too: the error says which kinds there are.
        yield from (file for file in files if file.known or len(files) == 1)

    def _path_of(self, upload_id: str) -> Path:
        # Ids are made here; anything else, such as a path, is none.
        if not (upload_id.isalnum() and upload_id.isascii()):
            raise UnknownUploadError(upload_id)
        found = next(iter(sorted((self._folder / upload_id).glob("*"))), None)
        if found is None:
            raise UnknownUploadError(upload_id)
        return found

    def _forget_old(self) -> None:
        for folder in self._folder.glob("*"):
            old = time.time() - folder.stat().st_mtime > _FORGOTTEN_AFTER_SECONDS
            if old and folder.suffix != _PROMISED:
                shutil.rmtree(folder, ignore_errors=True)


def _write_through(path: Path) -> None:
    """Waits until the file, or the list of names in the folder, is on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # folders cannot be opened there, and renames are written through
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _check_name(name: str) -> None:
    is_plain = name.isprintable() and not any(mark in name for mark in '/\\:*?"<>|')
    if (
        not is_plain
        or name != label_of(name)
        or name != name.strip()
        or name.startswith(".")
        or not 0 < len(name.encode()) <= _LONGEST_NAME_BYTES
    ):
        raise UploadNameError(
            f"{name!r}: expected a plain file name of at most {_LONGEST_NAME_BYTES} bytes; rename the file"
        )
