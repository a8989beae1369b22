from hypothesis import given
from hypothesis import strategies as st

from bot.api.ask import pieces


@given(st.text(alphabet="甲乙。；\n- [1]"))
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_pieces_end_with_sentences_and_lines() -> None:
    assert pieces("一。二；三\n四") == ["一。", "二；", "三\n", "四"]
