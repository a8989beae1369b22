"""How much the compressed streams of a PDF unpack to, found out without unpacking them whole."""

import base64
import re
import zlib

from ingest.errors import LimitExceededError
from ingest.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
# Of deflate (zlib's technical notes) inside ASCII85, which writes four zeros as one letter: a shorter
# stream cannot unpack to more.
_MOST_RATIO = 4 * 1032
_CHUNK = 1 << 20


def check_streams(content: bytes, name: str, limits: Limits) -> None:
    """LimitExceededError where one stream unpacks to more than the limit."""
    for match in _STREAM.finditer(content):
        if content[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        end = content.find(b"endstream", match.end())
        length = (end if end >= 0 else len(content)) - match.end()
        if length * _MOST_RATIO > limits.unpacked_bytes:
            data = content[match.end() : match.end() + length]
            if _unpacks_to_more(_without_ascii85(data), limits.unpacked_bytes):
                raise LimitExceededError(
                    f"{name}: expected streams of at most {limits.unpacked_bytes:,} bytes, found one that "
                    "unpacks to more; save it anew, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
                )


def _without_ascii85(data: bytes) -> bytes:
    text = data.strip()
    if not text.endswith(b"~>"):
        return data
    try:
        return base64.a85decode(text.removeprefix(b"<~").removesuffix(b"~>"))
    except ValueError:
        return data


def _unpacks_to_more(data: bytes, most: int) -> bool:
    unpacking = zlib.decompressobj()
    total = 0
    try:
        while data and not unpacking.eof:
            total += len(unpacking.decompress(data, _CHUNK))
            if total > most:
                return True
            data = unpacking.unconsumed_tail
    except zlib.error:
        return False  # not deflate, or damaged
    return False
