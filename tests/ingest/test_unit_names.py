import pytest

from ingest.unit_names import read_unit_name, variants


@pytest.mark.parametrize(
    ("name", "kind", "level", "place", "rest"),
    [
        ("市市场监督管理局", "department", "市", "", ""),
        ("市场监管局", "department", "", "", ""),
        ("澄湖区财政局", "department", "区", "澄湖", ""),
        ("叶滩税务局", "department", "", "", "叶滩"),
        ("区委编办", "office", "区", "", ""),
        ("区政府金融办", "office", "区", "", ""),
        ("县级以上人民政府科学技术主管部门", "department", "", "", ""),
        ("栖湖经开区管委会", "zone", "", "", "栖湖经济技术开发区"),
        ("市、区民政部门", "department", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(name: str, kind: str, level: str, place: str, rest: str) -> None:
    parts = read_unit_name(name)
    assert (parts.kind, parts.level, parts.place, parts.rest) == (kind, level, place, rest)


def test_every_department_of_a_joined_name_is_a_variant() -> None:
    assert "市科技局" in variants("市委科创办(市科技局)")
    assert "市公安局" in variants("市公安局交管局")
    assert variants("区委组织部") == ("区委组织部",)
