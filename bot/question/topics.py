"""What a question is about: its phrases of content words, without the words that ask."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.question.language import Language

# A figure of the asker's own (到账18万) stands in no document.
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:[万亿千百]?元?|%|％)?(?:年|月|日|家|名|人|项)?")
# 几年, 好几条, 哪些方面: the value asked for.
_HOW_MANY = re.compile(
    r"好?几[年月天日条个家次成种项名人倍分元万类]|哪些(?:方面|内容|条件|情形|情况|地方)|多少[年月天日条个家次成种项名人倍分元万亿类%]*"
)
# 3级, B类, 四星级, 一等奖: a class is named by its figure.
_CLASS = re.compile(
    r"(?<![\d一二三四五六七八九十A-Za-z])(?:\d{1,2}|[一二三四五六七八九十]|[A-Z]{1,2}|\d[A-Z])(?:星级|等奖|级|类|档)(?!别|似|型)"
)
_NAMING = frozenset("njbgxhkwzil")
_PREPOSITIONS = frozenset("上下中内里对过")
# Parts of speech without a topic: pronoun, numeral, measure word, particle, preposition, adverb …
_FUNCTION_WORDS = frozenset("rmqupcyed")
_QUOTED_OR_PLAIN = re.compile(r"[“《「『\"]([^”》」』\"]{2,30})[”》」』\"]|([^“《「『\"”》」』]+)")
ASKS = re.compile(r"多少|几|什么|啥|哪|谁|多大|多久|多长|如何|怎|是否|吗|呢")


def quoted_words(text: str) -> tuple[str, ...]:
    """What the text puts in quotation marks."""
    return tuple(quoted for quoted, _ in _QUOTED_OR_PLAIN.findall(text) if quoted)


@dataclass(frozen=True, kw_only=True)
class TopicReader:
    """Finds the topics of questions; `tagged` cuts text into words with their parts of speech."""

    language: Language
    tagged: Callable[[str], Sequence[tuple[str, str]]]

    def topics(self, text: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """Runs of words that say what is asked about, in order."""
        language = self.language
        rest = language.asking_phrases.sub(" ", _FIGURE.sub(" ", _HOW_MANY.sub(" ", text)))
        if "duty" in kinds or "unit_duties" in kinds:
            for role in language.roles.values():
                rest = role.sub(" ", rest)
        of_kind = frozenset[str]().union(*(language.general_by_kind.get(kind, ()) for kind in kinds))
        words = [*self._words(rest), (" ", "x")]
        phrases: list[str] = []
        current = ""
        for place, (word, tag) in enumerate(words):
            if self._carries_topic(word, tag, of_kind) or self._begins_compound(words, place):
                current += word
            elif current:
                phrases.append(current)
                current = ""
        classes = _CLASS.findall(text)
        return tuple(dict.fromkeys(phrase for phrase in (*phrases, *classes) if len(phrase) > 1))

    def is_name(self, word: str) -> bool:
        """Whether the word is a noun or stands for one: a name, an abbreviation, an idiom."""
        return any(tag[:1] in _NAMING for _, tag in self.tagged(word))

    def _words(self, text: str) -> list[tuple[str, str]]:
        # Quoted words and terms of the synonym table stay whole: 高新技术企业 is a topic, 企业 is none.
        found: list[tuple[str, str]] = []
        for quoted, plain in _QUOTED_OR_PLAIN.findall(text):
            for part, whole in [(quoted, True)] if quoted else self.language.pieces(plain, self._cut):
                found.extend([(part, "n")] if whole else self.tagged(part))
            found.append((" ", "x"))
        return found

    def _cut(self, text: str) -> list[str]:
        return [word for word, _ in self.tagged(text)]

    def _carries_topic(self, word: str, tag: str, of_kind: frozenset[str]) -> bool:
        language = self.language
        if word in of_kind or not re.search(r"\w", word) or word.isdigit():
            return False
        if word in language.synonyms:
            return True
        if tag[:1] in _FUNCTION_WORDS or (tag != "n" and ASKS.search(word)):
            return False
        return not (word in language.asking or word in language.general)

    def _begins_compound(self, words: Sequence[tuple[str, str]], place: int) -> bool:
        """上 of 上云: a preposition that forms a word the dictionary does not know with what follows."""
        if words[place][0] not in _PREPOSITIONS or place + 1 == len(words):
            return False
        following, tag = words[place + 1]
        return len(following) == 1 and self._carries_topic(following, tag, frozenset())
