"""Plain text in any encoding that is common for Chinese."""

import re

from ingest.encodings import decoded
from ingest.errors import UnreadableFileError
from ingest.limits import Limits
from ingest.source import Block

_SIGNATURES = {
    b"PK\x03\x04": "a zipped document (docx, xlsx, ofd …)",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffd\ufffe\uffff]|[\ue000-\uf8ff]{3}")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def read(content: bytes, name: str, _limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text and its non-blank lines; UnreadableFileError where the bytes are no text."""
    for signature, found in _SIGNATURES.items():
        if content.startswith(signature):
            raise UnreadableFileError(
                f"{name}: expected plain text, found {found}; give it its own suffix or save it as text"
            )
    text = decoded(content, name)
    # A stray control character is a slip of the editor; many are a binary file.
    if len(_CONTROL.findall(text)) > len(text) // 500:
        raise UnreadableFileError(f"{name}: expected plain text, found binary data; save it as UTF-8 text")
    lines = (Block(kind="paragraph", start=match.start(), end=match.end()) for match in _LINE.finditer(text))
    return text, tuple(lines)
