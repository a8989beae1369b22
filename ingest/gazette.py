"""One file that holds several documents → one text for each, attachments with their document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.source import CleanText

_TITLE = re.compile(
    r"(?:关于|公布|印发|发布).*(?:通知|通告|公告|意见|决定|办法|方案|规定|细则|批复|函|报告|计划|规划|措施|令)(?:[(（][^()（）]{1,20}[)）])?$"
)
_LEADER = re.compile(r"(?:[.．…·—-]{2,}[(（]?|[(（])\d{1,3}[)）]?$")
_LIST_MARK = re.compile(r"^(?:\d{1,2}[.．、]|[·•●◆■])\s*")
_WRAPPED_OVER = 4
_PREFACE = 3
_LONGEST_TITLE = 150
_CONTENTS = "page header and list of contents of the collection"
_OTHER = "another document of the same file"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    bare: str


def split(cleaned: CleanText, name: str) -> tuple[CleanText, ...]:
    """The documents of the file in order; a file that is one document comes back whole.

    A list of contents at the beginning names the titles; where a title stands again, its
    document begins. What stands before the first document is deleted with the reason.
    """
    starts = _beginnings(tuple(_lines(cleaned.text)))
    if len(starts) < 2:
        return (cleaned,)
    documents = cleaned.slice(starts[0], len(cleaned.text), reason=_CONTENTS)
    borders = [start - starts[0] for start in starts] + [len(documents.text)]
    return tuple(documents.slice(start, end, reason=_OTHER) for start, end in pairwise(borders))


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield _Line(start=match.start(), end=match.end(), bare=re.sub(r"\s+", "", match.group()))


def _beginnings(lines: Sequence[_Line]) -> list[int]:
    titles, after = _contents(lines)
    starts: list[int] = []
    position = after
    for title in titles:
        found = next(
            (start for start in range(position, len(lines)) if _stands_at(lines, start, title)), None
        )
        if found is None:
            return []
        starts.append(lines[found].start)
        position = found + 1
    return starts


def _contents(lines: Sequence[_Line]) -> tuple[list[str], int]:
    """The titles of the list of contents, and the number of the line behind it."""
    titles: list[str] = []
    after = 0
    pending = ""
    for position, line in enumerate(lines):
        if len(line.bare) > _LONGEST_TITLE or line.bare.endswith(("。", "；")):
            if titles or position >= _PREFACE:
                break
            continue
        entry = _LIST_MARK.sub("", _LEADER.sub("", line.bare))
        if entry in titles:
            break
        title = next((text for text in (pending + entry, entry) if _TITLE.search(text)), None)
        if title is None:
            # The first line of a title that is wrapped.
            pending = entry if "关于" in entry else ""
        elif title in titles:
            break
        else:
            titles.append(title)
            after, pending = position + 1, ""
    return titles, after


def _stands_at(lines: Sequence[_Line], start: int, title: str) -> bool:
    """Whether the title stands at this line, wrapped over several lines or not."""
    joined = ""
    for line in lines[start : start + _WRAPPED_OVER]:
        joined += line.bare
        if joined == title:
            return True
        if not title.startswith(joined):
            return False
    return False
