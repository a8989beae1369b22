"""Formats that LibreOffice turns into docx."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.errors import MissingProgramError, UnreadableFileError
from ingest.input_files import read_file
from ingest.parse import parse

_SAMPLE = Path(__file__).parents[2] / "ingest" / "samples" / "02_measure.txt"


def test_without_libreoffice_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "通知.wps").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99))
    with pytest.raises(MissingProgramError, match="install it, or save the file as docx"):
        read_file(tmp_path / "通知.wps")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_document_gives_the_clauses_of_its_text(tmp_path: Path) -> None:
    source = tmp_path / "办法.txt"
    source.write_bytes(_SAMPLE.read_bytes())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = ["soffice", "--headless", profile, "--infilter=Text (encoded):UTF8", "--convert-to", "doc"]
    subprocess.run([*made, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True)
    from_word, from_text = (parse(read_file(path)) for path in (tmp_path / "办法.doc", source))
    assert [[clause.locator for clause in policy.clauses] for policy in from_word] == [
        [clause.locator for clause in policy.clauses] for policy in from_text
    ]


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"plain text"])
def test_what_is_no_office_document_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "坏.wps").write_bytes(content)
    with pytest.raises(UnreadableFileError):
        read_file(tmp_path / "坏.wps")
