"""The meaning of each sentence of the clauses, kept beside them; a part of the catalog.

The vector store finds clauses; these tell which sentence of a found clause fits the question. They
are read by clause, never searched, so they need no index of neighbours.
"""

import json
from collections.abc import Mapping, Sequence

import numpy

from vectorstore.catalog_session import CatalogSession
from vectorstore.search import Vectors

# Half precision moves a cosine by less than 0.001 and halves the file.
_STORED = numpy.dtype("<f2")


class SentenceVectors:
    """Unit vectors of the sentences of clauses, in the order of `vectorstore.sentences.sentence_spans`."""

    def __init__(self, session: CatalogSession) -> None:
        """Use `Catalog.sentences`."""
        self._session = session

    def replace(self, policy_id: str, vectors: Mapping[str, Vectors]) -> None:
        """Makes these the only ones of the policy, by clause id; none removes them."""
        rows = [
            (clause_id, policy_id, found.shape[1], found.astype(_STORED).tobytes())
            for clause_id, found in vectors.items()
            if len(found)
        ]
        with self._session.writing() as connection:
            connection.execute("DELETE FROM sentences WHERE policy_id = ?", (policy_id,))
            connection.executemany("INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?)", rows)

    def of(self, clause_ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these clauses, shape (sentences, dimension) each; clauses without are left out."""
        with self._session.reading() as connection:
            rows = connection.execute(
                "SELECT clause_id, dimension, vectors FROM sentences "
                "WHERE clause_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(clause_ids)),),
            ).fetchall()
        return {
            clause_id: numpy.frombuffer(stored, dtype=_STORED).reshape(-1, dimension).astype(numpy.float32)
            for clause_id, dimension, stored in rows
        }
