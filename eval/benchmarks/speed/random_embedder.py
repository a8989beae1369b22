"""Vectors where the embedder is not what is measured."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy

from vectorstore.search import Vector, Vectors

_DIMENSION = 384  # of the bundled embedder


class RandomEmbedder:
    """Unit vectors drawn by the hash of each text: the same text has the same vector, no two are near.

    Without neighbourhoods an index of neighbours has its hardest work: figures of the store are upper bounds.
    """

    fingerprint = "random unit vectors"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        return numpy.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question."""
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
        drawn = numpy.random.default_rng(seed).standard_normal(_DIMENSION, dtype=numpy.float32)
        vector: Vector = drawn / numpy.linalg.norm(drawn)
        return vector
