from ingest.markdown_marks import markdown_marks


def _without(source: str) -> str:
    for cut in sorted(markdown_marks(source), key=lambda cut: cut.start, reverse=True):
        source = source[: cut.start] + source[cut.end :]
    return source


def test_asterisks_rules_and_quotation_marks_go_from_markdown() -> None:
    source = "# 办法\n\n---\n\n**第一条** 市民政局负责**监督**工作。\n\n> 澄湖市民政局\\\n> 2030年1月1日\n"
    assert _without(source) == "# 办法\n\n\n\n第一条 市民政局负责监督工作。\n\n 澄湖市民政局\n 2030年1月1日\n"


def test_asterisks_that_hide_a_name_or_a_number_stay() -> None:
    for source in ("获奖人员：张**、李**，电话138****1234。", "# 名单\n张**、李**"):
        assert _without(source) == source


def test_asterisks_in_a_text_that_is_no_markdown_stay() -> None:
    assert _without("**说明** 本表一式两份。\n---\n") == "**说明** 本表一式两份。\n---\n"
