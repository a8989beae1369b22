"""Documents that are a zip of XML parts (docx, ofd): the parts as element trees, within limits."""

import io
import zipfile
import zlib

from lxml import etree

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class ZippedXml:
    """The parts of a document; a part that is not there is None."""

    def __init__(self, content: bytes, name: str, limits: Limits, *, expected: str) -> None:
        """`expected` names the format in messages.

        Raises UnreadableFileError, PasswordError or LimitExceededError.
        """
        self._name, self._limits = name, limits
        if content.startswith(_OLE):
            if _ENCRYPTED in content:
                raise PasswordError(f"{name}: opens only with a password; save it without one")
            raise UnreadableFileError(
                f"{name}: expected {expected}, found an old Word document; save it as docx"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnreadableFileError(
                f"{name}: expected {expected}, found something else or a part of one; download it again"
            ) from error
        unpacked = sum(info.file_size for info in self._archive.infolist())
        if unpacked > limits.unpacked_bytes:
            raise LimitExceededError(
                f"{name}: expected to unpack to at most {limits.unpacked_bytes:,} bytes, found {unpacked:,}; "
                "check where it comes from, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
            )

    def names(self) -> list[str]:
        """The paths of all parts."""
        return self._archive.namelist()

    def part(self, path: str) -> etree._Element | None:
        """The root of the part, checked for depth."""
        try:
            content = self._read(path)
        except KeyError:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            if "Excessive depth" in error.msg:
                raise self._too_deep(path) from error
            raise UnreadableFileError(
                f"{self._name}: {path} is damaged ({error.msg}); open it in its program and save it anew"
            ) from error
        self._check_depth(root, path)
        return root

    def _read(self, path: str) -> bytes:
        try:
            with self._archive.open(path) as packed:
                content = packed.read(self._limits.unpacked_bytes + 1)
        except RuntimeError as error:
            # zipfile has no error of its own for an encrypted part.
            raise PasswordError(f"{self._name}: opens only with a password; save it without one") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableFileError(
                f"{self._name}: {path} is damaged ({error}); download it again"
            ) from error
        if len(content) > self._limits.unpacked_bytes:
            raise LimitExceededError(
                f"{self._name}: {path} unpacks to more than {self._limits.unpacked_bytes:,} bytes; "
                "check where it comes from, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
            )
        return content

    def _check_depth(self, root: etree._Element, path: str) -> None:
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > self._limits.element_depth:
                raise self._too_deep(path)

    def _too_deep(self, path: str) -> LimitExceededError:
        return LimitExceededError(
            f"{self._name}: {path} nests more than {self._limits.element_depth} elements; "
            "save it anew, or raise CLAUSEWISE_LIMITS__ELEMENT_DEPTH"
        )
