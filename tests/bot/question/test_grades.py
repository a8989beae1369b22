import pytest

from bot.question.grades import excludes, grades_in


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
        ("国家级平台奖多少", "省级以上认定的平台奖励", False),
        ("5级补多少", "三级及以上的人员", False),
        ("5A景区奖多少", "3A级以上景区", False),
        ("二等奖奖多少", "三等奖及以上的给予奖励", False),
        ("中级职称补多少", "初级以上职称", False),
        ("B类人才补多少", "A-C类人才", False),
        ("2级补多少", "1、2、3级的人员", False),
        ("二等奖奖多少", "一、二、三等奖分别奖励", False),
    ],
)
def test_what_holds_for_one_grade_says_nothing_of_another(asked: str, said: str, excluded: bool) -> None:
    assert excludes(asked, said) is excluded


def test_figures_in_words_and_in_digits_are_one_grade() -> None:
    assert grades_in("二级") == grades_in("2级")
