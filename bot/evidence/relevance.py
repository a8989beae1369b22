"""How much of what a question asks about stands in a stretch of text.

Coverage is the share of the question's content words that the text holds, each word weighted by
its inverse document frequency, ln(1 + N / (1 + df)) over the N clauses of the catalog, so that a
rare word the text lacks costs more than a common one.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bot.question.language import Language

# Worth of a word by where it stands: in the passage, in its heading or one above, elsewhere in the clause,
# or only in pairs of its characters.
_IN_PASSAGE, _IN_HEADING, _IN_CLAUSE, _IN_PAIRS = 1.0, 0.8, 0.5, 0.7
# A phrase found only as scattered words is worth less than the phrase itself.
_SCATTERED = 0.92
_SINGLE = 0.3
# A small catalog tells common words from rare ones no better than one of so many clauses.
_FEWEST_CLAUSES = 300
_WAY_OF_SPEAKING, _UNHEARD_OF = 0.2, 0.8
# Every passage is judged by every word; no question of eval/sets has more than 26.
_MOST_WORDS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The text a passage is judged by: itself, its clause and the headings above."""

    passage: str
    heading: str
    clause: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A content word of the question, its weight and the words that stand for it."""

    text: str
    weight: float
    alternatives: tuple[str, ...]
    pairs: tuple[str, ...] = ()  # of its characters, in place of a word that stands nowhere whole


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Adjacent content words of the question."""

    text: str
    alternatives: tuple[str, ...]
    words: tuple[Word, ...]

    @cached_property
    def weight(self) -> float:
        """The sum of its words' weights."""
        return sum(word.weight for word in self.words)


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """Judges passages against the phrases of one question."""

    phrases: tuple[Phrase, ...]
    certain: bool = False  # the question names the clauses by their place: all of them are what it asks for

    def coverage(self, place: Place) -> float:
        """The weighted share of the question's content found, 0 to 1; 0 for a question without content."""
        if self.certain:
            return 1.0
        if not self.weight:
            return 0.0
        near = place.passage + place.heading
        return (
            sum(phrase.weight * _phrase_worth(phrase, place, near) for phrase in self.phrases) / self.weight
        )

    @cached_property
    def weight(self) -> float:
        """Of all that the question asks about, the sum of its words' weights."""
        return sum(phrase.weight for phrase in self.phrases)


def relevance_of(
    topics: Sequence[str],
    *,
    language: Language,
    words: Callable[[str], Sequence[str]],
    is_name: Callable[[str], bool],
    frequencies: Callable[[Sequence[str]], Mapping[str, int]],
    total: int,
) -> Relevance:
    """The judge for these topic phrases.

    `is_name` tells nouns, `frequencies` counts the clauses that hold a word, of `total`.
    """
    parts = _looked_for(topics, language, words, frequencies)
    everything = {word for found in parts.values() for word in found}
    everything |= {other for word in everything for other in language.alternatives(word)}
    counts = frequencies(sorted(everything))

    def weighed(word: str) -> Word:
        # An everyday word weighs as much as the words of the documents that stand for it.
        held = max(counts.get(other, 0) for other in (word, *language.alternatives(word)))
        weight = math.log(1 + max(total, _FEWEST_CLAUSES) / (1 + held))
        # A single character is what is left of a word the dictionary does not know; pairs of it decide.
        weight *= _SINGLE if len(word) == 1 else 1.0
        # What no document says is a way of speaking (听说, 记得), or a thing they do not hold (学历).
        if not counts.get(word, 0) and word not in language.synonyms:
            weight *= _UNHEARD_OF if is_name(word) else _WAY_OF_SPEAKING
        return Word(
            text=word,
            weight=weight,
            alternatives=_folded(language.alternatives(word)),
            pairs=_pairs_of(word),
        )

    phrases = tuple(
        Phrase(
            text=topic,
            alternatives=_folded(language.alternatives(topic)),
            words=tuple(weighed(word) for word in found),
        )
        for topic, found in parts.items()
    )
    return Relevance(phrases=_weightiest(phrases))


def _looked_for(
    topics: Sequence[str],
    language: Language,
    words: Callable[[str], Sequence[str]],
    frequencies: Callable[[Sequence[str]], Mapping[str, int]],
) -> dict[str, list[str]]:
    """The words of each topic phrase; a long word that no clause holds (不能转让) by its halves."""
    parts = {
        topic: [word for word in language.words_of(topic, words) if word not in language.general] or [topic]
        for topic in topics
    }
    counts = frequencies(sorted({word for found in parts.values() for word in found}))
    return {
        topic: [
            half
            for word in _singles_joined(found)
            for half in ([word] if word in language.synonyms else _halves(word, counts))
        ]
        for topic, found in parts.items()
    }


def _weightiest(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The phrases with the rarest of their words, as many as are judged by."""
    words = [word for phrase in phrases for word in phrase.words]
    if len(words) <= _MOST_WORDS:
        return phrases
    rarest = {word.text for word in sorted(words, key=lambda word: -word.weight)[:_MOST_WORDS]}
    kept = (
        replace(phrase, words=tuple(word for word in phrase.words if word.text in rarest))
        for phrase in phrases
    )
    return tuple(phrase for phrase in kept if phrase.words)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lower() for word in words))


def _singles_joined(words: Sequence[str]) -> list[str]:
    # Single characters side by side are a word the dictionary does not know; alone each is found anywhere.
    joined: list[str] = []
    after_single = False
    for word in words:
        if len(word) == 1 and after_single:
            joined[-1] += word
        else:
            joined.append(word)
        after_single = len(word) == 1
    return joined


def _halves(word: str, counts: Mapping[str, int]) -> list[str]:
    if len(word) < 4 or counts.get(word, 0) or not re.fullmatch(r"[\u4e00-\u9fff]+", word):
        return [word]
    return [word[:2], word[2:]]


def _phrase_worth(phrase: Phrase, place: Place, near: str) -> float:
    whole = _best_worth(phrase.alternatives, place)
    if whole >= _IN_PASSAGE or not phrase.weight:
        return whole
    scattered = sum(word.weight * _word_worth(word, place, near) for word in phrase.words) / phrase.weight
    return max(whole, _SCATTERED * scattered)


def _word_worth(word: Word, place: Place, near: str) -> float:
    found = _best_worth(word.alternatives, place)
    if found >= _IN_PAIRS or not word.pairs:
        return found
    return max(found, _IN_PAIRS * sum(pair in near for pair in word.pairs) / len(word.pairs))


def _best_worth(alternatives: Sequence[str], place: Place) -> float:
    found = 0.0
    for text in alternatives:
        if text in place.passage:
            return _IN_PASSAGE
        if found < _IN_HEADING and (text in place.heading or text in place.path):
            found = _IN_HEADING
        elif found < _IN_CLAUSE and text in place.clause:
            found = _IN_CLAUSE
    return found


def _pairs_of(word: str) -> tuple[str, ...]:
    pairs = tuple(first + second for first, second in pairwise(word))
    return pairs if len(pairs) > 1 and re.search(r"[\u4e00-\u9fff]", word) else ()
