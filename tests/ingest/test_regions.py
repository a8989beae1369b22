import pytest

from ingest.regions import NATIONAL, read_region, region_of_county, region_of_title


@pytest.mark.parametrize(
    ("organ", "path", "level"),
    [
        ("天水市麦积区人民政府", ("甘肃省", "天水市", "麦积区"), "county"),
        ("中共柳河县委", ("吉林省", "通化市", "柳河县"), "county"),
        ("广东省人民政府办公厅", ("广东省",), "province"),
        ("上海市人民政府", ("上海市",), "province"),
        ("国家税务总局深圳市税务局", ("广东省", "深圳市"), "city"),
        ("广州市天河区人民政府天园街道办事处", ("广东省", "广州市", "天河区", "天园街道"), "township"),
        ("栖湖区人民政府办公室", ("栖湖区",), "county"),
        ("中共汀岚市栖湖区委办公室", ("汀岚市", "栖湖区"), "county"),
    ],
)
def test_an_organ_tells_its_place(organ: str, path: tuple[str, ...], level: str) -> None:
    region = read_region(organ)
    assert region is not None
    assert (region.path, region.level, region.name) == (path, level, path[-1])


@pytest.mark.parametrize(
    "organ", ["国务院办公厅", "国家市场监督管理总局", "工业和信息化部", "全国人民代表大会常务委员会"]
)
def test_an_organ_of_the_state_is_national(organ: str) -> None:
    assert read_region(organ) == NATIONAL and NATIONAL.name is None


@pytest.mark.parametrize(
    "organ", ["市科技局", "各区人民政府", "自治区党委办公厅", "社区委员会", "市人力资源市场服务中心"]
)
def test_no_place_is_made_up(organ: str) -> None:
    assert read_region(organ) is None


def test_the_context_decides_between_places_of_one_name() -> None:
    beijing = read_region("朝阳区人民政府", context="根据北京市有关规定")
    assert beijing is not None and beijing.path == ("北京市", "朝阳区")
    unknown = read_region("朝阳区人民政府")
    assert unknown is not None and unknown.path == ("朝阳区",)


def test_a_title_tells_only_the_place_it_begins_with() -> None:
    region = region_of_title("甘州区贯彻落实甘肃省若干措施实施方案")
    assert region is not None and region.name == "甘州区"
    assert region_of_title("关于贯彻落实甘肃省若干措施的意见") is None
    assert region_of_title("加快重点产业实施意见") is None


def test_an_unlisted_place_in_a_title_counts_when_the_text_keeps_using_it() -> None:
    title = "栖湖区试验田管理办法"
    assert region_of_title(title) is None
    region = region_of_title(title, context="栖湖区人民政府…栖湖区内…栖湖区农业局")
    assert region is not None and region.path == ("栖湖区",)


def test_a_county_is_told_by_its_short_name_only_when_it_is_the_only_one() -> None:
    told = region_of_county("我县旅游业，在柳河新建。柳河特色。县政府兑现，我县。")
    assert told is not None and told.name == "柳河县"
    assert region_of_county("我市，在柳河新建。柳河特色。") is None
