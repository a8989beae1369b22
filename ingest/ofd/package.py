"""The parts of an OFD file by their paths, as loosely as programs write these, within limits."""

import io
import posixpath
import zipfile

from lxml import etree

from ingest import archives
from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits
from ingest.zipped_xml import ZippedXml

_ENCRYPTIONS = "encryptions.xml"  # GM/T 0099-2020: lists the parts that are encrypted


class Package:
    """An OFD file; UnreadableFileError, PasswordError or LimitExceededError where it cannot be read."""

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._content = content
        self._zipped = ZippedXml(content, name, limits, expected="an OFD document")
        # Programs of Windows write paths with backslashes, and in another case than they refer to them.
        self._names = {_bare(path).lower(): path for path in self._zipped.names()}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._sizes = {info.filename: info.file_size for info in archive.infolist()}
        self._left = limits.unpacked_bytes
        if any(posixpath.basename(path) == _ENCRYPTIONS for path in self._names):
            raise self.encrypted()

    def part(self, path: str) -> etree._Element:
        """The root of the part."""
        self.spend(self.size(path), path)
        part = self._zipped.part(self._found(path))
        if part is None:
            raise self._missing(path)
        return part

    def picture(self, path: str) -> bytes:
        """The bytes of the part."""
        return archives.part(archives.in_memory(self._content), self.name, self._found(path), self.limits)

    def holds(self, path: str) -> bool:
        """Whether there is such a part."""
        return _bare(path).lower() in self._names

    def size(self, path: str) -> int:
        """How many bytes the part unpacks to."""
        return self._sizes[self._found(path)]

    def spend(self, size: int, path: str) -> None:
        """Count what is read, again each time it is: LimitExceededError where it is too much."""
        self._left -= size
        if self._left < 0:
            raise LimitExceededError(
                f"{self.name}: expected at most {self.limits.unpacked_bytes:,} bytes on its pages, found "
                f"more at {path}; check where it comes from, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
            )

    def resolved(self, base: str, location: str) -> str:
        """The path of what a part refers to: from the root with a leading slash, else beside that part."""
        location = location.strip().replace("\\", "/")
        if location.startswith("/"):
            return _bare(location)
        beside = _bare(posixpath.join(posixpath.dirname(base), location))
        # Some programs leave the slash out.
        return _bare(location) if self.holds(location) and not self.holds(beside) else beside

    def encrypted(self) -> PasswordError:
        """The error for a file that its reader may not open."""
        return PasswordError(f"{self.name}: it is encrypted; save a copy that is not")

    def _found(self, path: str) -> str:
        try:
            return self._names[_bare(path).lower()]
        except KeyError:
            raise self._missing(path) from None

    def _missing(self, path: str) -> UnreadableFileError:
        return UnreadableFileError(
            f"{self.name}: expected an OFD document, found no {path}; open it in its program and save it anew"
        )


def _bare(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).strip("/")
