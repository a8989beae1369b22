"""Where the text of a page begins and ends at left and right, and how far each line is from there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from statistics import median

from ingest.paper.page import Line, Page

_SAME_EDGE = 1.0  # ems
_MIRRORED = 3.0  # ems by which left and right pages may differ


def measured(pages: Sequence[Page], left_out: Collection[Line]) -> list[Page]:
    """The pages with the indent and the room of every line; the lines left out do not count."""
    flows: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if line not in left_out:
                flows[line.page, line.flow].append(line)
    edges = {flow: _edges(lines) for flow, lines in flows.items()}
    usual = _usual(flows, edges)
    placed: dict[Line, Line] = {}
    for flow, lines in flows.items():
        left, right = _settled(edges[flow], usual[lines[0].column], _em(lines))
        for line in lines:
            placed[line] = replace(
                line,
                indent=(line.ink.left - left) / line.ink.size,
                room=(right - line.ink.right) / line.ink.size,
            )
    return [
        replace(
            page,
            parts=tuple(placed.get(part, part) if isinstance(part, Line) else part for part in page.parts),
        )
        for page in pages
    ]


_Edges = tuple[float, float, int]  # left, right, how many lines stand behind it


def _em(lines: Sequence[Line]) -> float:
    return median(line.ink.size for line in lines)


def _edges(lines: Sequence[Line]) -> _Edges:
    """The outermost places at which several lines begin and end."""
    near = _em(lines) * _SAME_EDGE
    enough = min(len(lines), 2 if len(lines) < 15 else 3)
    lefts = sorted(line.ink.left for line in lines)
    rights = sorted((line.ink.right for line in lines), reverse=True)
    left = next((x for x in lefts if sum(x <= other <= x + near for other in lefts) >= enough), lefts[0])
    right = next((x for x in rights if sum(x - near <= other <= x for other in rights) >= enough), rights[0])
    return left, right, len(lines)


def _usual(
    flows: dict[tuple[int, int], list[Line]], edges: dict[tuple[int, int], _Edges]
) -> dict[str, _Edges]:
    """The edges of most lines that stand in the same column."""
    by_column: defaultdict[str, list[_Edges]] = defaultdict(list)
    for flow, lines in flows.items():
        left, right, count = edges[flow]
        by_column[lines[0].column].extend([(left, right, count)] * count)
    return {
        column: (median(each[0] for each in found), median(each[1] for each in found), len(found))
        for column, found in by_column.items()
    }


def _settled(own: _Edges, usual: _Edges, em: float) -> tuple[float, float]:
    """Its own edges, unless too few lines reach the edge of the text to show it."""
    left, right, _ = own
    narrower = right - left < usual[1] - usual[0] - 0.5 * em
    if left > usual[0] + _MIRRORED * em or (left > usual[0] + 0.5 * em and narrower):
        left = usual[0]
    if right < usual[1] - _MIRRORED * em or (right < usual[1] and narrower):
        right = usual[1]
    return left, right
