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
