"""Deletes what is no part of a policy and normalises white space; changes nothing else."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest import printed_lines
from ingest.markdown_marks import markdown_marks
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
# A document with these has its paragraphs from the file, or from the layout of its pages.
_LAID_OUT = ("page", "table")
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
    is_paragraphs = not any(block.kind in _LAID_OUT for block in document.blocks)
    is_printed = is_paragraphs and printed_lines.is_printed(source)
    cuts = merge_cuts(
        source,
        [
            *marked,
            *chrome,
            *_conversion_marks(source),
            *markdown_marks(source),
            *find_page_marks(source, chrome, is_printed=is_printed),
        ],
    )
    text, segments = normalise(source, cuts, has_printed_lines=is_paragraphs)
    return CleanText(
        text=text, segments=segments, deletions=tuple(_trimmed(source, cuts)), truncated=truncated
    )


def normalise(
    source: str, cuts: Sequence[Deletion], *, has_printed_lines: bool = True
) -> tuple[str, tuple[SourceSegment, ...]]:
    """The source without the cuts, white space normalised, and the map back.

    Runs of blanks become one space, or one TAB where they hold one; line ends become LF; lines
    lose outer blanks but one leading TAB; at most one blank line stays between two lines. Breaks go where
    they part nothing: those around lone numbers and Latin words (ingest/soft_breaks.py), and those of the
    printed lines of a paragraph if the text may hold any (ingest/printed_lines.py).
    """
    pieces = [(start, end) for start, end in _kept(source, cuts) if start < end]
    kept = "".join(source[start:end] for start, end in pieces)
    soft = dict.fromkeys(soft_breaks(kept), False)
    if has_printed_lines and not soft:
        soft = {(joint.start, joint.end): joint.space for joint in printed_lines.joints(kept)}
    written = _Written(pieces)
    for run in _RUN.finditer(kept):
        start, end = run.span()
        if not run.group().isspace():
            written.copy(run.group(), start)
        elif (start, end) in soft:
            if soft[start, end]:
                written.copy(" ", start)
        else:
            for character, offset in _blanks(run.group(), first=start == 0, last=end == len(kept)):
                written.copy(character, start + offset)
    return "".join(written.parts), tuple(written.segments())


class _Written:
    """Text put together from stretches of the kept source, and where each stands in the source."""

    def __init__(self, pieces: Sequence[tuple[int, int]]) -> None:
        self.parts: list[str] = []
        self._length = 0
        self._stretches: list[list[int]] = []  # place in the text, place in the source, length
        self._sources = [start for start, _ in pieces]
        self._kept = [0]
        for start, end in pieces:
            self._kept.append(self._kept[-1] + end - start)

    def copy(self, text: str, place: int) -> None:
        """Write what stands at this place of the kept source, in as many stretches as it came in."""
        self.parts.append(text)
        done = 0
        while done < len(text):
            piece = bisect_right(self._kept, place + done) - 1
            length = min(len(text) - done, self._kept[piece + 1] - place - done)
            self._note(self._sources[piece] + place + done - self._kept[piece], length)
            done += length

    def segments(self) -> Iterator[SourceSegment]:
        """The map from the text to the source."""
        for text_start, source_start, length in self._stretches:
            yield SourceSegment(text_start=text_start, source_start=source_start, length=length)

    def _note(self, source_start: int, length: int) -> None:
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last[1] + last[2] == source_start:
            last[2] += length
        else:
            self._stretches.append([self._length, source_start, length])
        self._length += length


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


def _trimmed(source: str, cuts: Sequence[Deletion]) -> Iterator[Deletion]:
    for cut in cuts:
        piece = source[cut.start : cut.end]
        start = cut.start + len(piece) - len(piece.lstrip())
        yield Deletion(start=start, end=cut.start + len(piece.rstrip()), reason=cut.reason)
