"""Reorders candidates with a cross-encoder of sentence-transformers."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ingest.offline import silence_libraries
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.search import ScoredClause

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Any cross-encoder by its name or path; loaded at the first use."""

    def __init__(self, model: str, *, device: str = "cpu", batch_size: int = 16) -> None:
        """Names the model; nothing is loaded yet."""
        self._name = model
        self._device = device
        self._batch_size = batch_size
        self._lock = Lock()
        self._model: CrossEncoder | None = None

    def rerank(self, question: str, candidates: Sequence[ScoredClause]) -> list[ScoredClause]:
        """The same clauses by the model's score, best first."""
        if not candidates:
            return []
        pairs = [(question, " ".join((*each.clause.path, each.clause.text))) for each in candidates]
        with self._lock:
            scores = self._loaded().predict(pairs, batch_size=self._batch_size, show_progress_bar=False)
        scored = [replace(each, score=float(score)) for each, score in zip(candidates, scores, strict=True)]
        return sorted(scored, key=lambda each: -each.score)

    def _loaded(self) -> "CrossEncoder":
        if self._model is None:
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            silence_libraries()
            from sentence_transformers import CrossEncoder

            try:
                self._model = CrossEncoder(
                    self._name,
                    device=self._device,
                    # A folder holds all there is; only the name of a model lets the hub be asked.
                    local_files_only=Path(self._name).is_dir(),
                )
            except (OSError, ValueError, RuntimeError) as error:
                raise EmbedderUnavailableError(
                    f"the reranking model {self._name!r} cannot be loaded ({error}); give a folder on this "
                    "machine or a name that can be downloaded, or unset CLAUSEWISE_RERANKER__MODEL"
                ) from error
        return self._model
