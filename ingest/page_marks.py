"""Page marks that a document-sharing site or a text export prints inside the text."""

import re
from collections.abc import Iterator, Sequence

from ingest.policy import Deletion

_REASON = "page mark"
_NUMBERED = re.compile(r"(?:\A|\n)\s*(?P<mark>(?P<number>\d{1,3})、)")
_DASHED = re.compile(r"(?m)^[ \t\u3000]*(?P<mark>[-—–－]+[ \t]*(?P<number>\d{1,3})[ \t]*[-—–－]+)[ \t\r]*$")
_SENTENCE_ENDS = "。！？；：!?;:…”》）)、"
_LINE = re.compile(r"\S[^\r\n]*")
_FEWEST = 3


def find_page_marks(source: str, chrome: Sequence[Deletion]) -> Iterator[Deletion]:
    """The cuts that take out page marks; a cut begins at the end of the broken sentence.

    A site that shows a preview page by page begins each page with 「2、」. Such marks count up
    without a gap, break sentences, and begin every line, which the numbers of a list do not.
    """
    outside = [match for match in _NUMBERED.finditer(source) if not _inside(match.start("mark"), chrome)]
    lines = [match for match in _LINE.finditer(source) if not _inside(match.start(), chrome)]
    if len(outside) == len(lines) and _counts_up(outside) and _break_sentences(source, outside[1:]):
        for match in outside:
            yield Deletion(start=match.start(), end=match.end("mark"), reason=_REASON)
    dashed = list(_DASHED.finditer(source))
    if _counts_up(dashed):
        for match in dashed:
            yield Deletion(start=match.start("mark"), end=match.end("mark"), reason=_REASON)


def _counts_up(matches: Sequence[re.Match[str]]) -> bool:
    numbers = [int(match["number"]) for match in matches]
    return len(numbers) >= _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _break_sentences(source: str, matches: Sequence[re.Match[str]]) -> bool:
    broken = sum(source[: match.start()].rstrip()[-1:] not in _SENTENCE_ENDS for match in matches)
    return broken * 4 >= len(matches) * 3


def _inside(position: int, cuts: Sequence[Deletion]) -> bool:
    return any(cut.start <= position < cut.end for cut in cuts)
