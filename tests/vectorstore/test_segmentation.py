"""Words of the keyword index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.segmentation import STOP_WORDS, fold, tokens, words


@pytest.mark.parametrize(
    ("text", "included", "left_out"),
    [
        ("科技金融工作由哪个单位牵头？", {"科技", "金融", "牵头"}, {"由", "哪个", "？"}),
        ("高新技术企业", {"高新", "技术", "高新技术", "企业"}, set()),
        ("ＡＢＣ　Python3.11", {"abc", "python3.11"}, {"ＡＢＣ", "Python3.11"}),
        ("年均增长15%，达到3.5万元", {"年均", "增长", "15", "3.5", "万元"}, {"%", "，"}),
        ("technology-finance work of the unit", {"technology", "finance", "work", "unit"}, {"of", "the"}),
        ("。，、；", set(), {"。"}),
        ("", set(), {""}),
    ],
)
def test_words(text: str, included: set[str], left_out: set[str]) -> None:
    found = set(words(text))
    assert included <= found
    assert not left_out & found


@pytest.mark.parametrize("text", ["由区经信局负责", "经信局牵头", "(市经信局、财政局)", "配合经信局做好工作"])
def test_a_name_the_dictionary_lacks_is_found_whatever_stands_around_it(text: str) -> None:
    assert set(words("经信局")) <= set(words(text))


@given(st.text())
def test_words_are_folded_and_no_stop_words(text: str) -> None:
    for word in words(text):
        assert word == fold(word)
        assert word not in STOP_WORDS


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_tokens_lose_no_character(text: str) -> None:
    assert "".join(tokens(text)) == text
