"""How an answer shows the measure that is asked for."""

import pytest

from bot.question.language import load_language

MEASURES = {measure.name: measure for measure in load_language().measures}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a share", "市区按1:1比例分担"),
        ("a share", "分担比例（%） 30"),
        ("a share", "承担三成"),
        ("times", "加倍处罚"),
        ("an area", "用房面积（平方米） 100"),
        ("years", "为期三年"),
        ("days", "不少于10个自然日"),
        ("a while", "24个小时内答复"),
        ("a while", "每季度一次"),
        ("a day", "10日前报送"),
        ("a day", "6月30日截止"),
        ("a time", "2024年开始"),
        ("money", "收费标准由市发展改革委另行制定"),
    ],
)
def test_a_measure_is_shown(name: str, words: str) -> None:
    assert MEASURES[name].is_shown_in(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("years", "2024年印发"),
        ("days", "6月30日印发"),
        ("a day", "公示10日"),
        ("money", "补助10家"),
        ("a share", "补助30万元"),
    ],
)
def test_another_measure_does_not_show_it(name: str, words: str) -> None:
    assert not MEASURES[name].is_shown_in(words)
