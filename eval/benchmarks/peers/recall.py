"""Evidence recall at equal length of retrieved text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.benchmarks.peers.peer import Passage

LENGTHS = (500, 1_500, 3_000)
_HALF = 0.5

_Place = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the text of a file."""

    file: str
    start: int
    end: int


def recall_within(
    passages: Sequence[Passage], evidence: Sequence[Stretch], texts: Mapping[str, str]
) -> tuple[float, ...]:
    """For each of LENGTHS: the share of the evidence that stands within so many retrieved characters.

    Only printed characters count, and one that was already retrieved is not counted again: overlapping
    chunks cost nothing. A piece of evidence is found when at least half of its characters stand within the
    length, whether one passage holds them or several and wherever the length cuts. Where all pieces together
    are longer than the length, those found are a share of the most whole pieces that it can hold.
    """
    pieces = [frozenset(_printed(each.file, each.start, each.end, texts)) for each in evidence]
    retrieved = _retrieved(passages, texts)
    shares = []
    for length in LENGTHS:
        held = set(retrieved[:length])
        found = sum(len(piece & held) >= _HALF * len(piece) for piece in pieces)
        shares.append(min(1.0, found / _attainable(pieces, length)))
    return tuple(shares)


def _retrieved(passages: Sequence[Passage], texts: Mapping[str, str]) -> list[_Place]:
    """Every printed character once, in the order of the passages, as far as the greatest length."""
    places: dict[_Place, None] = {}
    for passage in passages:
        if len(places) >= LENGTHS[-1]:
            break
        places.update(dict.fromkeys(_printed(passage.file, passage.start, passage.end, texts)))
    return list(places)


def _printed(file: str, start: int, end: int, texts: Mapping[str, str]) -> Iterator[_Place]:
    text = texts[file]
    return ((file, place) for place in range(start, end) if not text[place].isspace())


def _attainable(pieces: Sequence[frozenset[_Place]], length: int) -> int:
    """The most whole pieces that so many characters can hold, at least one."""
    fitting = 0
    for size in sorted(map(len, pieces)):
        length -= size
        if length < 0:
            break
        fitting += 1
    return max(1, fitting)
