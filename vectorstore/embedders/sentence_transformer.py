"""Embeds with any model that sentence-transformers can load."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy

from ingest.offline import silence_libraries
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.search import Vector, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Called with the texts embedded so far and the texts in all.
Progress = Callable[[int, int], None]


class SentenceTransformerEmbedder:
    """A model by its name or path; loaded at the first use. Safe to share between threads."""

    def __init__(
        self,
        model: str,
        *,
        query_prompt: str = "",
        passage_prompt: str = "",
        device: str = "cpu",
        batch_size: int = 8,
    ) -> None:
        """Names the model and what is put before each text; nothing is loaded yet."""
        self._name = model
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self._device = device
        self._batch_size = batch_size
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @property
    def fingerprint(self) -> str:
        """Names model and prompts; known without loading the model."""
        return f"{self._name}|{self._query_prompt}|{self._passage_prompt}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), dimension)."""
        return self._encoded(texts, self._passage_prompt)

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question, shape (dimension,)."""
        vector: Vector = self._encoded([text], self._query_prompt)[0]
        return vector

    def warm_up(self) -> None:
        """Loads the model and embeds a word, so that the first question does not wait."""
        self.embed_query("…")

    def _encoded(self, texts: Sequence[str], prompt: str) -> Vectors:
        with self._lock:
            encoded = self._loaded().encode(
                list(texts),
                prompt=prompt,
                batch_size=self._batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return numpy.asarray(encoded, dtype=numpy.float32).reshape(len(texts), -1)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            silence_libraries()
            from sentence_transformers import SentenceTransformer

            try:
                self._model = SentenceTransformer(
                    self._name,
                    device=self._device,
                    # A folder holds all there is; only the name of a model lets the hub be asked.
                    local_files_only=Path(self._name).is_dir(),
                )
            except (OSError, ValueError, RuntimeError) as error:
                raise EmbedderUnavailableError(
                    f"the embedding model {self._name!r} cannot be loaded ({error}); give a folder on this "
                    "machine or a name that can be downloaded in CLAUSEWISE_EMBEDDER__MODEL, or unset it to "
                    "use the bundled model"
                ) from error
        return self._model
