"""The trained reader: a small cross-encoder on the word table of the bundled embedder.

It runs in onnxruntime with weights of 8 bits, packed in its file; data, figures and limits stand in its
model card, bot/reader/model/README.md.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray

from bot.errors import ReaderUnavailableError
from bot.reader.encoding import Encode, Window, arrays_of, windows_of
from bot.reader.reading import Passage, Reading
from vectorstore.onnx_session import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]

MODEL = Path(__file__).parent / "model"
GRAPH_NAME, FACTS_NAME = "reader.onnx.gz", "reader.json"
_LONGEST_SPAN = 100  # tokens
_MOST_CORES = 8  # a question has some 14 windows

Floats = NDArray[numpy.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the reader shares with the embedder."""

    encode: Encode
    table: Callable[[], Floats]  # shape (tokens, 384)


class TrainedReader:
    """Reads with the model in the folder; loaded at the first use, safe to share between threads."""

    def __init__(self, words: Words, *, folder: Path = MODEL) -> None:
        """Nothing is loaded yet."""
        self._words = words
        self._folder = folder
        self._lock = Lock()
        self._session: InferenceSession | None = None
        # A window is too small for several cores to share: each core reads one.
        self._pool = ThreadPoolExecutor(_cores(), thread_name_prefix="reader")

    @property
    def name(self) -> str:
        """Names the model; raises ReaderUnavailableError if its file of facts is not there."""
        try:
            facts = json.loads((self._folder / FACTS_NAME).read_text(encoding="utf-8"))
            return str(facts["name"])
        except (OSError, ValueError, KeyError) as error:
            raise _unavailable(self._folder / FACTS_NAME, error) from error

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, in order; of a long clause the window that answers best counts.

        Raises ReaderUnavailableError.
        """
        session, table = self._loaded(), self._words.table()
        windows = windows_of(self._words.encode, question, passages)
        readings = self._pool.map(lambda window: _reading(session, table, window), windows)
        best: dict[int, Reading] = {}
        for window, reading in zip(windows, readings, strict=True):
            known = best.get(window.passage)
            if known is None or reading.answers > known.answers:
                best[window.passage] = reading
        return [best[place] for place in range(len(passages))]

    def _loaded(self) -> "InferenceSession":
        with self._lock:
            if self._session is None:
                self._session = _load(self._folder / GRAPH_NAME)
            return self._session


def _cores() -> int:
    """Those that this process may use, as far as the system tells, and no more than pay."""
    allowed = getattr(os, "sched_getaffinity", None)
    return min(len(allowed(0)) if allowed else os.cpu_count() or 1, _MOST_CORES)


def fault_in_model(folder: Path = MODEL) -> str | None:
    """What is wrong with the file of the model, in words; None if it is the one its facts describe."""
    try:
        facts = json.loads((folder / FACTS_NAME).read_text(encoding="utf-8"))
        with (folder / GRAPH_NAME).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        return f"{folder / GRAPH_NAME}: expected the reader's model, found none that can be read ({error})"
    if found != facts.get("sha256"):
        return f"{folder / GRAPH_NAME}: expected sha256 {facts.get('sha256')}, found {found}"
    return None


def _load(path: Path) -> "InferenceSession":
    try:
        return open_session(gzip.decompress(path.read_bytes()), threads=1)
    # The library raises bare exceptions of its own.
    except Exception as error:
        raise _unavailable(path, error) from error


def _unavailable(path: Path, error: Exception) -> ReaderUnavailableError:
    return ReaderUnavailableError(
        f"{path}: the reader's model cannot be loaded ({error}); install clausewise again or, if the "
        "folder is your own, train it again; CLAUSEWISE_READER=lexical does without it"
    )


def _reading(session: "InferenceSession", table: Floats, window: Window) -> Reading:
    """Of one window by itself.

    The graph rounds to 8 bits by the range of all that is read at once: in a batch of eight, what a clause
    came to hung on the others in it (by 0.02 on average, by 0.38 at most, on 464 pairs).
    """
    ids, mask, clause = arrays_of([window])
    answers, starts, ends = session.run(
        ["answers", "start", "end"],
        {"words": table[ids], "mask": mask, "clause": clause.astype(numpy.float32)},
    )
    own = slice(window.first, window.first + len(window.offsets))
    start, end = _span(starts[0, own], ends[0, own], window)
    return Reading(answers=float(1 / (1 + numpy.exp(-answers[0]))), start=start, end=end)


def _span(starts: Floats, ends: Floats, window: Window) -> tuple[int, int]:
    """Offsets of the likeliest span in the clause; an empty clause has an empty one."""
    if not len(starts):
        return 0, 0
    sums = starts[:, None] + ends[None, :]
    places = numpy.arange(len(starts))
    length = places[None, :] - places[:, None]
    sums = numpy.where((length >= 0) & (length < _LONGEST_SPAN), sums, -numpy.inf)
    first, last = numpy.unravel_index(int(numpy.argmax(sums)), sums.shape)
    return window.offsets[int(first)][0], window.offsets[int(last)][1]
