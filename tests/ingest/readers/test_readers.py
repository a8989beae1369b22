from pathlib import Path

import pytest

from ingest.errors import LimitExceededError, UnreadableFileError, UnsupportedFormatError
from ingest.input_files import read_file
from ingest.limits import Limits
from ingest.readers import suffixes

TEXT = "澄湖区人民政府关于印发办法的通知\r\n\r\n第一条 为了…\t镕"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.TXT"
    path.write_bytes(TEXT.encode(encoding))
    document = read_file(path)
    assert document.text == TEXT
    assert document.name == "通知.TXT"
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("澄湖區人民政府關於印發辦法的通知。", "big5"),
        ("澄湖区人民政府关于印发办法的通知。\n第一条 本办法", "utf-16-le"),
        ("澄湖区人民政府关于印发办法的通知。\n第一条 本办法", "utf-16-be"),
    ],
)
def test_an_encoding_without_a_mark_is_told_from_the_text(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(text.encode(encoding))
    assert read_file(path).text == text


def test_a_last_character_cut_in_the_middle_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(TEXT.encode()[:-1])
    assert read_file(path).text == TEXT[:-1]


def test_a_file_beyond_the_limit_is_refused_with_the_setting_that_raises_it(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(TEXT.encode())
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__FILE_BYTES"):
        read_file(path, Limits(file_bytes=10))


def test_every_line_of_text_is_a_block(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    document = read_file(path)
    assert [document.text[block.start : block.end] for block in document.blocks] == TEXT.split("\r\n\r\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "zipped document"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 20, "other bytes"),
        (b"\x01\x02\x03\x04" * 50, "binary data"),
        (b"\xff\xff\xff", "save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=said):
        read_file(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="found a folder"):
        read_file(tmp_path)


def test_a_vanished_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        read_file(tmp_path / "gone.txt")


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "通知.xyz"
    path.write_bytes(b"x")
    with pytest.raises(UnsupportedFormatError, match=r"通知\.xyz: expected one of .*txt"):
        read_file(path)
    assert "txt" in suffixes()
