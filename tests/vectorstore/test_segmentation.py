"""Terms of the keyword index, and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.segmentation import fold, terms, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高新技术", ("高新", "新技", "技术")),
        ("ＡＢＣ　Python3.11", ("abc", "python3.11")),
        ("增长15%，达到3.5万元", ("增长", "15", "达到", "3.5", "万元")),
        ("a类", ("a", "类")),
        ("。，、；", ()),
        ("", ()),
    ],
)
def test_terms(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["由区经信局负责", "经信局牵头", "(市经信局、财政局)", "配合经信局做好工作"])
def test_a_name_is_found_whatever_stands_around_it(text: str) -> None:
    assert set(terms("经信局")) <= set(terms(text))


@given(st.text())
def test_terms_are_folded(text: str) -> None:
    for term in terms(text):
        assert term == fold(term)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_tokens_lose_no_character(text: str) -> None:
    assert "".join(tokens(text)) == text
