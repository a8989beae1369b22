"""Formats that only an office suite reads, turned into docx by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.errors import MissingProgramError, UnreadableFileError

_COMMANDS = ("soffice", "libreoffice")
_TIMEOUT_SECONDS = 180
# OLE compound file, zip, RTF: what these programs write. LibreOffice would take any bytes for a text.
_SIGNATURES = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf")


def as_docx(content: bytes, name: str) -> bytes:
    """The document as docx; MissingProgramError without LibreOffice, UnreadableFileError where it fails."""
    if not content.startswith(_SIGNATURES):
        raise UnreadableFileError(
            f"{name}: expected a document of Word or WPS, found other bytes; "
            "check the suffix, or download it again"
        )
    command = next((found for each in _COMMANDS if (found := shutil.which(each))), None)
    if command is None:
        raise MissingProgramError(
            f"{name}: expected LibreOffice, which reads this format, found none; "
            "install it, or save the file as docx"
        )
    with tempfile.TemporaryDirectory(prefix="clausewise-office-") as folder:
        source = Path(folder) / f"document{Path(name).suffix.lower()}"
        source.write_bytes(content)
        _convert(command, source, name)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise UnreadableFileError(
                f"{name}: LibreOffice cannot read it; check that it opens there, or save it as docx"
            )
        return made.read_bytes()


def _convert(command: str, source: Path, name: str) -> None:
    # A profile of its own lets it run beside an open LibreOffice.
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    line = [
        command,
        "--headless",
        "--norestore",
        profile,
        "--convert-to",
        "docx",
        "--outdir",
        str(source.parent),
    ]
    try:
        subprocess.run([*line, str(source)], check=False, capture_output=True, timeout=_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            f"{name}: LibreOffice did not finish within {_TIMEOUT_SECONDS} seconds; save the file as docx"
        ) from error
