"""Any number of documents with the structure of the samples and content of their own."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from vectorstore.segmentation import tagged

_NOUN_TAGS = ("n", "vn")
_FEWEST_CHARACTERS = 2
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?=区人民政府)")
_HEAD = 500  # characters in which title and header fields stand; their words are kept
_NUMBER = re.compile(r"(〔\d{4}〕)(\d+)(号)")
_FIGURE = re.compile(r"(?<![\d.〔])(\d{1,4})(?=万元|亿元|元|%|家|个|项|户)")
_SHIFT = 97
_PLACE_CHARACTERS = 3
_INVENTED = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


class SyntheticDocuments:
    """Documents made from samples: other places, numbers, figures and nouns at the same points.

    The same seed gives the same documents. No two have the same title or number.
    """

    def __init__(self, samples: Sequence[str], *, seed: int = 0) -> None:
        """From the texts of these samples."""
        self._seed = seed
        self._samples = samples
        self._pieces = [tagged(sample) for sample in samples]
        heads = "".join(sample[:_HEAD] for sample in samples)
        nouns = {word for pieces in self._pieces for word, tag in pieces if _is_free(word, tag)}
        self._nouns = sorted(noun for noun in nouns if noun not in heads)
        self._places = sorted({place for sample in samples for place in _PLACE.findall(sample)})

    def text(self, number: int) -> str:
        """The document of this number."""
        chance = random.Random(f"{self._seed} {number}")
        others = dict(zip(self._nouns, chance.sample(self._nouns, len(self._nouns)), strict=True))
        # One noun in three: the rest keeps the wording by which facts are told.
        kept = set(chance.sample(self._nouns, 2 * len(self._nouns) // 3))
        pieces = self._pieces[number % len(self._pieces)]
        text = "".join(others[word] if word in others and word not in kept else word for word, _ in pieces)
        text = _FIGURE.sub(lambda found: str(int(found[1]) + number % _SHIFT + 1), text)
        return _NUMBER.sub(lambda found: f"{found[1]}{number + 1}{found[3]}", self._elsewhere(text, number))

    def question(self, question: str, number: int) -> str:
        """A question on the samples, asked of the places of the document of this number."""
        return self._elsewhere(question, number)

    def write(self, folder: Path, numbers: range) -> Iterator[Path]:
        """Writes the documents of these numbers, a file each."""
        folder.mkdir(parents=True, exist_ok=True)
        for number in numbers:
            path = folder / f"{number:07}.txt"
            path.write_text(self.text(number), encoding="utf-8")
            yield path

    def _elsewhere(self, text: str, number: int) -> str:
        """Every place of the samples becomes one that does not exist."""
        chance = random.Random(f"{self._seed} {number} places")
        for place in self._places:
            text = text.replace(place, "".join(chance.sample(_INVENTED, _PLACE_CHARACTERS)))
        return text


def _is_free(word: str, tag: str) -> bool:
    """Whether the word may be exchanged for another: a common noun that is not a single character."""
    return tag in _NOUN_TAGS and len(word) >= _FEWEST_CHARACTERS
