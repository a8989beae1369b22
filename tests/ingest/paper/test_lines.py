from ingest.paper.lines import lines
from ingest.paper.sheet import Ink


def _inks(text: str, *, left: float = 0, top: float = 0, size: float = 10, step: float = 10) -> list[Ink]:
    return [
        Ink(
            text=character,
            left=left + place * step,
            top=top,
            right=left + place * step + min(size, step),
            bottom=top + size,
            size=size,
        )
        for place, character in enumerate(text)
    ]


def _texts(*inks: list[Ink]) -> list[str]:
    return [line.text for line in lines([ink for group in inks for ink in group])]


def test_glyphs_at_one_height_are_a_line_whatever_their_order() -> None:
    assert _texts(_inks("第二行", top=20), list(reversed(_inks("第一行")))) == ["第一行", "第二行"]


def test_the_small_gap_beside_a_number_is_no_space() -> None:
    assert _texts(_inks("第"), _inks("12", left=12.5, step=5), _inks("条", left=25)) == ["第12条"]


def test_a_wide_gap_is_a_space() -> None:
    assert _texts(_inks("第一条"), _inks("为了", left=40)) == ["第一条 为了"]


def test_latin_words_that_no_glyph_parts_are_parted() -> None:
    assert _texts(_inks("SME", step=5), _inks("loan", left=18, step=5)) == ["SME loan"]


def test_letters_spread_over_a_width_have_no_spaces() -> None:
    assert _texts(_inks("税务总局办公厅", step=18)) == ["税务总局办公厅"]


def test_a_raised_mark_stays_on_its_line() -> None:
    raised = Ink(text="2", left=20, top=-1, right=23, bottom=5, size=6)
    assert _texts(_inks("平米"), [raised], _inks("以上", left=24)) == ["平米2以上"]


def test_spaces_at_the_ends_and_lines_of_spaces_go() -> None:
    assert _texts(_inks("\u3000第一条 "), _inks("\xa0 ", top=20)) == ["第一条"]
