import pytest

from bot.facts.applicants import applicant_kinds


@pytest.mark.parametrize(
    ("applicant", "kinds"),
    [
        ("中小微企业", ["enterprise"]),
        ("企业职工", ["person"]),
        ("职工培训机构", ["organisation"]),
        ("小规模纳税人", ["enterprise"]),
        ("高校院所及科技型企业", ["organisation", "enterprise"]),
        ("企业、协会和个人", ["enterprise", "organisation", "person"]),
        ("直接融资产品", []),
        ("", []),
    ],
)
def test_kinds_of_applicants_are_told_by_the_last_word_of_each_name(applicant: str, kinds: list[str]) -> None:
    assert list(applicant_kinds(applicant)) == kinds
