"""Finds words in documents and makes evidence of the place, as sets refer to it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from eval.cases import EDGE, Evidence
from eval.folding import find_folded
from ingest.errors import IngestError
from ingest.input_files import listed
from ingest.source import SourceDocument


class EvidenceFinder:
    """Looks up words in the files of a folder; they are read when first needed."""

    def __init__(self, folder: Path | None) -> None:
        """Without a folder nothing is found."""
        self._folder = folder
        self._read: dict[str, SourceDocument | None] = {}

    def find(self, words: str, *, document: str | None = None, start: int | None = None) -> Evidence | None:
        """Where the words stand, white space aside: in this document, else in the only one that has them."""
        wanted = "".join(words.split())
        if not wanted:
            return None
        if document is not None and document in self._files:
            return self._in(document, wanted, start)
        found = [each for name in self._files if (each := self._in(name, wanted, None)) is not None]
        return found[0] if len(found) == 1 else None

    def document(self, name: str) -> SourceDocument | None:
        """The document of this name; None where it cannot be read."""
        if name not in self._read:
            try:
                self._read[name] = listed([self._files[name]])[0].read()
            except IngestError:
                self._read[name] = None
        return self._read[name]

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        if self._folder is None:
            return {}
        files = (file.path for file in listed([self._folder]) if file.known and file.problem is None)
        return {path.relative_to(self._folder).as_posix(): path for path in files if path.is_file()}

    def _in(self, name: str, wanted: str, start: int | None) -> Evidence | None:
        document = self.document(name)
        if document is None:
            return None
        text = document.text
        if start is not None and "".join(text[start : start + len(wanted)].split()) == wanted:
            return evidence_at(name, document, start, start + len(wanted))
        span = find_folded(text, wanted)
        return None if span is None else evidence_at(name, document, *span)


def evidence_at(name: str, document: SourceDocument, start: int, end: int) -> Evidence:
    """The stretch of a document as sets refer to it."""
    text = document.text[start:end]
    return Evidence(
        file=name, sha256=document.sha256, start=start, end=end, first=text[:EDGE], last=text[-EDGE:]
    )
