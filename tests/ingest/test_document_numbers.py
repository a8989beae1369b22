import pytest

from ingest.document_numbers import announced_number, find_numbers, read_number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("区委办发〔2022〕64号", "区委办发〔2022〕64号"),
        ("澄政[2022]64号", "澄政[2022]64号"),
        ("澄政(2022)64号", "澄政(2022)64号"),
        ("京公开办发〔2024〕2 号", "京公开办发〔2024〕2号"),
        ("〔十五届〕第62号", "〔十五届〕第62号"),
        ("国务院令第362号", "国务院令第362号"),
        ("关于落实澄政〔2022〕64号文件的意见", None),
        ("2023年7月21日", None),
    ],
)
def test_a_line_that_is_a_number_is_read(line: str, number: str | None) -> None:
    assert read_number(line) == number


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("（2012年3月8日国家知识产权局令第63号公布）", "国家知识产权局令第63号"),
        ("(2006年10月13日商务部、税务总局2006年第17号令公布)", "税务总局2006年第17号令"),
        ("（2010年8月28日通过）", None),
    ],
)
def test_the_order_that_promulgates_a_rule_gives_its_number(note: str, number: str | None) -> None:
    assert announced_number(note) == number


def test_numbers_are_found_inside_text() -> None:
    assert find_numbers("《办法》（澄政规〔2019〕2号）同时废止") == ["澄政规〔2019〕2号"]
