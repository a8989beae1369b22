import pytest

from eval.rouge import rouge_l


@pytest.mark.parametrize(
    ("found", "expected", "figure"),
    [
        ("上限5万元", "上限5万元", 1.0),
        ("每户上限5万元", "上限5万元", 2 * 5 / 12),
        ("上 限\n5万元", "上限5万元", 1.0),
        ("不补", "上限5万元", 0.0),
        ("", "上限", 0.0),
    ],
)
def test_rouge_l_is_the_f_measure_of_the_common_subsequence(found: str, expected: str, figure: float) -> None:
    assert rouge_l(found, expected) == pytest.approx(figure)
