"""Finds passages that sound like an answer: BM25 over pairs of characters."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy
from numpy.typing import NDArray
from scipy.sparse import csc_matrix  # type: ignore[import-untyped]

_K1, _B = 1.2, 0.75  # Robertson and Zaragoza 2009, the usual values


class Mine:
    """Ranks keyed texts by a question."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Counts the pairs of characters of every text."""
        self.keys: Sequence[str] = tuple(texts)
        counts = [Counter(_pairs(text)) for text in texts.values()]
        lengths = numpy.array([sum(each.values()) for each in counts], dtype=numpy.float32)
        self._words = {word: place for place, word in enumerate({word for each in counts for word in each})}
        frequencies = Counter(word for each in counts for word in each)
        norms = _K1 * (1 - _B + _B * lengths / lengths.mean())
        rows, columns, values = [], [], []
        for row, each in enumerate(counts):
            for word, count in each.items():
                idf = math.log(1 + (len(counts) - frequencies[word] + 0.5) / (frequencies[word] + 0.5))
                rows.append(row)
                columns.append(self._words[word])
                values.append(idf * count * (_K1 + 1) / (count + norms[row]))
        shape = (len(counts), len(self._words))
        self._weights = csc_matrix((values, (rows, columns)), shape=shape, dtype=numpy.float32)

    def ranked(self, question: str, *, limit: int, within: NDArray[numpy.bool_] | None = None) -> list[str]:
        """The keys of the best texts; `within` limits them."""
        words = [self._words[word] for word in set(_pairs(question)) if word in self._words]
        if not words:
            return []
        scores = numpy.asarray(self._weights[:, words].sum(axis=1)).ravel()
        if within is not None:
            scores = numpy.where(within, scores, -1.0)
        best = numpy.argsort(-scores, kind="stable")[:limit]
        return [self.keys[place] for place in best if scores[place] > 0]


def _pairs(text: str) -> list[str]:
    folded = "".join(text.split()).lower()
    return [folded[place : place + 2] for place in range(len(folded) - 1)]
