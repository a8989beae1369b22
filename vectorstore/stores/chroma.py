"""Vectors in Chroma: embedded in a folder, or on a Chroma server by its address."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Self, cast

from vectorstore.errors import VectorStoreError
from vectorstore.search import ScoredId, SearchFilter, Stored, Vector, Vectors
from vectorstore.stores.chroma_client import COLLECTION, closed, collection_of, connected
from vectorstore.unwritable import unwritable

if TYPE_CHECKING:
    from chromadb import Collection, Where
    from chromadb.api.client import Client

# Touched by every write: a process that reads an embedded Chroma does not see what another one writes
# until it opens the folder again.
_STAMP = "last_write"
_MARK = "index"
# Ids read at once.
_PAGE = 5_000


class ChromaStore:
    """A VectorStore; safe to share between threads. Opens when first used."""

    def __init__(self, folder: Path, *, url: str = "") -> None:
        """Keeps the vectors in the folder, or on the server at the address if one is given."""
        self._folder = folder
        self._url = url
        self._lock = RLock()
        self._client: Client | None = None
        self._collection: Collection | None = None
        self._seen = 0
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._may_be_empty = True

    def add(self, policy_id: str, clause_ids: Sequence[str], vectors: Vectors) -> None:
        """Store the vectors of a policy that has none."""
        if not clause_ids:
            return
        with self._writing() as collection:
            # An emptied collection insists on the length of its former vectors; a new one takes any. Counting
            # goes through all that is stored, so it is done only if the answer may be none.
            if self._may_be_empty and not collection.count():
                collection = self._anew()
            # Nothing tells when another process empties a collection on a server.
            self._may_be_empty = bool(self._url)
            size = self._batch_size()
            for start in range(0, len(clause_ids), size):
                batch = list(clause_ids[start : start + size])
                collection.upsert(
                    ids=batch,
                    embeddings=vectors[start : start + size],
                    metadatas=[{"policy_id": policy_id} for _ in batch],
                )
            self._stamp()

    def remove(self, policy_id: str) -> None:
        """Remove the vectors of the policy, if it has any."""
        with self._writing() as collection:
            stored = collection.get(where={"policy_id": policy_id}, include=[])["ids"]
            size = self._batch_size()
            for start in range(0, len(stored), size):
                collection.delete(ids=stored[start : start + size])
            self._may_be_empty = True
            self._stamp()

    def nearest(self, vector: Vector, *, limit: int, search_filter: SearchFilter) -> list[ScoredId]:
        """The clauses with the highest cosine similarity, best first."""
        only = sorted(search_filter.policy_ids)
        with self._open() as collection:
            found = collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=limit,
                where=cast("Where", {"policy_id": {"$in": only}}) if only else None,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        pairs = zip(found["ids"][0], distances[0], strict=True)
        return [ScoredId(clause_id=clause_id, score=1.0 - distance) for clause_id, distance in pairs]

    def count(self) -> int:
        """How many vectors there are."""
        with self._open() as collection:
            return collection.count()

    def stored(self) -> Stored:
        """Which vectors there are, without the vectors; none of those whose index of neighbours is lost."""
        policy_of: dict[str, str] = {}
        mark: str | None = None
        while True:
            # Page by page, so that questions need not wait for the whole.
            with self._open() as collection:
                found = collection.get(include=["metadatas"], limit=_PAGE, offset=len(policy_of))
                if not policy_of:
                    mark = self._mark()
                    if found["ids"] and not _has_vector(collection, found["ids"][0]):
                        return Stored(policy_of={}, mark=mark)
            pairs = zip(found["ids"], found["metadatas"] or [], strict=True)
            page = {clause_id: str((about or {}).get("policy_id", "")) for clause_id, about in pairs}
            policy_of |= page
            if len(page) < _PAGE:
                return Stored(policy_of=policy_of, mark=mark)

    def claim(self, mark: str | None, *, without: Sequence[str] = ()) -> None:
        """Remove the vectors of these clauses, then keep the mark; None leaves the mark as it is."""
        with self._writing() as collection:
            size = self._batch_size()
            for start in range(0, len(without), size):
                collection.delete(ids=list(without[start : start + size]))
            self._may_be_empty = self._may_be_empty or bool(without)
            if is_new := mark is not None and mark != self._mark():
                collection.modify(metadata={_MARK: mark})
            if is_new or without:
                self._stamp()

    def close(self) -> None:
        """Lets go of the folder or the connection; the next use opens it again."""
        with self._lock:
            if self._client is not None:
                closed(self._client)
            self._client = self._collection = None
            if self._copy is not None:
                self._copy.cleanup()
            self._copy = None

    def __enter__(self) -> Self:
        """The store, closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the store."""
        self.close()

    @contextmanager
    def _open(self) -> Iterator["Collection"]:
        from chromadb.errors import ChromaError

        with self._lock:
            place = self._url or str(self._folder)
            try:
                yield self._current()
            except (ChromaError, ValueError, OSError) as error:
                self.close()
                raise unwritable(error, self._folder) or VectorStoreError(
                    f"{place}: the vector store failed ({error}); check that it can be reached and written, "
                    "or move it away and run `clausewise ingest --rebuild`"
                ) from error

    @contextmanager
    def _writing(self) -> Iterator["Collection"]:
        with self._open() as collection:
            if self._copy is not None:
                # What was full may have room by now: the folder itself is tried again.
                self.close()
                self._client = connected(self._folder, url=self._url)
                collection = self._collection = collection_of(self._client)
            yield collection

    def _current(self) -> "Collection":
        stamp = self._stamp_of_last_write()
        if self._collection is None or stamp != self._seen:
            self.close()
            self._collection = self._opened()
            self._may_be_empty = True
            self._seen = stamp
        return self._collection

    def _opened(self) -> "Collection":
        """The collection; from a copy of the folder if nothing can be written there."""
        from chromadb.errors import ChromaError

        try:
            self._client = connected(self._folder, url=self._url)
            return collection_of(self._client)
        except (ChromaError, OSError) as error:
            if self._url or unwritable(error, self._folder) is None or not self._folder.is_dir():
                raise
        # Chroma 1.5.9 writes to its files whenever it opens them, also for reading.
        self.close()
        self._copy = tempfile.TemporaryDirectory(prefix="clausewise-vectors-")
        shutil.copytree(self._folder, self._copy.name, dirs_exist_ok=True)
        self._client = connected(Path(self._copy.name))
        return collection_of(self._client)

    def _batch_size(self) -> int:
        return self._client.get_max_batch_size() if self._client else 1

    def _mark(self) -> str | None:
        """The mark as it stands: another process may have set it after the collection was opened."""
        assert self._client is not None
        about = self._client.get_collection(COLLECTION, embedding_function=None).metadata
        found = (about or {}).get(_MARK)
        return None if found is None else str(found)

    def _anew(self) -> "Collection":
        assert self._client is not None
        mark = self._mark()
        self._client.delete_collection(COLLECTION)
        self._collection = collection_of(self._client)
        if mark is not None:
            self._collection.modify(metadata={_MARK: mark})
        return self._collection

    def _stamp_of_last_write(self) -> int:
        try:
            return int((self._folder / _STAMP).read_text()) if not self._url else 0
        except (OSError, ValueError):
            return 0

    def _stamp(self) -> None:
        if not self._url:
            self._seen = time.time_ns()
            (self._folder / _STAMP).write_text(str(self._seen))


def _has_vector(collection: "Collection", clause_id: str) -> bool:
    """Whether the vector is there besides its row: they lie in different files of the folder."""
    from chromadb.errors import InternalError

    try:
        collection.get(ids=[clause_id], include=["embeddings"])
    except InternalError:
        return False
    return True
