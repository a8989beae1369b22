"""Numbers that name a person are put out; other numbers stay. The numbers here are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.personal_numbers import ID_NUMBER, MOBILE_NUMBER, masked

# Made by the rule of GB 11643-1999; the standard's own example is the first.
ID = "11010519491231002X"
ID_OF_DIGITS = "440524188001010014"
FORMER_ID = "110105491231002"


@pytest.mark.parametrize(
    "written",
    [
        ID,
        ID.lower(),
        ID_OF_DIGITS,
        "110105 19491231 002X",
        "110105-1949-1231-002X",
        "1101 0519 4912 3100 2X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105—19491231—002X",
        "110105\u200b19491231\u3000002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        FORMER_ID,
        "110105 491231 002",
        "110-105-491-231-002",
        "１１０１０５４９１２３１００２",
    ],
)
def test_a_residents_number_is_masked_however_it_is_written(written: str) -> None:
    assert masked(f"我叫甲，身份证{written}，能领补贴吗") == f"我叫甲，身份证{ID_NUMBER}，能领补贴吗"


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "19912345678",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "138－0013－8000",
        "138 00138000",
        "1380013 8000",
        "138 001 38000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "+8613800138000",
        "+86 138 0013 8000",
        "+86-138-0013-8000",
        "(+86)13800138000",
        "（+86）138-0013-8000",
        "0086 13800138000",
        "8613800138000",
        "１３８００１３８０００",
        "＋８６１３８００１３８０００",
    ],
)
@pytest.mark.parametrize("after", ["，谢谢", "家里的", "号", "万先生", ""])
def test_a_mobile_number_is_masked_however_it_is_written(written: str, after: str) -> None:
    assert masked(f"请回电{written}{after}") == f"请回电{MOBILE_NUMBER}{after}"


@pytest.mark.parametrize("between", [",", "，", "、", "/", " ", "\n", "或"])
def test_each_of_several_numbers_is_masked(between: str) -> None:
    text = between.join(["13800138000", "13900139000", ID, FORMER_ID])
    assert masked(text) == between.join([MOBILE_NUMBER, MOBILE_NUMBER, ID_NUMBER, ID_NUMBER])


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2023〕15号、工信厅联企业〔2024〕138号",
        "项目编号2024-110105-18-03-123456",
        "统一社会信用代码91110000100000000X",
        "110105194912310021",  # the check does not hold
        "11010519491331002X",  # no such month
        "990105491231002",  # no such province
        "补助13800138000元，另加15912345678.50",
        "总投资￥13800138000，其中18600000000万元",
        "合计13,800,138,000元",
        "增长0.13812345678",
        "自2024-01-15起至2025-12-31止，2024.01.15—2026.12.31",
        "19491001、20240115153000、2024-01-15 15:30:00",
        "1949-10-01 100人、2023 2024 2025 2026",
        "邮编100000，电话010-88886666、0571-87654321",
        "热线12345、12348，客服4008001234",
        "公告2024年第13号，附件2第10行，第十二条第二款",
        "138个项目、1380万元、3年",
        "账号6222021234567890123",
        "192.168.100.200",
    ],
)
def test_numbers_of_documents_amounts_and_dates_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(alphabet="0123456789Xx１３８ -—.年月元号a", max_size=60))
def test_what_is_masked_once_is_masked(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(st.text(alphabet="甲乙丙，。a-+ "))
def test_text_without_digits_stays(text: str) -> None:
    assert masked(text) == text
