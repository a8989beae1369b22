"""Pages of OFD that are pictures are recognised."""

from collections.abc import Callable
from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.readers import read_content
from ingest.source import SourceDocument

PackOfd = Callable[..., bytes]
LINES = ("第一条 区财政局负责资金的拨付。", "第二条 本办法自印发之日起施行。")
COMMON = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
WHOLE = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="4"/>'


def _picture(lines: tuple[str, ...], height: int = 2339) -> bytes:
    picture = np.full((height, 1654, 3), 255, np.uint8)
    for place, line in enumerate(lines):
        cv2.putText(picture, line, (200, 300 + 100 * place), (0, 0, 0), cv2.FontFace("uni"), 44)
    file = BytesIO()
    Image.fromarray(picture).convert("L").save(file, "PNG")
    return file.getvalue()


def _resources(file: str) -> bytes:
    return (
        f'<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="4" Type="Image"><MediaFile>{file}</MediaFile>'
        "</MultiMedia></MultiMedias></Res>"
    ).encode()


def _read(content: bytes, limits: Limits | None = None) -> SourceDocument:
    return read_content(content, "通知.ofd", limits or Limits())


def _parts(picture: bytes | None) -> dict[str, bytes | None]:
    return {"Doc_0/DocumentRes.xml": _resources("scan.png"), "DOC_0/Res/Scan.png": picture}


def test_a_page_that_is_a_picture_is_recognised(pack_ofd: PackOfd) -> None:
    document = _read(pack_ofd(WHOLE, common=COMMON, parts=_parts(_picture(LINES))))
    assert "".join(document.text.split()) == "".join("".join(LINES).split())
    assert [(block.page, block.read_by_ocr) for block in document.blocks if block.kind == "page"] == [
        (1, True)
    ]


def test_a_picture_in_strips_is_put_together(pack_ofd: PackOfd) -> None:
    strips = [
        f'<ofd:ImageObject Boundary="0 {top} 210 148.5" CTM="210 0 0 148.5 0 0" ResourceID="4"/>'
        for top in (0, 148.5)
    ]
    document = _read(pack_ofd("".join(strips), common=COMMON, parts=_parts(_picture(LINES[:1], 1170))))
    assert document.text.count("区财政局") == 2


def test_a_picture_under_text_is_not_recognised(pack_ofd: PackOfd) -> None:
    text = (
        '<ofd:TextObject Size="5" Boundary="20 20 90 9"><ofd:FillColor Value="0 0 0" Alpha="0"/>'
        f'<ofd:TextCode X="0" Y="4">{LINES[0]}</ofd:TextCode></ofd:TextObject>'
    )
    document = _read(pack_ofd(WHOLE + text, common=COMMON, parts=_parts(None)))
    assert document.text == f"{LINES[0]}\n"


@pytest.mark.parametrize(
    ("picture", "said"),
    [(None, "found no Doc_0/Res/scan.png"), (b"\x89PNG...", "Res/scan.png: expected a whole")],
)
def test_a_picture_that_cannot_be_read_is_named(pack_ofd: PackOfd, picture: bytes | None, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        _read(pack_ofd(WHOLE, common=COMMON, parts=_parts(picture)))


def test_too_many_pictures_are_refused_before_any_is_recognised(pack_ofd: PackOfd) -> None:
    content = pack_ofd(WHOLE, WHOLE, WHOLE, common=COMMON, parts=_parts(_picture(LINES)))
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__OCR_PAGES"):
        _read(content, Limits(ocr_pages=2))
