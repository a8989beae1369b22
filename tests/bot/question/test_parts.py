import pytest

from bot.question.parts import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("组长是谁，办公室设在哪里？", ("组长是谁", "办公室设在哪里")),
        ("租的房子没建消防制度，罚多少？谁来罚？", ("租的房子没建消防制度，罚多少", "谁来罚")),
        ("补贴多少钱？要三年内申请", ()),
        ("补贴是5万元，对吗？", ()),
        ("公司有几件专利，能拿去质押吗？", ()),
        (
            "谁牵头？谁配合？补多少？何时申请？哪里受理？",
            ("谁牵头", "谁配合", "补多少，何时申请，哪里受理"),
        ),
        ("标准（含上限，多少）是什么？", ()),
    ],
)
def test_a_question_is_cut_where_each_part_asks(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts
