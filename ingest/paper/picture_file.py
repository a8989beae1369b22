"""Picture files → the pictures of their pages."""

import struct
import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LimitExceededError, UnreadableFileError
from ingest.limits import Limits
from ingest.paper.document import document_of, within_cells
from ingest.paper.page import Page, page_of
from ingest.paper.recognition import Picture
from ingest.paper.scan import recognised_sheet
from ingest.source import Block

if TYPE_CHECKING:
    from PIL.Image import Image

# Others would let a file reach rarely used decoders, or another program.
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def read(content: bytes, name: str, limits: Limits) -> tuple[str, tuple[Block, ...]]:
    """The text recognised in each page of the file, or an IngestError."""
    return document_of(within_cells(_pages(content, name, limits), name, limits))


def _pages(content: bytes, name: str, limits: Limits) -> Iterator[Page]:
    for number, picture in enumerate(pictures(content, name, limits), 1):
        yield page_of(recognised_sheet(picture, number))


def pictures(content: bytes, name: str, limits: Limits) -> Iterator[Picture]:
    """The pictures in the file, upright, one after another."""
    from PIL import Image, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.init()
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                # What other formats hold beside the first picture is a preview or a film.
                count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
                _check_pages(count, name, limits)
                for frame in islice(ImageSequence.Iterator(image), count):
                    _check_size(frame.size, name, limits)
                    yield _picture(frame)
    except Image.DecompressionBombError as error:
        raise _too_large(name, str(error), limits) from error
    # A damaged picture shows itself as any of these, by its format.
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise UnreadableFileError(
            f"{name}: expected a whole picture, found {type(error).__name__}; "
            "the file is damaged or cut off: download or scan it again"
        ) from error


def _picture(frame: "Image") -> Picture:
    from PIL import Image, ImageOps

    if frame.mode.startswith("I") or frame.mode == "F":
        levels = np.asarray(frame, dtype=np.float64)
        scale = 255 / max(1.0, float(levels.max()))
        frame = Image.fromarray((levels * scale).astype(np.uint8))
    upright = ImageOps.exif_transpose(frame)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"), dtype=np.uint8)[:, :, ::-1])


def _check_pages(count: int, name: str, limits: Limits) -> None:
    for most, setting in ((limits.pages, "PAGES"), (limits.ocr_pages, "OCR_PAGES")):
        if count > most:
            raise LimitExceededError(
                f"{name}: expected at most {most} pages, found {count}; "
                f"split it, or raise CLAUSEWISE_LIMITS__{setting}"
            )


def _check_size(size: tuple[int, int], name: str, limits: Limits) -> None:
    if size[0] * size[1] * 3 > limits.unpacked_bytes:
        raise _too_large(name, f"{size[0]} x {size[1]} pixels", limits)


def _too_large(name: str, found: str, limits: Limits) -> LimitExceededError:
    return LimitExceededError(
        f"{name}: expected a picture of at most {limits.unpacked_bytes:,} bytes, found {found}; "
        "scan it coarser, or raise CLAUSEWISE_LIMITS__UNPACKED_BYTES"
    )
