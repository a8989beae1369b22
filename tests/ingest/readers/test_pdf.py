from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.input_files import read_file
from ingest.limits import Limits
from ingest.paper.text_layer import shown
from ingest.parse import parse
from ingest.readers import read_content
from ingest.source import Block, SourceDocument

FONT = "STSong-Light"
A4 = (595, 842)
ARTICLE = "第一条 区财政局负责资金的拨付，资金应当专款专用。"


def _pdf(*drawings: Callable[[Canvas], None], password: StandardEncryption | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=password)
    for draw in drawings:
        canvas.setFont(FONT, 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _lines(*lines: str, left: float = 72, size: float = 16) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for place, line in enumerate(lines):
            canvas.drawString(left, 700 - 28 * place, line)

    return draw


def _read(content: bytes, limits: Limits | None = None) -> SourceDocument:
    return read_content(content, "通知.pdf", limits or Limits())


def _blocks(document: SourceDocument, kind: str) -> list[str]:
    return [document.text[block.start : block.end].strip() for block in document.blocks if block.kind == kind]


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    locked = _pdf(_lines(ARTICLE), password=StandardEncryption("geheim", ownerPassword="owner"))
    with pytest.raises(PasswordError, match="save a copy without one"):
        _read(locked)


def test_a_pdf_that_only_may_not_be_changed_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        canvas.drawString(72, 700, "Article 1. Funds")

    guarded = _pdf(draw, password=StandardEncryption("", ownerPassword="owner", canModify=0))
    assert _read(guarded).text == "Article 1. Funds\n"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_pdf_that_is_cut_off_is_refused(share: float) -> None:
    whole = _pdf(*(_lines(f"{ARTICLE}{page}") for page in range(5)))
    with pytest.raises(UnreadableFileError, match="download"):
        _read(whole[: int(len(whole) * share)])


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="expected a whole PDF"):
        _read("第一条 本办法自印发之日起施行。".encode())


def test_too_many_pages_are_refused() -> None:
    content = _pdf(*[_lines(ARTICLE)] * 4)
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__PAGES"):
        _read(content, Limits(pages=3))


def test_too_many_scanned_pages_are_refused_before_any_is_recognised(grey: ImageReader) -> None:
    content = _pdf(*[lambda canvas: canvas.drawImage(grey, 0, 0, *A4)] * 3)
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__OCR_PAGES"):
        _read(content, Limits(ocr_pages=2))


def test_a_picture_too_large_to_unpack_is_refused(grey: ImageReader) -> None:
    content = _pdf(lambda canvas: canvas.drawImage(grey, 0, 0, *A4))
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        _read(content, Limits(unpacked_bytes=1_000))


def test_a_stream_that_unpacks_to_too_much_is_refused() -> None:
    content = _pdf(lambda canvas: canvas.drawString(72, 700, "0" * 3_000_000))
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        _read(content, Limits(unpacked_bytes=1_000_000))


def test_a_page_without_anything_is_an_empty_page() -> None:
    document = _read(_pdf(_lines(ARTICLE), lambda canvas: None, _lines("第二条 自印发之日起施行。")))
    assert [block.page for block in document.blocks if block.kind == "page"] == [1, 3]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_turned_by_the_file_is_read_as_it_is_shown(degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        # reportlab lays the sheet down itself, so that the page stands when it is shown.
        canvas.setPageRotation(degrees)
        canvas.translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}[degrees])
        canvas.rotate(degrees)
        _lines(ARTICLE, "第二条 自印发之日起施行。")(canvas)

    assert _read(_pdf(draw)).text.split("\n")[:2] == [ARTICLE, "第二条 自印发之日起施行。"]


@pytest.mark.parametrize(("degrees", "origin"), [(90, (595, 0)), (270, (0, 842))])
def test_a_page_written_sideways_is_read_along_its_lines(degrees: int, origin: tuple[int, int]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*origin)
        canvas.rotate(degrees)
        canvas.drawString(72, 500, ARTICLE)
        canvas.drawString(72, 472, "第二条 自印发之日起施行。")

    assert _read(_pdf(draw)).text.split("\n")[:2] == [ARTICLE, "第二条 自印发之日起施行。"]


def test_a_watermark_aslant_on_every_page_is_set_apart() -> None:
    def draw(canvas: Canvas) -> None:
        _lines(ARTICLE)(canvas)
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    document = _read(_pdf(draw, draw, draw))
    assert _blocks(document, "chrome") == ["内部资料"] * 3
    assert {block.reason for block in document.blocks if block.kind == "chrome"} == {"watermark of the page"}


def test_a_stamp_written_upright_once_is_kept() -> None:
    def draw(canvas: Canvas) -> None:
        _lines(ARTICLE)(canvas)
        canvas.translate(560, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "存档")

    assert _read(_pdf(draw)).text.split("\n") == [ARTICLE, "存档", ""]


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "总则")
        canvas.drawString(72.3, 700, "总则")

    assert _read(_pdf(draw)).text == "总则\n"


def test_a_footnote_is_a_note_behind_the_paragraph_that_runs_over_the_page() -> None:
    body = ["第一条 区科技局负责项目的审核，区财政局负责资金的拨付"] * 3
    full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七"

    def first(canvas: Canvas) -> None:
        _lines(*body, *[full] * 16)(canvas)
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 120, "① 本办法所称资金，是指区级财政资金。")

    def second(canvas: Canvas) -> None:
        _lines("和管理。", *[full] * 3)(canvas)

    document = _read(_pdf(first, second))
    assert _blocks(document, "note") == ["① 本办法所称资金，是指区级财政资金。"]
    assert f"{full}和管理。\n" in document.text
    note = next(block for block in document.blocks if block.kind == "note")
    assert _page_at(document, note.start) == 1


def test_a_radical_that_stands_for_its_character_is_read_as_the_character() -> None:
    assert shown("⼀、⼯作⻓期\u00ad（⻅附件）") == "一、工作长期-（见附件）"


def test_the_real_pdf_gives_its_clauses(corpus: Path) -> None:
    (policy,) = parse(read_file(corpus / "corpus" / "pdf" / "govdoc_397.pdf"))
    locators = [clause.locator for clause in policy.clauses]
    assert {"一、第1段", "二、(一)第1段", "三、(二)第1段", "五、(二)第1段"} <= set(locators)
    assert [deletion.reason for deletion in policy.deletions] == ["page number"] * 5
    joined = next(clause for clause in policy.clauses if clause.locator == "五、(一)第1段")
    assert "构建税收共治" in joined.text


def _page_at(document: SourceDocument, place: int) -> int | None:
    pages: list[Block] = [block for block in document.blocks if block.kind == "page"]
    return next(page.page for page in pages if page.start <= place < page.end)


@pytest.fixture
def grey() -> ImageReader:
    """A picture of nothing."""
    from PIL import Image

    return ImageReader(Image.new("L", (1000, 1400), 200))
