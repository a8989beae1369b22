"""Cuts one short text into tokens without loading a quarter of a million pieces.

A unigram model chooses among the pieces that stand in the text, so that a model of these alone cuts it as the
whole one does; what decides how dear an unknown character is, the lowest score of all, is kept with them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

PIECES_NAME, RULES_NAME = "pieces.npy", "short_text.json"
LONGEST_CHARACTERS = 200
# Of texts that are cut together; looking up all their substrings costs less than loading all pieces.
_MOST_CHARACTERS = 12_000
_PIECE = numpy.dtype([("hash", "<u8"), ("id", "<i4"), ("score", "<f8")])
_BEGIN, _END, _UNKNOWN = 0, 2, 3  # of XLM-RoBERTa
_FIRST_ORDINARY = 4


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, and where each stands in it."""

    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class ShortTextTokenizer:
    """The tokenizer of a model folder for short texts."""

    folder: Path

    def ids(self, text: str) -> list[int] | None:
        """The tokens of the text; None if it is long, holds one of the model's own, or files lack."""
        found = self.encoded([text]) if len(text) <= LONGEST_CHARACTERS else None
        return None if found is None else [_BEGIN, *found[0].ids, _END]

    def encoded(self, texts: Sequence[str]) -> list[Tokens] | None:
        """The tokens of each text without marks of begin and end; None as in `ids`."""
        if not (self.folder / RULES_NAME).is_file() or sum(map(len, texts)) > _MOST_CHARACTERS:
            return None
        if any(token in text for text in texts for token in self._rules["own_tokens"]):
            return None
        from tokenizers import Tokenizer

        rules: dict[str, Any] = self._rules["tokenizer"]
        normalizer = Tokenizer.from_str(json.dumps(_with_pieces(rules, []))).normalizer
        found = self._pieces_in([normalizer.normalize_str(text) for text in texts])
        vocabulary = [[piece, score] for piece, _, score in found]
        tokenizer = Tokenizer.from_str(json.dumps(_with_pieces(rules, vocabulary)))
        numbers = [number for _, number, _ in found]
        return [
            Tokens(ids=[numbers[each] for each in encoded.ids], offsets=encoded.offsets)
            for encoded in tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]

    def _pieces_in(self, shown: Sequence[str]) -> list[tuple[str, int, float]]:
        """The unknown piece, the one of the lowest score and those that stand in the texts."""
        longest = int(self._rules["longest"])
        candidates = sorted(
            {each for text in shown for each in _substrings("▁" + text.replace(" ", "▁"), longest)}
        )
        hashes = numpy.array([_hash(each) for each in candidates], dtype="<u8")
        table = self._table
        places = numpy.minimum(numpy.searchsorted(table["hash"], hashes), len(table) - 1)
        known = numpy.flatnonzero(table["hash"][places] == hashes)
        found = [
            (candidates[each], int(table["id"][places[each]]), float(table["score"][places[each]]))
            for each in known
        ]
        lowest, number, score = self._rules["lowest"]
        others = [("<unk>", _UNKNOWN, 0.0), (str(lowest), int(number), float(score))]
        given = {piece for piece, *_ in others}
        return others + [each for each in found if each[0] not in given]

    @cached_property
    def _rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = json.loads((self.folder / RULES_NAME).read_text(encoding="utf-8"))
        return rules

    @cached_property
    def _table(self) -> NDArray[numpy.void]:
        table: NDArray[numpy.void] = numpy.load(self.folder / PIECES_NAME, mmap_mode="r")
        return table


def write_short_text_files(folder: Path, tokenizer_name: str) -> None:
    """Writes beside a tokenizer.json what short texts need of it."""
    whole = json.loads((folder / tokenizer_name).read_text(encoding="utf-8"))
    pieces: Sequence[tuple[str, float]] = whole["model"]["vocab"]
    ordinary = list(enumerate(pieces))[_FIRST_ORDINARY:]
    rows = sorted((_hash(piece), number, score) for number, (piece, score) in ordinary)
    numpy.save(folder / PIECES_NAME, numpy.array(rows, dtype=_PIECE))
    number, (piece, score) = min(ordinary, key=lambda each: each[1][1])
    rules = {
        "longest": max(len(piece) for piece, _ in pieces),
        "lowest": [piece, number, score],
        "own_tokens": [token["content"] for token in whole["added_tokens"]],
        "tokenizer": {**_with_pieces(whole, []), "added_tokens": [], "post_processor": None},
    }
    (folder / RULES_NAME).write_text(json.dumps(rules, ensure_ascii=False), encoding="utf-8")


def _with_pieces(rules: Mapping[str, Any], pieces: Iterable[list[Any]]) -> dict[str, Any]:
    vocabulary = list(pieces) or [["<unk>", 0.0]]
    return {**rules, "model": {**rules["model"], "vocab": vocabulary, "unk_id": 0}}


def _substrings(text: str, longest: int) -> Iterator[str]:
    for start in range(len(text)):
        for end in range(start + 1, min(start + longest, len(text)) + 1):
            yield text[start:end]


def _hash(piece: str) -> int:
    return int.from_bytes(blake2b(piece.encode(), digest_size=8).digest(), "little")
