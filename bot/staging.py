"""Uploaded files: read and shown first, part of the documents only when they are published."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.errors import UnknownUploadError, UploadNameError
from ingest.input_files import InputFile, disk_path, listed
from ingest.labels import label_of
from ingest.limits import Limits
from ingest.policy import Policy
from vectorstore.parsing import parse_file

_LONGEST_NAME_BYTES = 200
_FORGOTTEN_AFTER_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was uploaded and not yet published; `errors` are of the files in it that gave nothing."""

    upload_id: str
    path: Path
    policies: tuple[Policy, ...] = ()
    errors: tuple[str, ...] = ()


class Staging:
    """The uploads of a data folder, and the folder that published ones go to."""

    def __init__(self, folder: Path, documents: Path, limits: Limits) -> None:
        """Both folders are made when the first file comes."""
        # The catalog knows files by their real paths, however the data folder was named.
        self._folder = Path(os.path.realpath(folder))
        self._documents = Path(os.path.realpath(documents))
        self._limits = limits

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
            parsed = parse_file(file, self._limits)
            policies += parsed.policies
            if parsed.error:
                # Where the file was put meanwhile is no matter of the user.
                errors.append(parsed.error.replace(str(upload.path.parent) + "/", ""))
        return Upload(
            upload_id=upload.upload_id, path=upload.path, policies=tuple(policies), errors=tuple(errors)
        )

    def publish(self, upload_id: str) -> Path:
        """Puts the file among the documents, in place of one of the same name; UnknownUploadError."""
        found = self._path_of(upload_id)
        self._documents.mkdir(parents=True, exist_ok=True)
        published = self._documents / found.name
        found.replace(published)
        found.parent.rmdir()
        return published

    def discard(self, upload_id: str) -> None:
        """Deletes the upload; UnknownUploadError without one."""
        shutil.rmtree(self._path_of(upload_id).parent)

    def withdraw(self, source: str | Path) -> None:
        """Deletes a published file; those of other folders and in archives are not ours to delete."""
        path = Path(source)
        if str(source) != str(disk_path(str(source))) or path.parent != self._documents:
            return
        if path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)

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
            if time.time() - folder.stat().st_mtime > _FORGOTTEN_AFTER_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


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
