import pytest

from eval.folding import fold, holds


@pytest.mark.parametrize(
    ("text", "fact", "is_held"),
    [
        ("最高 ５万元", "5万元", True),
        ("最高15万元", "5万元", False),
        ("最高2.5万元", "5万元", False),
        ("到2025年", "2025", True),
        ("共20251项", "2025", False),
        ("〔2023〕7号", "7号", True),
        ("（区科技局）", "(区科技局)", True),
        ("区科 技局", "区科技局", True),
        ("区科技局", "区科技经信局", False),
        ("下降3.5%以上", "3.5%", True),
    ],
)
def test_facts_are_found_whole_whatever_their_width_and_blanks(text: str, fact: str, is_held: bool) -> None:
    assert holds(fold(text), fact) is is_held
