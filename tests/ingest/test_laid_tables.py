from ingest.laid_tables import laid_rows
from ingest.source import Block, SourceCell
from ingest.tables import Row


def _table(rows: list[list[tuple[str, int, int]]], header_rows: int = 0) -> tuple[str, Block]:
    """A table block from rows of (text, row span, column span); the text has a line a row."""
    text = ""
    cells: list[SourceCell] = []
    taken: set[tuple[int, int]] = set()
    for row, printed in enumerate(rows):
        column = 0
        for place, (value, row_span, column_span) in enumerate(printed):
            while (row, column) in taken:
                column += 1
            text += "\t" if place else ""
            start = len(text)
            text += value
            cells.append(
                SourceCell(
                    row=row,
                    column=column,
                    start=start,
                    end=len(text),
                    row_span=row_span,
                    column_span=column_span,
                )
            )
            taken |= {
                (row + down, column + right) for down in range(row_span) for right in range(column_span)
            }
        text += "\n"
    end = len(text.rstrip())
    return text, Block(kind="table", start=0, end=end, cells=tuple(cells), header_rows=header_rows)


def _values(row: Row) -> dict[str, str]:
    return {cell.header: cell.value for cell in row.cells}


def test_a_cell_merged_downwards_stands_in_every_row_it_covers() -> None:
    text, table = _table(
        [
            [("类别", 1, 1), ("指标", 1, 1), ("目标", 1, 1)],
            [("创新", 2, 1), ("研发投入", 1, 1), ("15%", 1, 1)],
            [("企业数", 1, 1), ("80家", 1, 1)],
        ]
    )
    rows = laid_rows(text, table)
    assert _values(rows[1]) == {"类别": "创新", "指标": "研发投入", "目标": "15%"}
    assert _values(rows[2]) == {"类别": "创新", "指标": "企业数", "目标": "80家"}
    assert text[rows[2].start : rows[2].end] == "企业数\t80家"


def test_a_header_of_two_rows_names_a_column_by_both() -> None:
    text, table = _table(
        [
            [("指标", 2, 1), ("目标值", 1, 2)],
            [("2024年", 1, 1), ("2025年", 1, 1)],
            [("企业数", 1, 1), ("80家", 1, 1), ("90家", 1, 1)],
        ]
    )
    rows = laid_rows(text, table)
    assert [row.is_header for row in rows] == [True, True, False]
    assert _values(rows[2]) == {"指标": "企业数", "目标值/2024年": "80家", "目标值/2025年": "90家"}
    assert [cell.column for cell in rows[2].cells] == [1, 2, 3]


def test_a_row_over_the_whole_width_at_the_top_is_the_title_and_no_row() -> None:
    text, table = _table(
        [
            [("任务分工表", 1, 2)],
            [("序号", 1, 1), ("单位", 1, 1)],
            [("1", 1, 1), ("科技局", 1, 1)],
        ]
    )
    rows = laid_rows(text, table)
    assert [row.is_header for row in rows] == [True, False]
    assert rows[1].number == "1" and _values(rows[1]) == {"序号": "1", "单位": "科技局"}


def test_the_rows_hold_all_text_of_the_table() -> None:
    text, table = _table([[("甲", 1, 1), ("", 1, 1)], [("", 1, 1), ("乙", 1, 1)], [("", 1, 1), ("", 1, 1)]])
    held = "".join(text[row.start : row.end] for row in laid_rows(text, table))
    assert "".join(held.split()) == "".join(text.split())


def test_values_at_the_top_are_no_header() -> None:
    text, table = _table([[("一等", 1, 1), ("50", 1, 1)], [("二等", 1, 1), ("30", 1, 1)]])
    rows = laid_rows(text, table)
    assert not any(row.is_header for row in rows)
    assert [cell.header for cell in rows[0].cells] == ["", ""]
