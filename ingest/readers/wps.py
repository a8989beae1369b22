"""Documents of WPS."""

from ingest.libreoffice import as_docx
from ingest.limits import Limits
from ingest.readers import docx
from ingest.source import Block


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text of the document as LibreOffice turns it into docx."""
    return docx.read(as_docx(content, name), name, limits)
