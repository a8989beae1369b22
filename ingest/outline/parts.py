"""Lines → parts of the document (notice, text, attachments) → pieces, one for each clause."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from ingest.laid_tables import laid_rows
from ingest.layout import NO_LAYOUT, Layout
from ingest.lines import Line, read_lines
from ingest.numbering import Family, marker_at
from ingest.outline.attachments import Attachment, attachment_roles, find_attachments
from ingest.outline.contents import contents_roles
from ingest.outline.front import front_cuts, head_roles, notice_name, text_roles
from ingest.outline.pieces import Part, Piece, Role
from ingest.outline.roster import find_roster
from ingest.outline.runon import Sequence as Numbers
from ingest.outline.runon import split_line
from ingest.tables import Table, find_tables
from ingest.titles import Title, read_titles

_NOTE = re.compile(r"(?:注|备注|说明)\s?\d?\s?[:：]")
_CAPTION = 40
_LONGEST_HEADING = 80


def read_parts(text: str, layout: Layout = NO_LAYOUT) -> list[Part]:
    """The parts of the document in order; their pieces hold every character that is no white space."""
    titles = read_titles(text)
    lines = read_lines(text, front_cuts(text, titles))
    own, issued = _title(titles.own, lines), titles.issued
    begin = _place(lines, own.end if own else 0)
    issue = _place(lines, issued.start) if issued else begin
    attachments = find_attachments(lines, max(begin, issue))
    numbered = any(marker_at(line.text) is not None for line in lines[begin:])
    roles = _roles(text, lines, own, issued, attachments)
    laid = _laid_tables(text, lines, layout)
    covered = {place for table in laid for place in range(table.first, table.last)}
    roles = {place: role for place, role in roles.items() if place not in covered}
    printed = [table for table in find_tables(lines) if covered.isdisjoint(range(table.first, table.last))]
    tables = {table.first: table for table in (*printed, *laid)}
    levels = _heading_levels(lines, layout, covered)
    borders = [0, *([issue] if issued and issue > begin else [])]
    borders += [attachment.first for attachment in attachments]
    name = notice_name(titles, numbered=numbered)
    names = [name] if issued and issue > begin else []
    names += ["" if names or numbered else name, *(attachment.name for attachment in attachments)]
    return [
        Part(name=part, pieces=tuple(_pieces(text, lines, first, last, roles, tables, levels)))
        for part, (first, last) in zip(names, pairwise([*borders, len(lines)]), strict=True)
    ]


def _laid_tables(text: str, lines: Sequence[Line], layout: Layout) -> list[Table]:
    """The tables of the file that begin and end where lines do, without the rows that are their title."""
    found = []
    for block in layout.tables:
        rows = laid_rows(text, block)
        first, last = _place(lines, rows[0].start if rows else block.end), _place(lines, block.end)
        if first < last and lines[first].start == rows[0].start and lines[last - 1].end == block.end:
            found.append(Table(first=first, last=last, rows=rows))
    return found


def _heading_levels(lines: Sequence[Line], layout: Layout, covered: Container[int]) -> dict[int, int]:
    """The level of each line that the file styles as a heading and that is one line long."""
    levels = {(block.start, block.end): block.level or 1 for block in layout.headings}
    return {
        place: levels[line.start, line.end]
        for place, line in enumerate(lines)
        if (line.start, line.end) in levels and place not in covered and len(line.text) <= _LONGEST_HEADING
    }


def _title(own: Title | None, lines: Sequence[Line]) -> Title | None:
    """The document's own title; where none can be told, a first line that is no sentence."""
    if own is not None or len(lines) < 2:
        return own
    first = lines[0]
    if len(first.text) > 60 or re.search(r"[。；;：:，,！!？?\t]", first.text) or marker_at(first.text):
        return None
    return Title(text=first.text, start=first.start, end=first.end)


def _place(lines: Sequence[Line], offset: int) -> int:
    return bisect_left(lines, offset, key=lambda line: line.start)


def _roles(
    text: str,
    lines: Sequence[Line],
    own: Title | None,
    issued: Title | None,
    attachments: Sequence[Attachment],
) -> Mapping[int, Role]:
    roles: dict[int, Role] = {}
    begin = _place(lines, own.end if own else 0)
    issue = _place(lines, issued.end) if issued else begin
    if issued and issue > begin:
        roles.update(text_roles(lines, begin, _place(lines, issued.start)))
    borders = [max(begin, issue), *(attachment.first for attachment in attachments), len(lines)]
    for first, last in pairwise(borders):
        roles.update(text_roles(lines, first, last))
        roles.update(contents_roles(lines, first, last))
    roles.update(attachment_roles(lines, attachments, max(begin, issue)))
    roles.update(head_roles(text, lines, own))
    for title in (own, issued):
        for place, line in enumerate(lines):
            if title and title.start <= line.start < title.end:
                roles[place] = "title"
    return roles


def _pieces(
    text: str,
    lines: Sequence[Line],
    first: int,
    last: int,
    roles: Mapping[int, Role],
    tables: Mapping[int, Table],
    levels: Mapping[int, int],
) -> Iterator[Piece]:
    numbers = Numbers()
    ahead = _ahead(lines[first:last])
    place = first
    while place < last:
        table = tables.get(place)
        if (
            table
            and table.last <= last
            and not any(covered in roles for covered in range(table.first, table.last))
        ):
            yield from _rows(table)
            place = table.last
            continue
        role = roles.get(place)
        persons, after = find_roster(lines, place, last) if role is None else ([], place)
        if persons:
            yield from persons
            place = after
        elif role is not None:
            place, piece = _joined(text, lines, place, last, roles)
            yield piece
        elif place in levels and marker_at(lines[place].text) is None:
            line = lines[place]
            yield Piece(start=line.start, end=line.end, text=line.text, role="heading", level=levels[place])
            place += 1
        else:
            captions = place + 1 in tables and _is_caption(lines[place])
            yield from _body(text, lines[place], numbers, ahead, caption=captions)
            place += 1


def _ahead(lines: Sequence[Line]) -> frozenset[tuple[Family, int]]:
    markers = (marker_at(line.text) for line in lines)
    return frozenset((marker.family, marker.value) for marker in markers if marker)


def _rows(table: Table) -> Iterator[Piece]:
    for row in table.rows:
        role: Role = "table_head" if row.is_header else "row"
        yield Piece(start=row.start, end=row.end, text="", role=role, number=row.number, cells=row.cells)


def _joined(
    text: str, lines: Sequence[Line], place: int, last: int, roles: Mapping[int, Role]
) -> tuple[int, Piece]:
    """A line with a role of its own; the lines of a wrapped title make up one piece."""
    role = roles[place]
    after = place + 1
    if role == "title":
        while after < last and roles.get(after) == role:
            after += 1
    start, end = lines[place].start, lines[after - 1].end
    marker = marker_at(lines[place].text) if role in {"contents", "attachment_list"} else None
    return after, Piece(start=start, end=end, text=text[start:end], role=role, marker=marker)


def _is_caption(line: Line) -> bool:
    return len(line.text) <= _CAPTION and line.text[-1] not in "。；;" and marker_at(line.text) is None


def _body(
    text: str,
    line: Line,
    numbers: Numbers,
    ahead: frozenset[tuple[Family, int]],
    *,
    caption: bool,
) -> Iterator[Piece]:
    if caption:
        yield Piece(start=line.start, end=line.end, text=line.text, role="caption")
        return
    for piece in split_line(text, line, numbers, ahead):
        marker = marker_at(piece.text)
        if marker is not None and marker.is_slip and piece.start == line.start and not numbers.took(marker):
            marker = None
        role: Role = "note" if marker is None and _NOTE.match(piece.text) else "body"
        yield Piece(
            start=piece.start,
            end=piece.end,
            text=piece.text,
            role=role,
            marker=marker,
            broken=piece.broken,
        )
