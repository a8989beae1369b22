"""Page marks that a document-sharing site or a text export prints inside the text."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.policy import Deletion

_REASON = "page mark"
_NUMBERED = re.compile(r"(?:\A|\n)\s*(?P<mark>(?P<number>\d{1,3})、)")
_DASHED = re.compile(r"(?m)^[ \t\u3000]*(?P<mark>[-—–－]+[ \t]*(?P<number>\d{1,3})[ \t]*[-—–－]+)[ \t\r]*$")
# On the printed page the line may go on behind the mark, and the number may stand without dashes.
_BEFORE = r"(?m)^[ \t\u3000]*(?:#{1,6}[ \t]+)?"
_PRINTED = (
    re.compile(_BEFORE + r"(?P<mark>[-—–－]+[ \t]*(?P<number>\d{1,3})[ \t]*[-—–－]+)"),
    re.compile(
        _BEFORE + r"(?P<mark>第[ \t]*(?P<number>\d{1,3})[ \t]*页"
        r"(?:[ \t]*[,，/]?[ \t]*共[ \t]*\d{1,3}[ \t]*页)?)[ \t\r]*$"
    ),
    re.compile(_BEFORE + r"(?P<mark>(?P<number>\d{1,3})(?:[ \t]*/[ \t]*\d{1,3})?)[ \t\r]*$"),
)
_SENTENCE_ENDS = "。！？；：!?;:…”》）)、"
_LINE = re.compile(r"\S[^\r\n]*")
_LINE_END = re.compile(r"\r\n|[\n\r\f]")
_LAST_BREAKS = re.compile(r"\s*\Z")
_NEXT_BREAKS = re.compile(r"\s*")
_LONGEST_BREAKS = 200  # characters that are looked at
_FEWEST = 3
_FEWEST_LINES = 4  # of the text on a page
_LEAST_HEADED = 0.6  # of the pages bear the same line beside their number


def find_page_marks(
    source: str, chrome: Sequence[Deletion], *, is_printed: bool = False
) -> Iterator[Deletion]:
    """The cuts that take out page marks; a cut begins at the end of the broken sentence.

    A site that shows a preview page by page begins each page with 「2、」. Such marks count up
    without a gap, break sentences, and begin every line, which the numbers of a list do not.
    A text that keeps the lines of the printed page also keeps its page numbers and running heads.
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
    if is_printed:
        yield from _printed(source)


def _printed(source: str) -> Iterator[Deletion]:
    lines = list(_LINE.finditer(source))
    starts = [line.start() for line in lines]
    for pattern in _PRINTED:
        found = [
            (bisect_left(starts, match.start("mark")), match)
            for match in pattern.finditer(source)
            if not match["mark"][-1].isdecimal() or _stands_apart(source, match)
        ]
        marks = _longest_count(found)
        if len(marks) >= _FEWEST:
            for _, match in marks:
                yield Deletion(start=match.start("mark"), end=match.end("mark"), reason=_REASON)
            yield from _running_heads(lines, [place for place, _ in marks])
            return


def _stands_apart(source: str, match: re.Match[str]) -> bool:
    """Whether it is the first or the last line of a page, with a blank line or nothing beside it."""
    before = _LAST_BREAKS.search(source, max(0, match.start("mark") - _LONGEST_BREAKS), match.start("mark"))
    behind = _NEXT_BREAKS.match(source, match.end("mark"))
    return any(
        breaks is not None and (len(_LINE_END.findall(breaks.group())) > 1 or breaks.span()[edge] == end)
        for breaks, edge, end in ((before, 0, 0), (behind, 1, len(source)))
    )


def _longest_count(found: Sequence[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """The longest run of marks of which each is one more than the one before, and a page further on."""
    runs: dict[int, list[tuple[int, re.Match[str]]]] = {}
    for place, match in found:
        number = int(match["number"])
        run = runs.get(number - 1, [])
        run = run if run and place - run[-1][0] >= _FEWEST_LINES else []
        if len(run) >= len(runs.get(number, [])):
            runs[number] = [*run, (place, match)]
    return max(runs.values(), key=len, default=[])


def _running_heads(lines: Sequence[re.Match[str]], marks: Sequence[int]) -> Iterator[Deletion]:
    """The line that stands beside most page numbers; its first occurrence stays, as it may be the title."""
    beside = [place for mark in marks for place in (mark - 1, mark + 1) if 0 <= place < len(lines)]
    counts = Counter("".join(lines[place].group().split()) for place in beside)
    heads = {text for text, count in counts.items() if count >= max(_FEWEST, _LEAST_HEADED * len(marks))}
    seen: set[str] = set()
    for place in beside:
        text = "".join(lines[place].group().split())
        if text in heads and text in seen:
            yield Deletion(
                start=lines[place].start(), end=lines[place].end(), reason="running head of the pages"
            )
        seen.add(text)


def _counts_up(matches: Sequence[re.Match[str]]) -> bool:
    numbers = [int(match["number"]) for match in matches]
    return len(numbers) >= _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _break_sentences(source: str, matches: Sequence[re.Match[str]]) -> bool:
    broken = sum(source[: match.start()].rstrip()[-1:] not in _SENTENCE_ENDS for match in matches)
    return broken * 4 >= len(matches) * 3


def _inside(position: int, cuts: Sequence[Deletion]) -> bool:
    return any(cut.start <= position < cut.end for cut in cuts)
