"""What a search takes and gives, and the ports behind which stores and models stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy

from ingest.policy import Clause

Vectors = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float32]]
Vector = numpy.ndarray[tuple[int], numpy.dtype[numpy.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredClause:
    """A clause and how well it fits; scores compare within one search only."""

    clause: Clause
    score: float
    sentences: tuple[float, ...] = ()  # cosine of question and each sentence, in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredId:
    """The id of a clause and how well it fits, as a store returns it."""

    clause_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Which policies may be searched; an empty filter lets every policy through."""

    policy_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a store holds: the policy that each clause was stored with, and the mark of its index."""

    policy_of: Mapping[str, str]
    mark: str | None = None


class VectorStore(Protocol):
    """Vectors of clauses, searched by cosine similarity."""

    def add(self, policy_id: str, clause_ids: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of a policy that has none; those of others are neither read nor counted."""

    def remove(self, policy_id: str) -> None:
        """Remove the vectors of the policy, if it has any."""

    def nearest(self, vector: Vector, *, limit: int, search_filter: SearchFilter) -> list[ScoredId]:
        """The clauses with the highest cosine similarity, best first."""

    def stored(self) -> Stored:
        """Which vectors there are, without the vectors."""

    def claim(self, mark: str | None, *, without: Sequence[str] = ()) -> None:
        """Remove the vectors of these clauses, then keep the mark; None leaves the mark as it is."""


class KeywordIndex(Protocol):
    """Terms of clauses and of whole policies, searched by BM25."""

    def matching(self, terms: Sequence[str], *, limit: int, search_filter: SearchFilter) -> list[ScoredId]:
        """The clauses holding any of the terms, best first."""

    def policies_matching(self, terms: Sequence[str], *, search_filter: SearchFilter) -> dict[str, float]:
        """The policies holding any of the terms, with their score."""


class Embedder(Protocol):
    """Turns text into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Names model and settings: vectors of different fingerprints must not meet."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), dimension)."""

    def embed_query(self, text: str) -> Vector:
        """The unit vector of a question, shape (dimension,)."""


class Reranker(Protocol):
    """Reorders candidates by reading question and clause together."""

    def rerank(self, question: str, candidates: Sequence[ScoredClause]) -> list[ScoredClause]:
        """The same clauses, best first, with new scores."""
