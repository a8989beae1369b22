"""Whether the vector store holds what the catalog says: no vector less, none more, none of another index.

A store is a folder or a server of its own, which can be deleted, restored or exchanged without the
catalog. Ids are compared, not vectors: those of an index carry its mark, so that vectors of the same
clauses from another model or another catalog count as foreign.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from vectorstore.catalog import Catalog
from vectorstore.errors import VectorsDifferError
from vectorstore.search import VectorStore

# Comparing may take a twentieth of the time, however often it is asked for.
_SHARE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The policies that lack vectors, and the stored vectors that belong to no policy."""

    lacking: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    other_index: bool = False  # all stored vectors were written for another catalog or model

    def __bool__(self) -> bool:
        """Whether anything has to be put right."""
        return bool(self.lacking or self.foreign or self.other_index)


def difference(catalog: Catalog, store: VectorStore) -> Difference:
    """What is to be put right, except for policies whose vectors are being changed or were interrupted."""
    expected, stored = catalog.vectors.expected(), store.stored()
    if stored.policy_of and not expected.is_of(stored.mark):
        return Difference(
            lacking=tuple(sorted(set(expected.policy_of.values()))),
            foreign=tuple(stored.policy_of),
            other_index=True,
        )
    lacking = {
        policy_id
        for clause_id, policy_id in expected.policy_of.items()
        if stored.policy_of.get(clause_id) != policy_id
    }
    foreign = (
        clause_id
        for clause_id, policy_id in stored.policy_of.items()
        if expected.policy_of.get(clause_id) != policy_id
    )
    return Difference(
        lacking=tuple(sorted(lacking - expected.unsettled)),
        foreign=tuple(each for each in foreign if stored.policy_of[each] not in expected.unsettled),
    )


class Agreement:
    """Compares catalog and store for those who ask often; safe to share between threads."""

    def __init__(
        self, catalog: Catalog, store: VectorStore, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is compared yet."""
        self._catalog = catalog
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._found = Difference()
        self._version: int | None = None
        self._next = 0.0

    def check(self) -> None:
        """Raises VectorsDifferError if something lacks or is foreign."""
        with self._lock:
            if self._catalog.version() != self._version or self._clock() >= self._next:
                self._compare()
            found = self._found
        if found:
            raise VectorsDifferError(lacking=len(found.lacking), foreign=len(found.foreign))

    def _compare(self) -> None:
        began, version = self._clock(), self._catalog.version()
        found = difference(self._catalog, self._store)
        self._next = self._clock() + _SHARE * (self._clock() - began)
        # What was written while both were read may stand in one of them only.
        if self._catalog.version() == version:
            self._found, self._version = found, version
