"""The benefits that may be for a company that tells of itself."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.facts.tables import Stated
from bot.question.topics import TopicReader
from ingest.unit_names import LEVELS
from vectorstore.segmentation import fold, tokens

# Worth of a word by where a benefit has it: what it names, its sentence, or a clause that may state several.
_IN_FIELDS, _IN_QUOTE, _IN_CLAUSE = 1.0, 0.7, 0.5
_BY_SYNONYM = 0.8
_IN_PART = 0.6  # of a word that is only part of what the company says: 中心 of 研发中心
# Below it a word tells nothing: a rare one counts wherever it stands, a common one only in the fields.
_LEAST_WORTH = 0.27
_FIELDS_THAT_FIT = ("applicant", "purpose", "condition")
_RANK = re.compile(rf"(?:国家|[{LEVELS}])级")

Frequencies = Callable[[Sequence[str]], Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """A benefit and the words of a company that it answers to, as the company wrote them."""

    benefit: Stated
    reasons: tuple[str, ...]
    fit: float


@dataclass(frozen=True, kw_only=True)
class CompanyReader:
    """Finds what a company tells of itself; `frequencies` counts the clauses that hold a word, of `total`."""

    topics: TopicReader
    frequencies: Frequencies
    total: int

    def fitting(self, benefits: Iterable[Stated], company: str) -> list[Fitting]:
        """The benefits that share telling words with what the company says, best first."""
        phrases = [self._pieces(phrase) for phrase in self.topics.topics(company, ("amount",))]
        weights = self._weights({word for phrase in phrases for word in phrase})
        judged = (_fitting(each, phrases, weights, self.topics) for each in benefits)
        return sorted((each for each in judged if each.reasons), key=lambda each: -each.fit)

    def _pieces(self, phrase: str) -> tuple[str, ...]:
        """The phrase, then the names it is made of."""
        language = self.topics.language
        names = (
            part
            for part in language.words_of(phrase, tokens)
            if len(part) > 1 and part not in language.general and not _RANK.fullmatch(part)
        )
        return tuple(dict.fromkeys((phrase, *filter(self.topics.is_name, names))))

    def _weights(self, words: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency, 1 for a word that one clause holds; a synonym counts as the word."""
        alternatives = {word: self.topics.language.alternatives(word) for word in words}
        counts = self.frequencies(sorted({each for found in alternatives.values() for each in found}))
        most = log(1 + max(self.total, 1))
        return {
            word: log(1 + max(self.total, 1) / max(1, *(counts[each] for each in found))) / most
            for word, found in alternatives.items()
        }


def _fitting(
    benefit: Stated, phrases: Sequence[Sequence[str]], weights: Mapping[str, float], topics: TopicReader
) -> Fitting:
    fact = benefit.fact
    places = (
        (fold("\n".join(fact.value(name) for name in _FIELDS_THAT_FIT)), _IN_FIELDS),
        (fold(benefit.quote), _IN_QUOTE),
        (fold(benefit.clause.text), _IN_CLAUSE),
    )
    worths: dict[str, float] = {}
    for whole, *names in phrases:
        found = {word: weights[word] * _worth(word, places, topics) for word in (whole, *names)}
        # A phrase found as it stands says all that its words say.
        part = 1.0 if found[whole] else _IN_PART
        counted = (whole,) if found[whole] else names
        worths |= {word: part * found[word] for word in counted if part * found[word] >= _LEAST_WORTH}
    return Fitting(benefit=benefit, reasons=tuple(worths), fit=sum(worths.values()))


def _worth(word: str, places: Iterable[tuple[str, float]], topics: TopicReader) -> float:
    return max(
        (
            worth * (1.0 if each == word else _BY_SYNONYM)
            for text, worth in places
            for each in topics.language.alternatives(word)
            if fold(each) in text
        ),
        default=0.0,
    )
