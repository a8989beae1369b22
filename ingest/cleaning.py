"""Deletes what is no part of a policy and normalises white space; changes nothing else."""

import re
from collections.abc import Iterator, Sequence

from ingest.page_marks import find_page_marks
from ingest.policy import Deletion, SourceSegment
from ingest.soft_breaks import soft_breaks
from ingest.source import CleanText, SourceDocument
from ingest.web_chrome import find_web_chrome

_MARKS = (
    (re.compile(r"\[bookmark:[^\]\n]*\]"), "mark left by the conversion from Word"),
    (re.compile(r"<!--.*?-->", re.DOTALL), "comment of the page source"),
    (re.compile(r"(?m)^[ \t]*(?P<mark>#{1,6})(?=[ \t]+\S)"), "Markdown heading mark"),
)
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_RUN = re.compile(r"\s+|\S+")


def clean(document: SourceDocument) -> CleanText:
    """The text of the document with chrome and marks deleted, and the map back to the source."""
    source = document.text
    marked = [
        Deletion(start=block.start, end=block.end, reason=block.reason)
        for block in document.blocks
        if block.kind == "chrome"
    ]
    chrome, truncated = find_web_chrome(source)
    cuts = merge_cuts(
        source, [*marked, *chrome, *_conversion_marks(source), *find_page_marks(source, chrome)]
    )
    text, segments = normalise(source, cuts)
    return CleanText(
        text=text, segments=segments, deletions=tuple(_trimmed(source, cuts)), truncated=truncated
    )


def normalise(source: str, cuts: Sequence[Deletion]) -> tuple[str, tuple[SourceSegment, ...]]:
    """The source without the cuts, white space normalised, and the map back.

    Runs of blanks become one space, or one TAB where they hold one; line ends become LF; lines
    lose outer blanks but one leading TAB; at most one blank line stays between two lines. Breaks around
    lone numbers and Latin words go where they part nothing (ingest/soft_breaks.py).
    """
    kept = "".join(source[start:end] for start, end in _kept(source, cuts))
    places = [place for start, end in _kept(source, cuts) for place in range(start, end)]
    soft = set(soft_breaks(kept))
    characters: list[str] = []
    origins: list[int] = []
    for run in _RUN.finditer(kept):
        start, end = run.span()
        if not run.group().isspace():
            characters.append(run.group())
            origins.extend(places[start:end])
            continue
        if (start, end) in soft:
            continue
        for character, offset in _blanks(run.group(), first=start == 0, last=end == len(kept)):
            characters.append(character)
            origins.append(places[start + offset])
    return "".join(characters), tuple(_segments(origins))


def merge_cuts(source: str, cuts: Sequence[Deletion]) -> tuple[Deletion, ...]:
    """The cuts in order; of two that overlap the first keeps the shared part."""
    merged: list[Deletion] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        start = max(cut.start, merged[-1].end) if merged else cut.start
        if source[start : cut.end].strip():
            merged.append(Deletion(start=start, end=cut.end, reason=cut.reason))
    return tuple(merged)


def _conversion_marks(source: str) -> Iterator[Deletion]:
    for pattern, reason in _MARKS:
        for match in pattern.finditer(source):
            group = "mark" if "mark" in pattern.groupindex else 0
            yield Deletion(start=match.start(group), end=match.end(group), reason=reason)


def _kept(source: str, cuts: Sequence[Deletion]) -> Iterator[tuple[int, int]]:
    position = 0
    for cut in cuts:
        yield position, cut.start
        position = cut.end
    yield position, len(source)


def _blanks(run: str, *, first: bool, last: bool) -> Iterator[tuple[str, int]]:
    """What a run of white space becomes, each character with its place in the run."""
    if last:
        return
    breaks = list(_BREAK.finditer(run))
    tab = run.find("\t", breaks[-1].end() if breaks else 0)
    if not first:
        for line_break in breaks[:2]:
            yield "\n", line_break.end() - 1
    if tab >= 0:
        yield "\t", tab
    elif not breaks and not first:
        yield " ", 0


def _segments(origins: Sequence[int]) -> Iterator[SourceSegment]:
    start = 0
    for position in range(1, len(origins) + 1):
        if position == len(origins) or origins[position] != origins[position - 1] + 1:
            yield SourceSegment(text_start=start, source_start=origins[start], length=position - start)
            start = position


def _trimmed(source: str, cuts: Sequence[Deletion]) -> Iterator[Deletion]:
    for cut in cuts:
        piece = source[cut.start : cut.end]
        start = cut.start + len(piece) - len(piece.lstrip())
        yield Deletion(start=start, end=cut.start + len(piece.rstrip()), reason=cut.reason)
