from ingest.sentences import parts, sentences, short_part


def read(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_brackets_and_quotes_hide_the_marks_inside_them() -> None:
    text = "建成“一网通。”平台（含分平台。）并运行。公布结果。"
    assert read(text, list(sentences(text))) == ["建成“一网通。”平台（含分平台。）并运行。", "公布结果。"]


def test_a_remark_behind_a_sentence_belongs_to_it() -> None:
    text = "整治管网。（责任单位：区水务局）清理河道。"
    assert read(text, list(sentences(text))) == ["整治管网。（责任单位：区水务局）", "清理河道。"]


def test_a_comma_inside_a_number_parts_nothing() -> None:
    text = "每人每月1,000元，其中床位费300元。"
    assert read(text, parts(text, 0, len(text))) == ["每人每月1,000元", "其中床位费300元"]


def test_a_long_first_part_is_cut_at_a_name() -> None:
    text = "鼓励" + "、".join(["新材料企业"] * 10) + "自建平台。"
    start, end = short_part(text, 0, len(text))
    assert end - start <= 40
    assert text[end] == "、"
