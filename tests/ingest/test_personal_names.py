import pytest

from ingest.personal_names import is_name


@pytest.mark.parametrize("text", ["顾衡", "顾 衡", "黎秋舫", "欧阳明月", "阿迪力·买买提"])
def test_names_are_known_with_blanks_inside(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["区财政局", "成员单位", "分管领导", "组", "由区长担任"])
def test_other_words_are_no_names(text: str) -> None:
    assert not is_name(text)
