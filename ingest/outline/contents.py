"""Tables of contents: headings that stand again further below."""

import re
from collections.abc import Mapping, Sequence

from ingest.lines import Line, bare
from ingest.numbering import DIVISIONS, Marker, marker_at
from ingest.outline.pieces import Role

_TITLE = re.compile(r"目\s?[录次]|contents", re.IGNORECASE)
_LEADER = re.compile(r"[.．…·\s_—-]*\d*$")
_LONGEST = 80


def contents_roles(lines: Sequence[Line], first: int, last: int) -> Mapping[int, Role]:
    """The lines of a leading table of contents between two places."""
    titled = next(
        (place for place in range(first, min(last, first + 40)) if _TITLE.fullmatch(lines[place].text)), None
    )
    begin = titled + 1 if titled is not None else _first_division(lines, first, last)
    if begin is None:
        return {}
    end = _restart(lines, begin, last)
    if end is None:
        return {titled: "contents"} if titled is not None else {}
    return dict.fromkeys(range(begin if titled is None else titled, end), "contents")


def _first_division(lines: Sequence[Line], first: int, last: int) -> int | None:
    for place in range(first, min(last, first + 40)):
        marker = marker_at(lines[place].text)
        if marker is not None:
            return place if marker.family in DIVISIONS else None
    return None


def _restart(lines: Sequence[Line], begin: int, last: int) -> int | None:
    """Where a heading of the table stands for the second time: the text itself begins there."""
    first: str | None = None
    for place in range(begin, last):
        line = lines[place]
        marker = marker_at(line.text)
        if len(line.text) > _LONGEST or line.text.endswith(("。", "；")):
            return None
        if marker is None:
            continue
        if marker.family == "article":
            return None
        entry = _entry(line, marker)
        if entry == first:
            return place
        first = first or entry
    return None


def _entry(line: Line, marker: Marker) -> str:
    # Divisions are told by their number: a table of contents may word them otherwise.
    if marker.family in DIVISIONS:
        return marker.token
    return marker.token + _LEADER.sub("", bare(line.text[marker.end :]))
