"""A reader without a model: how much of the question's words the best sentence of a clause holds."""

from collections.abc import Callable, Sequence

from bot.reader.reading import Passage, Reading
from vectorstore.sentences import split_sentences

_HEADING_SHARE = 0.5  # of a word that only the headings hold


class LexicalReader:
    """The fallback and baseline; needs no file and is always at hand."""

    name = "lexical"

    def __init__(self, words: Callable[[str], Sequence[str]]) -> None:
        """`words` cuts a text into its words."""
        self._words = words

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """The share of the question's words in the best sentence, those of headings by half."""
        wanted = {word for word in self._words(question) if len(word) > 1}
        return [self._reading(wanted, passage) for passage in passages]

    def _reading(self, wanted: set[str], passage: Passage) -> Reading:
        above = " ".join((passage.title, *passage.headings))
        best = Reading(answers=0.0, start=0, end=len(passage.text))
        for start, end in split_sentences(passage.text):
            sentence = passage.text[start:end]
            held = sum(
                1.0 if word in sentence else _HEADING_SHARE if word in above else 0.0 for word in wanted
            )
            share = held / len(wanted) if wanted else 0.0
            if share > best.answers:
                best = Reading(answers=share, start=start, end=end)
        return best
