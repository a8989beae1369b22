"""Finds the numbered pieces inside lines that run on without a line end.

A number inside a line begins a piece only where two things agree: it continues the numbering
that stands before it, and what stands before it is complete (a sentence, a heading, a list of
units). 「比重达3.以上」 and 「二、三次产业」 satisfy neither.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.lines import Line, sub_line
from ingest.numbering import DIVISIONS, Family, Marker, find_markers, marker_at

_SLACK = 3  # numbers that OCR or an editor may have dropped
_LONG = 300
_LOOK_BACK = 600  # characters in which the sentence before a number is looked for
_HEADING_LENGTH = 40
_SENTENCE_END = "。！？；;!?"
_CLOSING = ")）”】」"
_UNIT_LIST = re.compile(r"(?:单位|部门|时限|领导|责任人)\s?[:：]")
_PUNCTUATION = re.compile(r"[。！？；;：:，,!?]")
_UNBEGUN = re.compile(r"[\d.．,，/%~～—–\-第(（、]$")
_PARAGRAPH_BLANK = re.compile(r"(?<=[。；;：:！？)）”]) (?=[一-龥“《【（(\d])")
_WORDS_PARTED = re.compile(r"[一-龥”）)] [一-龥“（(《]")
_FULL_STOP = re.compile(r"[。；;：:！？]")


class Sequence:
    """The numbers met so far: whether another one continues them."""

    def __init__(self) -> None:
        self._open: dict[Family, Marker] = {}
        self._latest: dict[Family, int] = {}

    def take(self, marker: Marker) -> None:
        """Record a marker; deeper families begin again below it, articles run on."""
        for family, known in tuple(self._open.items()):
            if known.rank > marker.rank and family != "article":
                del self._open[family]
        self._open[marker.family] = marker
        self._latest[marker.family] = marker.value

    def continues(self, marker: Marker, *, slack: int = 0) -> bool:
        """Whether the marker is the next of its family, or the first one below the present place."""
        known = self._open.get(marker.family)
        if known is not None:
            added = marker.value - known.value
            if marker.family == "decimal" and known.token.count(".") != marker.token.count("."):
                return False
            return 1 <= added <= 1 + slack or (added == 0 and marker.printed != known.printed)
        latest = self._latest.get(marker.family, 0)
        return marker.value == 1 or 1 <= marker.value - latest <= 1 + slack

    def took(self, marker: Marker) -> bool:
        """Whether the marker was recorded as a number of the text."""
        known = self._open.get(marker.family)
        return known is not None and known.value == marker.value


def split_line(text: str, line: Line, numbers: Sequence, ahead: frozenset[tuple[Family, int]]) -> list[Line]:
    """The pieces of a line; `ahead` holds the numbers with which later lines begin."""
    begins = list(_beginnings(line.text, numbers, ahead))
    blanks = _paragraph_blanks(line.text, begins)
    cuts = sorted({0, *begins, *blanks, len(line.text)})
    pieces = []
    for start, end in pairwise(cuts):
        last = end == len(line.text)
        piece = sub_line(
            text, line, line.start + start, line.start + end, broken=line.broken if last else True
        )
        if piece is not None:
            pieces.append(piece)
    return pieces


def _beginnings(text: str, numbers: Sequence, ahead: frozenset[tuple[Family, int]]) -> Iterator[int]:
    first = marker_at(text)
    if first is not None and (not first.is_slip or numbers.continues(first)):
        numbers.take(first)
        latest = first
    else:
        first, latest = None, None
    found = [marker for marker in find_markers(text, first.end if first else 1) if _may_begin(text, marker)]
    within = {(marker.family, marker.value) for marker in found}
    for marker in found:
        begun = max(latest.end if latest else 0, marker.start - _LOOK_BACK)
        if _begins(text, marker, numbers, begun=begun, latest=latest):
            alone = marker.value == 1 and (marker.family, 2) not in within | ahead
            if alone and marker.family not in DIVISIONS | {"article"}:
                continue
            numbers.take(marker)
            latest = marker
            yield marker.start


def _may_begin(text: str, marker: Marker) -> bool:
    if marker.family in {"digit_paren", "circle"} and (len(text) < _LONG or marker.printed[0].isdecimal()):
        return False
    return marker.family != "decimal" and not _UNBEGUN.search(text, max(0, marker.start - 1), marker.start)


def _begins(text: str, marker: Marker, numbers: Sequence, *, begun: int, latest: Marker | None) -> bool:
    before = text[begun : marker.start].rstrip()
    if not before:
        return latest is not None and marker.rank > latest.rank and numbers.continues(marker)
    sentence = before[max(before.rfind("。"), before.rfind("；")) + 1 :]
    complete = before[-1] in _SENTENCE_END or _UNIT_LIST.search(sentence) is not None
    if complete:
        return numbers.continues(marker, slack=_SLACK)
    if before[-1] in _CLOSING or (before[-1] in ":：" and marker.value == 1):
        return numbers.continues(marker)
    if text[marker.start - 1] == " " and marker.family == "article":
        return numbers.continues(marker)
    return (
        latest is not None
        and _is_heading(before, latest)
        and marker.rank > latest.rank
        and not marker.is_slip
        and numbers.continues(marker)
    )


def _is_heading(before: str, latest: Marker) -> bool:
    return (
        latest.family != "article"
        and 2 <= len(before) <= _HEADING_LENGTH
        and _PUNCTUATION.search(before) is None
    )


def _paragraph_blanks(text: str, begins: list[int]) -> Iterator[int]:
    """Blanks that stand for the line ends which a run-on text has lost."""
    if len(text) < _LONG:
        return
    blanks = [match.end() for match in _PARAGRAPH_BLANK.finditer(text)]
    stops = len(_FULL_STOP.findall(text))
    if len(blanks) < 3 or len(blanks) * 10 < stops:
        return
    yield from blanks
    for begin in begins:
        marker = marker_at(text, begin)
        blank = text.find(" ", marker.end + 1, marker.end + _HEADING_LENGTH) if marker else -1
        if marker is None or blank < 0 or not _WORDS_PARTED.match(text, blank - 1):
            continue
        if _PUNCTUATION.search(text, marker.end, blank) is None:
            yield blank
