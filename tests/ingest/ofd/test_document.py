"""OFD files that cannot be read say which part is at fault and what to do."""

from collections.abc import Callable

import pytest

from ingest.errors import LimitExceededError, PasswordError, UnreadableFileError
from ingest.limits import Limits
from ingest.readers import read_content

PackOfd = Callable[..., bytes]


@pytest.mark.parametrize(
    ("parts", "error", "said"),
    [
        ({"OFD.xml": None}, UnreadableFileError, r"OFD\.xml"),
        ({"Doc_0/Document.xml": b"<a><b></a>"}, UnreadableFileError, r"Document\.xml"),
        ({"Doc_0/Document.xml": None}, UnreadableFileError, r"Document\.xml"),
        ({"Doc_0/Pages/Page_0/Content.xml": None}, UnreadableFileError, r"Page_0/Content\.xml"),
        ({"Encryptions.xml": b"<a/>"}, PasswordError, "encrypted"),
    ],
)
def test_the_part_at_fault_is_named(
    pack_ofd: PackOfd, parts: dict[str, bytes | None], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        read_content(pack_ofd("", parts=parts), "办法.ofd", Limits())


def test_too_many_pages_are_refused_with_the_setting(pack_ofd: PackOfd) -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__PAGES"):
        read_content(pack_ofd("", "", ""), "办法.ofd", Limits(pages=2))


def test_too_much_to_unpack_is_refused_with_the_setting(pack_ofd: PackOfd) -> None:
    content = pack_ofd("", parts={"Doc_0/Res/zeros.bin": bytes(100_000)})
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        read_content(content, "办法.ofd", Limits(unpacked_bytes=50_000))


def test_what_is_no_ofd_is_named() -> None:
    with pytest.raises(UnreadableFileError, match=r"办法\.ofd"):
        read_content(b"no zip", "办法.ofd", Limits())


def _text(words: str, place: str = "20 20", attributes: str = "") -> str:
    return (
        f'<ofd:TextObject Size="5" Boundary="{place} 90 9" {attributes}>'
        f'<ofd:TextCode X="0" Y="4.3">{words}</ofd:TextCode></ofd:TextObject>'
    )


def _lines(content: bytes) -> list[str]:
    return read_content(content, "办法.ofd", Limits()).text.split("\n")[:-1]


def _resources(inner: str) -> bytes:
    return f'<r:Res xmlns:r="http://www.ofdspec.org" BaseLoc="Res">{inner}</r:Res>'.replace(
        "ofd:", "r:"
    ).encode()


def test_parts_are_found_as_loosely_as_programs_name_them(pack_ofd: PackOfd) -> None:
    page = f'<Page xmlns:ofd="x"><Content><Layer>{_text("第一条 甲。")}</Layer></Content></Page>'.encode()
    listed = '<Page BaseLoc="{}"/>'
    for location in (
        "pages/PAGE_0/content.xml",
        "Pages\\Page_0\\Content.xml",
        "/Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "./Pages/../Pages/Page_0/Content.xml",
    ):
        document = f"<Document><Pages>{listed.format(location)}</Pages></Document>".encode()
        assert _lines(pack_ofd(page, parts={"Doc_0/Document.xml": document})) == ["第一条 甲。"]


def test_a_group_of_objects_is_printed_where_it_is_used(pack_ofd: PackOfd) -> None:
    unit = '<ofd:CompositeGraphicUnit ID="{}"><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit>'
    inner = '<ofd:CompositeObject Boundary="0 10 90 90" ResourceID="5"/>'
    groups = unit.format(5, _text("第二条 乙。")) + unit.format(6, inner + _text("第一条 甲。", "20 10"))
    content = pack_ofd(
        '<ofd:CompositeObject Boundary="0 40 200 200" CTM="2 0 0 2 0 0" ResourceID="6"/>',
        common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:PublicRes>none.xml</ofd:PublicRes>",
        parts={"Doc_0/DocumentRes.xml": _resources(groups)},
    )
    assert _lines(content) == ["第一条 甲。", "第二条 乙。"]


@pytest.mark.parametrize(
    ("used", "error", "said"),
    [
        ("8", UnreadableFileError, "found none numbered 8"),
        ("5", LimitExceededError, "CLAUSEWISE_LIMITS__ELEMENT_DEPTH"),
    ],
)
def test_a_group_that_is_missing_or_holds_itself_is_refused(
    pack_ofd: PackOfd, used: str, error: type[Exception], said: str
) -> None:
    group = (
        '<ofd:CompositeGraphicUnit ID="5"><ofd:CompositeObject ResourceID="5"/></ofd:CompositeGraphicUnit>'
    )
    content = pack_ofd(
        f'<ofd:CompositeObject ResourceID="{used}"/>',
        common="<ofd:PublicRes>r.xml</ofd:PublicRes>",
        parts={"Doc_0/r.xml": _resources(group)},
    )
    with pytest.raises(error, match=said):
        _lines(content)


def test_a_page_that_is_printed_again_and_again_counts_each_time(pack_ofd: PackOfd) -> None:
    pages = '<Page BaseLoc="p.xml"/>' * 1_000
    parts = {
        "Doc_0/Document.xml": f"<Document><Pages>{pages}</Pages></Document>".encode(),
        "Doc_0/p.xml": b"<Page>" + b"<Content/>" * 1_000 + b"</Page>",
    }
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        read_content(pack_ofd(parts=parts), "办法.ofd", Limits(unpacked_bytes=1_000_000))


def test_what_is_not_to_be_seen_is_not_read(pack_ofd: PackOfd) -> None:
    hidden = f'<ofd:PageBlock Visible="false">{_text("第三条 丙。", "20 40")}</ofd:PageBlock>'
    page = _text("第一条 甲。") + _text("第二条 乙。", "20 30", 'Visible="false"') + hidden
    assert _lines(pack_ofd(page)) == ["第一条 甲。"]


def test_stamps_and_remarks_are_no_text_of_the_page(pack_ofd: PackOfd) -> None:
    remark = f'<a:PageAnnot xmlns:a="x">{_text("已阅")}</a:PageAnnot>'.replace("ofd:", "a:").encode()
    content = pack_ofd(_text("第一条 甲。"), parts={"Doc_0/Annots/Page_0/Annotation.xml": remark})
    assert _lines(content) == ["第一条 甲。"]


def test_entities_of_the_file_are_not_resolved(pack_ofd: PackOfd) -> None:
    doctype = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = f'{doctype}<p xmlns:ofd="x"><ofd:Content>{_text("第一条 甲。&x;")}</ofd:Content></p>'
    assert _lines(pack_ofd(page.encode())) == ["第一条 甲。"]


def test_the_pages_of_several_documents_are_counted_on(pack_ofd: PackOfd) -> None:
    body = "<DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>"
    content = pack_ofd(_text("第一条 甲。"), parts={"OFD.xml": f"<OFD>{body * 2}</OFD>".encode()})
    blocks = read_content(content, "办法.ofd", Limits()).blocks
    assert [block.page for block in blocks if block.kind == "page"] == [1, 2]
