from collections.abc import Callable
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.parse import parse
from ingest.readers import read_content
from ingest.source import SourceDocument

LINES = ["第一条 区财政局负责资金拨付。", "第二条 本办法自印发之日起施行。"]


def _drawn(lines: list[str], *, width: int = 900, step: int = 60) -> Image.Image:
    picture: NDArray[np.uint8] = np.full((80 + step * len(lines), width, 3), 255, np.uint8)
    for place, line in enumerate(lines):
        cv2.putText(picture, line, (100, 70 + step * place), (0, 0, 0), cv2.FontFace("uni"), 36)
    return Image.fromarray(picture)


def _file(picture: Image.Image, kind: str = "PNG", **settings: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **settings)
    return file.getvalue()


def _read(content: bytes, name: str = "扫描.png", limits: Limits | None = None) -> SourceDocument:
    return read_content(content, name, limits or Limits())


def _bare_lines(document: SourceDocument) -> list[str]:
    return ["".join(line.split()) for line in document.text.split("\n") if line]


WANTED = ["".join(line.split()) for line in LINES]


@pytest.mark.parametrize(
    ("kind", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("JPEG", "jpeg"), ("BMP", "bmp"), ("TIFF", "tif")]
)
def test_a_picture_of_any_format_is_read(kind: str, suffix: str) -> None:
    document = _read(_file(_drawn(LINES), kind), f"扫描.{suffix}")
    assert _bare_lines(document) == WANTED
    assert [block.read_by_ocr for block in document.blocks] == [True]


@pytest.mark.parametrize(
    "changed",
    [
        lambda picture: picture.convert("1"),
        lambda picture: picture.convert("CMYK"),
        lambda picture: picture.rotate(2, expand=True, fillcolor="white"),
        lambda picture: picture.rotate(90, expand=True),
        lambda picture: picture.rotate(180),
    ],
    ids=["black and white", "cmyk", "askew", "on its side", "upside down"],
)
def test_a_picture_is_read_as_it_was_meant(changed: Callable[[Image.Image], Image.Image]) -> None:
    assert _bare_lines(_read(_file(changed(_drawn(LINES)), "TIFF"), "扫描.tiff")) == WANTED


def test_what_is_transparent_is_paper() -> None:
    picture = _drawn(LINES).convert("RGBA")
    picture.putalpha(picture.convert("L").point(lambda level: 255 - level))
    assert _bare_lines(_read(_file(picture))) == WANTED


def test_a_picture_in_sixteen_levels_a_byte_is_read() -> None:
    levels = np.asarray(_drawn(LINES).convert("L"), dtype=np.uint16) * 200
    assert _bare_lines(_read(_file(Image.fromarray(levels)))) == WANTED


def test_a_picture_turned_by_its_camera_is_read_as_it_is_shown() -> None:
    turned = _drawn(LINES).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to show
    assert _bare_lines(_read(_file(turned, "JPEG", exif=exif), "照片.jpg")) == WANTED


def test_each_picture_of_a_tiff_is_a_page() -> None:
    pages = [_drawn([line]) for line in LINES]
    document = _read(_file(pages[0], "TIFF", save_all=True, append_images=pages[1:]), "扫描.tif")
    assert [block.page for block in document.blocks if block.kind == "page"] == [1, 2]
    (policy,) = parse(document)
    assert [clause.page for clause in policy.clauses] == [1, 2]


def test_too_many_pages_of_a_tiff_are_refused() -> None:
    content = _file(_drawn(LINES), "TIFF", save_all=True, append_images=[_drawn(LINES)] * 2)
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__OCR_PAGES"):
        _read(content, "扫描.tif", Limits(ocr_pages=2))


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        _read(_file(Image.new("1", (6000, 6000))), limits=Limits(unpacked_bytes=50_000_000))


def test_a_bomb_of_a_picture_is_refused() -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        _read(_file(Image.new("1", (20_000, 20_000))))


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "bmp"])
def test_a_damaged_picture_is_refused(suffix: str) -> None:
    kind = {"png": "PNG", "jpg": "JPEG", "tif": "TIFF", "bmp": "BMP"}[suffix]
    content = _file(_drawn(LINES), kind)
    with pytest.raises(UnreadableFileError, match="download or scan it again"):
        _read(content[: len(content) // 2], f"扫描.{suffix}")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="expected a whole picture"):
        _read("第一条 本办法自印发之日起施行。".encode())


def test_a_picture_of_nothing_has_no_text() -> None:
    assert _read(_file(Image.new("RGB", (400, 300), "white"))).text == ""


def test_a_long_picture_is_read_whole() -> None:
    lines = [f"第{number}条 区财政局负责资金拨付。" for number in ("一", "二", "三", "四")]
    spread = [line for text in lines for line in (text, *[" "] * 14)]
    found = _bare_lines(_read(_file(_drawn(spread, width=750))))
    assert found == ["".join(line.split()) for line in lines]
