import base64
import zlib

import pytest

from ingest.errors import LimitExceededError
from ingest.limits import Limits
from ingest.paper.streams import check_streams

BOMB = zlib.compress(b"0" * 2_000_000)


def _pdf(*streams: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"".join(b"<<>>\nstream\n" + stream + b"\nendstream\n" for stream in streams)


@pytest.mark.parametrize("stream", [BOMB, base64.a85encode(BOMB) + b"~>"], ids=["plain", "ascii85"])
def test_a_stream_that_unpacks_to_too_much_is_refused(stream: bytes) -> None:
    with pytest.raises(LimitExceededError, match="CLAUSEWISE_LIMITS__UNPACKED_BYTES"):
        check_streams(_pdf(b"short", stream), "通知.pdf", Limits(unpacked_bytes=1_000_000))


def test_many_streams_of_moderate_size_are_read() -> None:
    check_streams(_pdf(*[zlib.compress(b"0" * 900_000)] * 5), "通知.pdf", Limits(unpacked_bytes=1_000_000))


def test_what_is_not_compressed_is_left_to_the_reader() -> None:
    check_streams(_pdf(b"\xff\xd8\xff" * 10_000), "通知.pdf", Limits(unpacked_bytes=1_000_000))
