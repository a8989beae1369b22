from ingest.paper.lines import lines
from ingest.paper.reading_order import flows
from ingest.paper.sheet import Ink


def _line(text: str, left: float, top: float, width: float) -> Ink:
    return Ink(text=text, left=left, top=top, right=left + width, bottom=top + 10, size=10)


def _read(inks: list[Ink]) -> list[tuple[str, list[str]]]:
    return [(flow.column, [line.text for line in lines(flow.inks)]) for flow in flows(inks)]


def _column(name: str, left: float, top: float, count: int = 6) -> list[Ink]:
    return [_line(f"{name}{place}", left, top + 15 * place, 200) for place in range(count)]


def test_a_page_of_one_column_is_one_flow() -> None:
    found = _read(_column("甲", 0, 0, 20))
    assert [column for column, _ in found] == [""]


def test_the_left_column_is_read_before_the_right() -> None:
    found = _read([*_column("右", 230, 0), *_column("左", 0, 2)])
    assert found == [("l", [f"左{place}" for place in range(6)]), ("r", [f"右{place}" for place in range(6)])]


def test_a_title_over_both_columns_comes_first_and_a_note_under_both_last() -> None:
    title, note = _line("公报", 100, 0, 230), _line("注", 0, 150, 430)
    found = _read([note, *_column("右", 230, 30), title, *_column("左", 0, 30)])
    assert [column for column, _ in found] == ["", "l", "r", ""]
    assert found[0][1] == ["公报"] and found[-1][1] == ["注"]


def test_the_last_column_may_be_short() -> None:
    found = _read([*_column("左", 0, 0, 12), *_column("右", 230, 0, 2)])
    assert [column for column, _ in found] == ["l", "r"]


def test_names_beside_a_gap_are_no_columns() -> None:
    posts = [_line(f"职务{place}", 200, 15 * place, 60 + 25 * (place % 5)) for place in range(8)]
    names = [_line(f"姓名{place}", 0, 15 * place, 30) for place in range(8)]
    assert [column for column, _ in _read([*names, *posts])] == [""]


def test_two_signatures_beside_each_other_are_one_flow() -> None:
    pairs = [_line(text, left, top, 150) for top in (0, 15) for text, left in (("局", 0), ("委", 230))]
    assert [column for column, _ in _read(pairs)] == [""]
