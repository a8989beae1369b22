"""Ruling lines → grids of cells."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.paper.sheet import Edge

_COVERED = 0.6  # of the side of a cell must a line cover
_MOST_LINES = 2_000  # in one grid; what has more is a drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell and the rows and columns it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The borders of columns and rows, and the cells in order of rows."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[GridCell, ...]


def grids(edges: Sequence[Edge], tolerance: float) -> Iterator[Grid]:
    """The grids of at least two rows and two columns; lines nearer than the tolerance are one."""
    for group in _connected(_joined(edges, tolerance), tolerance):
        if len(group) > _MOST_LINES:
            continue
        across = [edge for edge in group if edge.direction == "horizontal"]
        down = [edge for edge in group if edge.direction == "vertical"]
        # Many tables have no line at their left and right.
        ends = [end for edge in across for end in (edge.start, edge.end)]
        columns = _places([edge.place for edge in down], tolerance)
        if ends and columns:
            columns = _with_open_sides(columns, ends, tolerance)
        rows = _places([edge.place for edge in across], tolerance)
        if len(columns) > 2 and len(rows) > 2:
            yield Grid(
                columns=columns, rows=rows, cells=tuple(_cells(columns, rows, across, down, tolerance))
            )


def _joined(edges: Sequence[Edge], tolerance: float) -> list[Edge]:
    """The lines, each drawn once and whole, where the file draws them cell by cell."""
    whole: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (edge.direction, edge.place)):
        place = len(whole) - 1
        merged = edge
        while place >= 0 and whole[place].direction == edge.direction:
            other = whole[place]
            if edge.place - other.place > tolerance:
                break
            if other.start - tolerance <= merged.end and merged.start <= other.end + tolerance:
                start, end = min(merged.start, other.start), max(merged.end, other.end)
                merged = replace(merged, place=other.place, start=start, end=end)
                del whole[place]
            place -= 1
        whole.append(merged)
    return sorted(whole, key=lambda edge: edge.place)


def _connected(edges: Sequence[Edge], tolerance: float) -> list[list[Edge]]:
    """Groups of lines that touch."""
    groups: list[tuple[list[Edge], list[float]]] = []
    for edge in edges:
        box = _box(edge, tolerance)
        touching = [
            group
            for group in groups
            if _overlap(group[1], box) and any(_overlap(_box(other, 0), box) for other in group[0])
        ]
        merged = [edge, *(other for group in touching for other in group[0])]
        boxes = [box, *(group[1] for group in touching)]
        groups = [group for group in groups if all(group is not other for other in touching)]
        outer = [min(each[0] for each in boxes), min(each[1] for each in boxes)]
        outer += [max(each[2] for each in boxes), max(each[3] for each in boxes)]
        groups.append((merged, outer))
    return [group for group, _ in groups]


def _box(edge: Edge, margin: float) -> list[float]:
    if edge.direction == "horizontal":
        return [edge.start - margin, edge.place - margin, edge.end + margin, edge.place + margin]
    return [edge.place - margin, edge.start - margin, edge.place + margin, edge.end + margin]


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _places(values: Sequence[float], tolerance: float) -> tuple[float, ...]:
    """The distinct places, each the mean of those that are near."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= tolerance:
            found[-1].append(value)
        else:
            found.append([value])
    return tuple(sum(group) / len(group) for group in found)


def _with_open_sides(
    columns: tuple[float, ...], ends: Sequence[float], tolerance: float
) -> tuple[float, ...]:
    first, last = min(ends), max(ends)
    lead = (first,) if first < columns[0] - 3 * tolerance else ()
    tail = (last,) if last > columns[-1] + 3 * tolerance else ()
    return (*lead, *columns, *tail)


def _cells(
    columns: Sequence[float],
    rows: Sequence[float],
    across: Sequence[Edge],
    down: Sequence[Edge],
    tolerance: float,
) -> Iterator[GridCell]:
    borders_right = _borders(columns, rows, down, tolerance)
    borders_below = _borders(rows, columns, across, tolerance)
    taken: set[tuple[int, int]] = set()
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) in taken:
                continue
            right = column + 1
            while (
                right < len(columns) - 1 and (right, row) not in borders_right and (row, right) not in taken
            ):
                right += 1
            below = row + 1
            while below < len(rows) - 1 and not (
                any((below, beside) in borders_below for beside in range(column, right))
                or any((beside, below) in borders_right for beside in range(column + 1, right))
                or any((below, beside) in taken for beside in range(column, right))
            ):
                below += 1
            taken |= {(down, beside) for down in range(row, below) for beside in range(column, right)}
            yield GridCell(row=row, column=column, row_span=below - row, column_span=right - column)


def _borders(
    places: Sequence[float], stretches: Sequence[float], edges: Sequence[Edge], tolerance: float
) -> set[tuple[int, int]]:
    """Between which neighbours a line stands: (index of the place, index of the stretch along it)."""
    covered: dict[tuple[int, int], float] = {}
    for edge in edges:
        near = bisect_left(places, edge.place)
        place = min(
            (each for each in (near - 1, near) if 0 <= each < len(places)),
            key=lambda each: abs(places[each] - edge.place),
        )
        if abs(places[place] - edge.place) > 2 * tolerance:
            continue
        for stretch in range(len(stretches) - 1):
            length = min(edge.end, stretches[stretch + 1]) - max(edge.start, stretches[stretch])
            if length > 0:
                covered[place, stretch] = covered.get((place, stretch), 0) + length
    return {
        (place, stretch)
        for (place, stretch), length in covered.items()
        if length >= _COVERED * (stretches[stretch + 1] - stretches[stretch])
    }
