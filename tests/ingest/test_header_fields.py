from ingest.header_fields import read_fields


def test_several_fields_stand_on_one_line() -> None:
    head = (
        "索 引 号:13914/2023-02 发布机构:区委办公室 区政府办公室 发文字号:区委办发〔2022〕64号\n"
        "组配分类:行动 成文日期:2022-12-29 公开方式:主动公开"
    )
    assert read_fields(head) == {
        "issuer": "区委办公室 区政府办公室",
        "number": "区委办发〔2022〕64号",
        "signed": "2022-12-29",
    }


def test_an_empty_field_is_left_out() -> None:
    assert read_fields("文号：\t发布日期：\t2024-10-15\n主题词：\n标题\n") == {"published": "2024-10-15"}


def test_bracketed_labels_are_fields() -> None:
    head = "[发文机构] 澄湖区政府 [实施日期] ---- [发文字号] 澄政〔2020〕5号 [废止日期] ----"
    fields = read_fields(head)
    assert fields["number"] == "澄政〔2020〕5号" and "expires" not in fields and "effective" not in fields


def test_a_word_inside_a_sentence_is_no_label() -> None:
    assert read_fields("请在备注栏写明发布日期：不写视为放弃") == {}


def test_a_label_may_be_stretched_by_wide_blanks() -> None:
    assert read_fields("文\u3000\u3000号：澄政〔2020〕5号")["number"] == "澄政〔2020〕5号"
