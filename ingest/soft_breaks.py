"""Line breaks that a converter put around every number and Latin word; they part nothing.

Such a text prints 到⏎2025⏎年底前建成⏎5⏎家. A table printed one cell a line looks alike, but its cells are
no parts of sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_TOKEN = re.compile(r"[A-Za-z0-9.．%％‰&＆·+\-—~～/×]{1,24}")
_SENTENCE_MARKS = re.compile("[，。；、：,;]")
_ENDS = tuple("。；：！？;:!?")
_FEWEST = 8
_LEAST_SHARE = 0.12
_FEWEST_ROWS = 4
_LEAST_ROWS = 0.3
_LEAST_IN_SENTENCES = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    text: str


def soft_breaks(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of white space that part nothing, in order; none where the text is not of this kind."""
    lines = [
        _Line(start=match.start(), end=match.end(), text=match.group()) for match in _LINE.finditer(text)
    ]
    tokens = [place for place in range(1, len(lines) - 1) if _TOKEN.fullmatch(lines[place].text)]
    if len(tokens) < max(_FEWEST, _LEAST_SHARE * len(lines)):
        return ()
    in_sentences = sum(_is_in_sentence(lines, place) for place in tokens)
    if in_sentences < _LEAST_IN_SENTENCES * len(tokens) or _count_rows(lines, tokens):
        return ()
    return tuple(_breaks(lines, tokens))


def _count_rows(lines: Sequence[_Line], tokens: Sequence[int]) -> bool:
    """Whether the tokens are the ordinals of a table: 1, 2, 3 … but not those of 第1条."""
    expected = 1
    for place in tokens:
        if lines[place].text == str(expected) and not lines[place - 1].text.endswith("第"):
            expected += 1
    return expected > _FEWEST_ROWS and expected > _LEAST_ROWS * len(tokens)


def _is_in_sentence(lines: Sequence[_Line], place: int) -> bool:
    """Whether the text around the token reads as a sentence: marks in it, none that ends one before it."""
    around = lines[place - 1].text + lines[place + 1].text
    return not lines[place - 1].text.endswith(_ENDS) and _SENTENCE_MARKS.search(around) is not None


def _breaks(lines: Sequence[_Line], tokens: Sequence[int]) -> Iterator[tuple[int, int]]:
    previous_end = -1
    for place in tokens:
        before, token, after = lines[place - 1], lines[place], lines[place + 1]
        if not before.text.endswith(_ENDS) and before.end > previous_end:
            yield before.end, token.start
        yield token.end, after.start
        previous_end = token.end
