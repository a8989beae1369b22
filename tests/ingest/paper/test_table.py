from ingest.paper.grid import Grid, GridCell
from ingest.paper.sheet import Ink
from ingest.paper.table import PaperCell, PaperTable, cell_text, continued, table_of


def _line(text: str, *, top: float, left: float = 0) -> Ink:
    return Ink(text=text, left=left, top=top, right=left + 10 * len(text), bottom=top + 10, size=10)


def _table(*rows: list[str], page: int = 1, columns: tuple[float, ...] = (0, 50, 200)) -> PaperTable:
    cells = [
        PaperCell(row=row, column=column, row_span=1, column_span=1, text=text, page=page)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return PaperTable(page=page, top=0, columns=columns, row_count=len(rows), cells=tuple(cells), em=10)


def _rows(table: PaperTable) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]


def _joined(first: PaperTable, second: PaperTable) -> tuple[list[list[str]], int]:
    found = continued(first, second)
    assert found is not None
    return _rows(found[0]), found[1]


def test_a_line_that_fills_its_cell_goes_on_in_the_next() -> None:
    assert cell_text([_line("区发展改", top=0), _line("革委", top=12)], 52) == "区发展改革委"


def test_a_line_that_leaves_room_ends_in_the_cell() -> None:
    lines = [_line("区财政局", top=0), _line("区科技局", top=12)]
    assert cell_text(lines, 120) == "区财政局\n区科技局"


def test_a_frame_around_one_text_is_no_table() -> None:
    grid = Grid(
        columns=(0, 100, 200), rows=(0, 20, 40), cells=(GridCell(row=0, column=0, row_span=2, column_span=2),)
    )
    assert table_of(grid, [_line("提示", top=5)], 1, rough=False) is None


def test_rows_go_on_and_the_repeated_header_is_left_out() -> None:
    first = _table(["序号", "任务"], ["1", "甲"])
    second = _table(["序号", "任务"], ["2", "乙"], page=2)
    assert _joined(first, second) == ([["序号", "任务"], ["1", "甲"], ["2", "乙"]], 1)


def test_rows_alike_are_no_repeated_header() -> None:
    first = _table(["1", "完成第1项任务"], ["2", "完成第2项任务"])
    assert _joined(first, _table(["3", "完成第3项任务"], page=2))[1] == 0


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    first = _table(["序号", "任务"], ["1", "建设平台，"])
    second = _table(["", "服务企业。"], ["2", "乙"], page=2)
    assert _joined(first, second)[0] == [["序号", "任务"], ["1", "建设平台，服务企业。"], ["2", "乙"]]


def test_a_merged_cell_goes_on_over_the_page_break() -> None:
    first = _table(["类别", "任务"], ["设备", "甲"])
    merged = PaperCell(row=1, column=0, row_span=2, column_span=1, text="设备", page=1)
    more = PaperCell(row=2, column=1, row_span=1, column_span=1, text="乙", page=1)
    cells = (*first.cells[:2], merged, first.cells[3], more)
    first = PaperTable(page=1, top=0, columns=first.columns, row_count=3, cells=cells, em=10)
    found = continued(first, _table(["", "丙"], page=2))
    assert found is not None
    assert next(cell.row_span for cell in found[0].cells if cell.text == "设备") == 3


def test_a_table_of_other_columns_is_another_table() -> None:
    assert continued(_table(["甲", "乙"]), _table(["丙", "丁"], page=2, columns=(0, 120, 200))) is None


def test_a_row_that_merges_columns_belongs_to_the_table() -> None:
    first = _table(["甲", "乙"], ["1", "2"])
    below = PaperTable(
        page=2,
        top=0,
        columns=(0, 200),
        row_count=1,
        cells=(PaperCell(row=0, column=0, row_span=1, column_span=1, text="合计", page=2),),
        em=10,
    )
    found = continued(first, below)
    assert found is not None and found[0].cells[-1].column_span == 2
