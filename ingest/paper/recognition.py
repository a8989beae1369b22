"""Text recognised in a picture by PP-OCR, whose models come with the rapidocr package."""

import os
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.offline import silence_libraries

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Picture = NDArray[np.uint8]  # rows, columns, blue-green-red

_MOST_THREADS = 4
# Pixels. Smaller print than a scan of A3 shows is not read in a larger picture either.
LONGEST_SIDE = 2600
_DETECTION_SIDE = 1600
_ONE_AT_A_TIME = Lock()  # the recogniser keeps the settings of a call in itself


class Stretch(NamedTuple):
    """A stretch of a line: its four corners from the upper left clockwise, and how certain the reading is."""

    text: str
    corners: NDArray[np.float64]  # 4 x 2
    certainty: float


def recognised(picture: Picture) -> list[Stretch]:
    """The stretches of text in the picture."""
    from rapidocr.utils.output import RapidOCROutput

    with _ONE_AT_A_TIME:
        found = _recogniser()(picture, use_det=True, use_cls=False, use_rec=True)
    if not isinstance(found, RapidOCROutput) or found.boxes is None or not found.txts:
        return []
    return [
        Stretch(text=text, corners=np.asarray(corners, dtype=np.float64), certainty=float(certainty))
        for text, corners, certainty in zip(found.txts, found.boxes, found.scores or (), strict=True)
    ]


def recognised_lines(pictures: Sequence[Picture]) -> list[str]:
    """The text of each picture, which holds one line."""
    texts = []
    with _ONE_AT_A_TIME:
        for picture in pictures:
            found = _recogniser()(picture, use_det=False, use_cls=False, use_rec=True)
            texts.append("".join(getattr(found, "txts", None) or ()))
    return texts


@cache
def _recogniser() -> "RapidOCR":
    silence_libraries()
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.max_side_len": LONGEST_SIDE,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(_MOST_THREADS, os.cpu_count() or 1),
        }
    )
