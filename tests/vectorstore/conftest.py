"""Policies made by hand, and plain stand-ins for model and store."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy
import pytest

from ingest.policy import Clause, ClauseKind, Fact, FactField, Metadata, Policy, SourceSegment
from vectorstore.catalog import Catalog
from vectorstore.search import ScoredId, SearchFilter, Stored, Vector, Vectors
from vectorstore.segmentation import terms

Line = str | tuple[ClauseKind, str]


def build_policy(
    lines: Sequence[Line],
    *,
    policy_id: str = "p1",
    title: str = "澄湖区科技创新行动方案",
    sha256: str = "",
    source: str = "方案.txt",
    units: dict[int, str] | None = None,
) -> Policy:
    """A policy whose clauses are the lines; `units` gives the leading unit of a line by its position."""
    pairs: list[tuple[ClauseKind, str]] = [
        ("paragraph", line) if isinstance(line, str) else line for line in lines
    ]
    text = "\n".join(line for _kind, line in pairs)
    clauses: list[Clause] = []
    facts: list[Fact] = []
    start = 0
    for position, (kind, line) in enumerate(pairs):
        clause = Clause(
            clause_id=f"{policy_id}.{position}",
            policy_id=policy_id,
            position=position,
            parent_id=None,
            kind=kind,
            number="",
            heading="",
            path=("一、总体要求",),
            locator=f"第{position + 1}段",
            start=start,
            end=start + len(line),
            text=line,
        )
        clauses.append(clause)
        unit = (units or {}).get(position)
        if unit:
            facts.append(
                Fact(
                    fact_id=f"{policy_id}.f{len(facts)}",
                    kind="duty",
                    policy_id=policy_id,
                    clause_id=clause.clause_id,
                    start=clause.start,
                    end=clause.end,
                    fields=(FactField(name="unit", value=unit), FactField(name="role", value="牵头")),
                )
            )
        start += len(line) + 1
    return Policy(
        policy_id=policy_id,
        source=source,
        source_sha256=sha256 or hashlib.sha256(text.encode()).hexdigest(),
        metadata=Metadata(title=title, region="澄湖区"),
        text=text,
        source_map=(SourceSegment(text_start=0, source_start=0, length=len(text)),),
        deletions=(),
        clauses=tuple(clauses),
        facts=tuple(facts),
        warnings=("a warning",),
    )


class WordEmbedder:
    """Texts that share words have similar vectors; counts what it embeds."""

    def __init__(self, fingerprint: str = "words", dimension: int = 64) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.passages = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        self.passages += len(texts)
        return numpy.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vector:
        """The sum of a vector for each word."""
        vector = numpy.full(self.dimension, 1e-3, dtype=numpy.float32)
        for word in terms(text):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
            vector += numpy.random.default_rng(seed).standard_normal(self.dimension).astype(numpy.float32)
        unit: Vector = vector / numpy.linalg.norm(vector)
        return unit


class MemoryStore:
    """A VectorStore in a dictionary."""

    def __init__(self) -> None:
        self.vectors: dict[str, dict[str, Vector]] = {}
        self.mark: str | None = None

    def add(self, policy_id: str, clause_ids: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of a policy that has none."""
        assert policy_id not in self.vectors, f"{policy_id} has vectors already"
        if clause_ids:
            self.vectors[policy_id] = dict(zip(clause_ids, vectors, strict=True))

    def remove(self, policy_id: str) -> None:
        """Remove the vectors of the policy, if it has any."""
        self.vectors.pop(policy_id, None)

    def nearest(self, vector: Vector, *, limit: int, search_filter: SearchFilter) -> list[ScoredId]:
        """Every vector compared."""
        only = search_filter.policy_ids or self.vectors.keys()
        scored = [
            ScoredId(clause_id=clause_id, score=float(each @ vector))
            for policy_id in only
            for clause_id, each in self.vectors.get(policy_id, {}).items()
        ]
        return sorted(scored, key=lambda each: -each.score)[:limit]

    def stored(self) -> Stored:
        """Which vectors there are."""
        policy_of = {clause_id: policy_id for policy_id, held in self.vectors.items() for clause_id in held}
        return Stored(policy_of=policy_of, mark=self.mark)

    def claim(self, mark: str | None, *, without: Sequence[str] = ()) -> None:
        """Remove the vectors of these clauses, then keep the mark."""
        self.mark = mark or self.mark
        kept = {
            policy_id: {clause_id: vector for clause_id, vector in held.items() if clause_id not in without}
            for policy_id, held in self.vectors.items()
        }
        self.vectors = {policy_id: held for policy_id, held in kept.items() if held}


@pytest.fixture
def make_policy() -> Callable[..., Policy]:
    """The builder of policies."""
    return build_policy


@pytest.fixture
def word_embedder() -> WordEmbedder:
    """An embedder without a model."""
    return WordEmbedder()


@pytest.fixture
def make_embedder() -> type[WordEmbedder]:
    """Embedders without a model, by fingerprint and dimension."""
    return WordEmbedder


@pytest.fixture
def memory_store() -> MemoryStore:
    """A store without a disk."""
    return MemoryStore()


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A new catalog."""
    with Catalog.open(tmp_path / "catalog.sqlite3", create=True) as opened:
        yield opened
