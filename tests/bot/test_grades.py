import pytest

from bot.grades import excludes, grades_in


@pytest.mark.parametrize(
    ("asked", "said", "excluded"),
    [
        ("初级导游证奖多少", "取得中级、高级导游证的，分别给予3000元、5000元", True),
        ("中级导游证奖多少", "取得中级、高级导游证的，分别给予3000元、5000元", False),
        ("二星级酒店奖多少", "三星级、四星级、五星级分别奖励", True),
        ("3级的人补多少", "需求等级1-5级的老年人", False),
        ("6A景区奖多少", "新评定为3A、4A、5A级的景区", True),
        ("国家级众创空间补多少", "新认定的省级众创空间补助1万元", True),
        ("三级医院吗", "三级医疗机构确诊", False),
        ("补贴多少", "一级机构每人30元", False),
    ],
)
def test_what_holds_for_one_grade_says_nothing_of_another(asked: str, said: str, excluded: bool) -> None:
    assert excludes(asked, said) is excluded


def test_figures_in_words_and_in_digits_are_one_grade() -> None:
    assert grades_in("二级") == grades_in("2级")
