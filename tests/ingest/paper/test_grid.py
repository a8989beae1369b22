from ingest.paper.grid import GridCell, grids
from ingest.paper.sheet import Edge


def _across(place: float, start: float = 0, end: float = 300) -> Edge:
    return Edge(direction="horizontal", place=place, start=start, end=end)


def _down(place: float, start: float = 0, end: float = 90) -> Edge:
    return Edge(direction="vertical", place=place, start=start, end=end)


def _cells(*edges: Edge) -> list[tuple[int, int, int, int]]:
    (grid,) = grids(edges, 3)
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def test_a_plain_grid_has_a_cell_at_each_place() -> None:
    found = _cells(
        _across(0), _across(30), _across(60), _down(0, 0, 60), _down(100, 0, 60), _down(300, 0, 60)
    )
    assert found == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_missing_line_merges_cells() -> None:
    edges = [
        _across(0),
        _across(30),
        _across(60, 100),
        _across(90),
        _down(0),
        _down(100),
        _down(200, 30),
        _down(300),
    ]
    assert _cells(*edges) == [
        (0, 0, 1, 1),
        (0, 1, 1, 2),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_a_table_without_lines_at_its_sides_has_its_outer_columns() -> None:
    found = _cells(_across(0), _across(30), _across(60), _down(100, 0, 60), _down(200, 0, 60))
    assert [cell[:2] for cell in found] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_lines_drawn_cell_by_cell_are_one_grid() -> None:
    boxes = [(left, top) for left in (0, 100, 200) for top in (0, 30)]
    edges = [
        edge
        for left, top in boxes
        for edge in (
            _across(top + 0.4, left, left + 100),
            _across(top + 30, left, left + 100),
            _down(left + 0.4, top, top + 30),
            _down(left + 100, top, top + 30),
        )
    ]
    assert len(_cells(*edges)) == 6


def test_frames_and_underlines_are_no_grid() -> None:
    frame = [_across(0), _across(90), _down(0), _down(300)]
    assert not list(grids([*frame, _across(200), _across(230)], 3))


def test_two_tables_of_a_page_are_two_grids() -> None:
    first = [_across(0), _across(30), _across(60), _down(0, 0, 60), _down(100, 0, 60), _down(300, 0, 60)]
    second = [
        Edge(direction=edge.direction, place=edge.place + 200, start=edge.start, end=edge.end)
        if edge.direction == "horizontal"
        else Edge(direction=edge.direction, place=edge.place, start=edge.start + 200, end=edge.end + 200)
        for edge in first
    ]
    assert [len(grid.cells) for grid in grids([*first, *second], 3)] == [4, 4]


def test_every_place_of_a_grid_is_covered_once() -> None:
    edges = [
        _across(0),
        _across(30, 0, 100),
        _across(60, 100),
        _across(90),
        _down(0),
        _down(100, 0, 60),
        _down(300),
    ]
    (grid,) = grids(edges, 3)
    covered = [place for cell in grid.cells for place in _places(cell)]
    assert sorted(covered) == [(row, column) for row in range(3) for column in range(2)]


def _places(cell: GridCell) -> list[tuple[int, int]]:
    return [
        (cell.row + down, cell.column + right)
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    ]
