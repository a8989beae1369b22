"""Groups for training: a question with passages that answer and passages that do not."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

import numpy

from bot.reader.reading import Passage, Reader
from eval.reading.examples import Example, Marked
from eval.reading.mining import Mine
from eval.reading.twins import twins_of

Part = Literal["training", "validation", "sealed"]
_MINED_NEAR, _MINED_FAR = 5, 2
_LONGER_COVER = 25
_LIKELY_AN_ANSWER, _SURELY = 0.5, 0.9
ENCYCLOPEDIC = ("cmrc", "drcd")  # sources whose passages are of no policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and a passage; `span` are the words that answer, if they are known."""

    question: str
    passage: Passage
    answers: bool
    span: tuple[int, int] | None = None
    sounds: float = 1.0  # how far an earlier reader takes it for an answer, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The pairs of one question."""

    id: str
    document: str
    source: str
    pairs: tuple[Pair, ...]


def part_of(document: str) -> Part:
    """The part a document belongs to, drawn by the hash of its name: 70, 15 and 15 of 100."""
    drawn = int.from_bytes(hashlib.sha256(document.encode()).digest()[:4]) % 100
    return "training" if drawn < 70 else "validation" if drawn < 85 else "sealed"


class Grouping:
    """Puts examples together with what sounds like an answer to them."""

    def __init__(
        self, passages: Mapping[str, Passage], examples: Sequence[Example], *, seed: int = 1
    ) -> None:
        """`passages` are those of all documents by key."""
        extra = {each.key: each.passage for example in examples for each in example.right}
        self._passages = {**extra, **passages}
        texts = {key: " ".join((*each.headings, each.text)) for key, each in self._passages.items()}
        self._mine = Mine(texts)
        documents = [key.split("#")[0] for key in self._mine.keys]
        self._documents = numpy.array(documents)
        # An encyclopedia may well answer what no policy does.
        self._of_policies = numpy.array([not each.startswith(ENCYCLOPEDIC) for each in documents])
        self._seed = seed

    def group(self, example: Example) -> Group:
        """The group of one example; twins of the question go with the clause that answered it."""
        random = Random(f"{self._seed}:{example.id}")
        right = {each.key: each for each in example.right}
        answers = [
            each.passage.text[start:end]
            for each in example.right
            for start, end in each.spans
            if end - start >= 4
        ]
        wrong = {each.key: each.passage for each in example.tempting if each.key not in right}
        wrong |= {
            key: self._passages[key]
            for key in self._mined(example)
            if key not in right and not any(words in self._passages[key].text for words in answers)
        }
        pairs = [
            Pair(question=example.question, passage=each.passage, answers=True, span=covering(each))
            for each in example.right
        ]
        pairs += [Pair(question=example.question, passage=each, answers=False) for each in wrong.values()]
        pairs += [
            Pair(question=twin, passage=each.passage, answers=False)
            for each in example.right[:1]
            for twin in (*example.twins, *twins_of(example.question, _whole(each.passage), random))
        ]
        return Group(id=example.id, document=example.document, source=example.source, pairs=tuple(pairs))

    def _mined(self, example: Example) -> Iterator[str]:
        within = self._documents == example.document
        near = self._mine.ranked(example.question, limit=_MINED_NEAR, within=within) if within.any() else []
        # What is of no document is as far from all of them.
        far = _MINED_FAR if near else _MINED_FAR + _MINED_NEAR
        yield from (
            *near,
            *self._mine.ranked(example.question, limit=far, within=~within & self._of_policies),
        )


def read_before(group: Group, reader: Reader) -> Group:
    """The group with what a reader takes each pair for, without what is doubtful.

    What it takes for an answer in another document may well be one: a question that names no place can be
    answered there too, and nobody marked that.
    """
    read: dict[tuple[str, Passage], float] = {}
    for question in sorted({pair.question for pair in group.pairs}):
        passages = [pair.passage for pair in group.pairs if pair.question == question]
        readings = reader.read(question, passages)
        read |= {(question, each): said.answers for each, said in zip(passages, readings, strict=True)}
    pairs = tuple(replace(pair, sounds=read[pair.question, pair.passage]) for pair in group.pairs)
    own = {pair.passage.title for pair in pairs if pair.answers}
    if own and group.source not in ENCYCLOPEDIC:
        pairs = tuple(pair for pair in pairs if pair.passage.title in own or pair.sounds <= _LIKELY_AN_ANSWER)
    return replace(group, pairs=pairs)


def is_settled(group: Group) -> bool:
    """Whether an earlier reader already tells all that answers from all that does not."""
    return all(
        (pair.sounds > _SURELY) if pair.answers else (pair.sounds < 1 - _SURELY) for pair in group.pairs
    )


def covering(marked: Marked) -> tuple[int, int] | None:
    """One span over all words that answer if they stand close together, else the longest of them."""
    if not marked.spans:
        return None
    start, end = min(each[0] for each in marked.spans), max(each[1] for each in marked.spans)
    total = sum(each[1] - each[0] for each in marked.spans)
    if end - start <= total + _LONGER_COVER:
        return start, end
    return max(marked.spans, key=lambda each: each[1] - each[0])


def _whole(passage: Passage) -> str:
    return " ".join((passage.title, *passage.headings, passage.text))
