import pytest

from ingest.responsibility import labelled_lists, roles_in, split_units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区财政局、区水务局", ["区财政局", "区水务局"]),
        ("区财政局和区水务局", ["区财政局", "区水务局"]),
        ("市发展和改革委、市气象局", ["市发展和改革委", "市气象局"]),
        ("16区和北湖经济技术开发区", ["16区", "北湖经济技术开发区"]),
        ("区林草局、各镇、街道。", ["区林草局", "各镇、街道"]),
        ("各乡镇人民政府、街道办事处、经济开发区等", ["各乡镇人民政府", "街道办事处", "经济开发区"]),
        ("区委组织部(区人才办)、区财政局", ["区委组织部(区人才办)", "区财政局"]),
        ("区财政局 区水务局", ["区财政局", "区水务局"]),
        ("市、区财政部门", ["市、区财政部门"]),
    ],
)
def test_a_list_is_split_into_names_as_printed(text: str, names: list[str]) -> None:
    found = list(split_units(text))
    assert [name for name, _, _ in found] == names
    assert all(text[start:end] == name for name, start, end in found)


def test_a_run_of_labels_ends_where_the_next_item_begins() -> None:
    text = "牵头单位:市财政局责任单位:市水务局、市担保公司3 .深化服务。加强推广。"
    (run,) = labelled_lists(text)
    assert [one.unit for one in run.assignments] == ["市财政局", "市水务局", "市担保公司"]
    assert text[run.start : run.end].endswith("市担保公司")


def test_contacts_beside_a_list_are_no_units() -> None:
    (run,) = labelled_lists("对接部门：区数据局；联系人：顾衡、黎秋舫；联系电话：88490000")
    assert [one.unit for one in run.assignments] == ["区数据局"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("区数据局牵头,区财政局、区国投集团按职责分工负责", ["牵头", "责任", "责任"]),
        ("区财政局、区水务局按职责分工负责", ["联合", "联合"]),
        ("区财政局、区水务局负责", ["责任", "责任"]),
        ("区工信局牵头，区科技局、区财政局配合", ["牵头", "配合", "配合"]),
        ("区新兴产业工作专班牵头单位按职责负责", ["联合"]),
        ("以下简称医保", []),
        ("由法定代表人负责", []),
    ],
)
def test_spoken_lists_give_roles(text: str, roles: list[str]) -> None:
    assert [one.role for one in roles_in(text)] == roles
