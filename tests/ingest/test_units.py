import pytest

from ingest import units

NAMES = (
    "区发展改革委",
    "区科技经信局",
    "区科技经济信息化局",
    "区人力资源和社会保障局",
    "区财政局",
    "滨江园区服务中心",
    "区国投集团",
    "各镇人民政府",
    "各街道办事处",
    "区委组织部",
    "区人民法院",
    "区住房城乡建设局",
    "栖湖经开区管委会",
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("发改委", ("区发展改革委",)),
        ("发展改革局", ("区发展改革委",)),
        ("科技局", ("区科技经信局", "区科技经济信息化局")),
        ("区科技经济信息化局", ("区科技经济信息化局", "区科技经信局")),
        ("人社局", ("区人力资源和社会保障局",)),
        ("住建局", ("区住房城乡建设局",)),
        ("组织部", ("区委组织部",)),
        ("法院", ("区人民法院",)),
        ("镇政府", ("各镇人民政府",)),
        ("街道办", ("各街道办事处",)),
        ("国投集团", ("区国投集团",)),
        ("经开区管委会", ("栖湖经开区管委会",)),
        ("科委", ("区科技经信局", "区科技经济信息化局")),
        ("财政", ("区财政局",)),
        ("高企", ()),
        ("市财政局", ()),
        ("财政部", ()),
        ("教育局", ()),
    ],
)
def test_an_asked_name_finds_the_printed_ones(asked: str, expected: tuple[str, ...]) -> None:
    assert units.resolve_unit(asked, NAMES) == expected


def test_a_department_that_shares_an_office_is_found_under_its_own_name() -> None:
    assert units.resolve_unit("科委", ["市科委高新园管委会", "市财政局"]) == ("市科委高新园管委会",)


def test_a_plain_department_is_preferred_to_a_joined_one() -> None:
    assert units.resolve_unit("科技局", ["区科技经信局", "区科技局"]) == ("区科技局",)


def test_an_unknown_body_is_found_under_a_longer_name() -> None:
    assert units.resolve_unit("国投集团", ["区国有资产投资集团", "区城建集团"]) == ("区国有资产投资集团",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("工信局", "市经济和信息化局", True),
        ("发改委", "市发展和改革委员会", True),
        ("科技局", "市委科创办(市科技局)", True),
        ("澄湖区财政局", "区财政局", True),
        ("市财政局", "区财政局", False),
        ("教育部", "区教育局", False),
        ("财政局", "审计局", False),
        ("区人社局", "区人力资源社会保障局", True),
        ("民政局", "市民政部门", True),
    ],
)
def test_two_names_of_one_body_are_the_same(one: str, other: str, same: bool) -> None:
    assert units.same_unit(one, other) is same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("发改委要做哪些事？", ["发改委"]),
        ("科技金融工作由哪个单位牵头？", []),
        ("高企有什么补助", []),
        ("由澄湖区财政局会同税务局负责", ["澄湖区财政局", "税务局"]),
        ("区委组织部副部长,区人力资源和社会保障局党组书记、局长", ["区委组织部", "区人力资源和社会保障局"]),
        ("县级以上人民政府科学技术主管部门负责", ["县级以上人民政府科学技术主管部门"]),
        ("市、区（县）人民政府应当", ["市、区（县）人民政府"]),
        ("市、区民政部门负责", ["市、区民政部门"]),
        ("各镇、街道要加强力量", ["各镇、街道"]),
        ("市妇联、团市委、市总工会", ["市妇联", "团市委", "市总工会"]),
        ("工信局和科技局谁牵头", ["工信局", "科技局"]),
        ("建设企业技术中心、工程研究中心", []),
        ("政府性融资担保机构", []),
        ("统计办法、街道两侧、教育部署", []),
    ],
)
def test_bodies_are_found_in_running_text(text: str, names: list[str]) -> None:
    found = units.find_units(text)
    assert [mention.name for mention in found] == names
    assert all(text[mention.start : mention.end] == mention.name for mention in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区双创办", True),
        ("各镇、街道", True),
        ("市委科创委成员单位", True),
        ("含自主研发项目", False),
        ("法定代表人", False),
    ],
)
def test_a_piece_of_a_list_is_told_to_be_a_unit_or_not(text: str, expected: bool) -> None:
    assert units.looks_like_unit(text) is expected
