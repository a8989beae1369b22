"""The vectors of a catalog's policies: written, removed, and put right after a crash.

The catalog shows a policy only when its vectors are in: before vectors change, the policy is marked
unsettled, and the transaction that writes it takes the mark away. What a crash leaves marked is put
right at the start of the next run: vectors of unknown policies go, known policies are embedded again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy

from ingest.policy import Clause, Policy
from vectorstore.agreement import difference
from vectorstore.catalog import Catalog
from vectorstore.catalog_writing import new_mark
from vectorstore.context import is_substantive
from vectorstore.errors import EmbedderMismatchError
from vectorstore.ingest_report import Progress
from vectorstore.search import Embedder, Vectors, VectorStore
from vectorstore.sentences import sentence_spans

_NO_VECTORS: Vectors = numpy.zeros((0, 0), dtype=numpy.float32)
# Passages embedded between two calls of the progress callback.
_STRIDE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The documents whose vectors were embedded again, and the vectors that had no business there."""

    embedded: int = 0
    removed: int = 0


class VectorIndex:
    """Keeps the vectors those of the catalog; the caller keeps other processes from indexing."""

    def __init__(
        self,
        catalog: Catalog,
        store: VectorStore,
        embedder_factory: Callable[[], Embedder],
        *,
        embedded_text: Callable[[Clause, str], str],
    ) -> None:
        """The factory is called when an embedder is first needed; `embedded_text` as of the Indexer."""
        self._catalog = catalog
        self._store = store
        self._embedder_factory = embedder_factory
        self._embedder: Embedder | None = None
        self._embedded_text = embedded_text

    def begin(self) -> None:
        """Notes the embedder in a catalog that has no vectors yet, and claims the store for it."""
        if self._catalog.vectors.fingerprint() is None:
            self._catalog.vectors.set_fingerprint(self._current_embedder().fingerprint)
            self._claim(())

    def start_over(self) -> None:
        """Removes all vectors, for every policy to be embedded with the embedder at hand."""
        everything = [summary.policy_id for summary in self._catalog.policies()]
        fingerprint = self._current_embedder().fingerprint
        self._catalog.vectors.set_fingerprint(fingerprint, unsettled=everything)
        # All of them will be written anew, whatever is there.
        self._claim(tuple(self._store.stored().policy_of))
        # What a crash left of policies that the catalog never had goes too.
        self.remove([*everything, *self._catalog.vectors.unsettled()])

    def matches_embedder(self) -> bool:
        """Whether the vectors come from the embedder at hand."""
        return self._catalog.vectors.fingerprint() == self._current_embedder().fingerprint

    def settle(self, progress: Progress) -> Repair:
        """Puts right what a crash, or a change of the store alone, left between catalog and vectors.

        Raises EmbedderMismatchError before anything is written.
        """
        self._check_fingerprint()
        found = difference(self._catalog, self._store)
        self._claim(found.foreign)
        if found.lacking:
            self._catalog.vectors.mark_unsettled(found.lacking)
        unsettled = self._catalog.vectors.unsettled()
        known = {summary.policy_id for summary in self._catalog.policies()}
        for policy_id in unsettled:
            self.remove([policy_id])
            if policy_id in known:
                self.write(self._catalog.policy(policy_id), progress)
            self._catalog.vectors.mark_settled([policy_id])
        return Repair(embedded=len(known.intersection(unsettled)), removed=len(found.foreign))

    def write(self, policy: Policy, progress: Progress) -> None:
        """Embeds the clauses of a policy that has no vectors, and their sentences.

        The policy must be marked unsettled.
        """
        title = policy.metadata.title
        texts = [self._embedded_text(clause, title) for clause in policy.clauses]
        sentences = [
            (clause.clause_id, clause.text[start - clause.start : end - clause.start])
            for clause in policy.clauses
            if is_substantive(clause)
            for start, end in sentence_spans(clause)
        ]
        texts += [text for _, text in sentences]
        vectors = _embedded(self._current_embedder(), texts, f"embedding 《{title}》", progress)
        ids = [clause.clause_id for clause in policy.clauses]
        self._store.add(policy.policy_id, ids, vectors[: len(ids)])
        places: dict[str, list[int]] = {}
        for place, (clause_id, _) in enumerate(sentences, start=len(ids)):
            places.setdefault(clause_id, []).append(place)
        self._catalog.sentences.replace(
            policy.policy_id, {clause_id: vectors[found] for clause_id, found in places.items()}
        )

    def remove(self, policy_ids: Sequence[str]) -> None:
        """Removes the vectors of the policies, which must be marked unsettled and stay so."""
        for policy_id in policy_ids:
            self._store.remove(policy_id)
            self._catalog.sentences.replace(policy_id, {})

    def forget(self, policy_ids: Sequence[str]) -> None:
        """Removes the vectors of policies that the catalog no longer has, and settles these."""
        self.remove(policy_ids)
        if policy_ids:
            self._catalog.vectors.mark_settled(policy_ids)

    def drop_unknown(self) -> None:
        """Removes the vectors that a removal left when it was ended; needs no model."""
        known = {summary.policy_id for summary in self._catalog.policies()}
        self.forget([each for each in self._catalog.vectors.unsettled() if each not in known])

    def _claim(self, foreign: Sequence[str]) -> None:
        """Removes the foreign vectors and gives the store the mark of the catalog."""
        mark = self._catalog.vectors.mark()
        fingerprint = self._catalog.vectors.fingerprint()
        if mark is not None or fingerprint is None:
            self._store.claim(mark, without=foreign)
            return
        # A catalog of before marks were kept: its vectors are taken for its own, in this order, since a
        # marked catalog beside a store without a mark would have all of them embedded again.
        kept = self._store.stored().mark
        mark = kept if kept and kept.startswith(f"{fingerprint} ") else new_mark(fingerprint)
        self._store.claim(mark, without=foreign)
        self._catalog.vectors.set_mark(mark)

    def _check_fingerprint(self) -> None:
        indexed = self._catalog.vectors.fingerprint()
        current = self._current_embedder().fingerprint
        if indexed is not None and indexed != current:
            raise EmbedderMismatchError(indexed=indexed, current=current)

    def _current_embedder(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self._embedder_factory()
        return self._embedder


def _embedded(embedder: Embedder, texts: Sequence[str], what: str, progress: Progress) -> Vectors:
    """Vectors in the order of the texts, embedded by length: a batch takes its longest's time."""
    if not texts:
        return _NO_VECTORS
    order = sorted(range(len(texts)), key=lambda each: len(texts[each]))
    parts = []
    for start in range(0, len(order), _STRIDE):
        progress(what, start, len(order))
        parts.append(embedder.embed_passages([texts[each] for each in order[start : start + _STRIDE]]))
    progress(what, len(order), len(order))
    vectors = numpy.empty((len(texts), parts[0].shape[1]), dtype=numpy.float32)
    vectors[order] = numpy.concatenate(parts)
    return vectors
