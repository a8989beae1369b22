"""Which documents a place means."""

import pytest

from bot.question.landscape import KnownPolicy, Landscape
from bot.question.naming import documents_named, unheard_document
from ingest.policy import Metadata


def policy(policy_id: str, title: str, *path: str, level: str | None = None) -> KnownPolicy:
    region = path[-1] if path else None
    return KnownPolicy(
        policy_id=policy_id,
        source=f"{policy_id}.txt",
        metadata=Metadata(title=title, region=region, region_path=path, level=level),
    )


LANDSCAPE = Landscape(
    policies=(
        policy("district", "栖湖区扶持办法", "云岫省", "汀岚市", "栖湖区"),
        policy("city", "汀岚市扶持办法", "云岫省", "汀岚市"),
        policy("state", "关于扶持小微企业的意见", level="national"),
        policy("news", "汀岚发放补贴"),
    ),
    units=frozenset(),
    naming=lambda name: frozenset({"news", "state"} if name == "汀岚" else ()),
)


def test_a_place_also_means_the_documents_of_no_place_that_name_it() -> None:
    assert LANDSCAPE.in_region("汀岚市") == {"district", "city", "news", "state"}
    assert LANDSCAPE.in_region("栖湖") == {"district"}
    assert LANDSCAPE.in_region("枫渡区") == frozenset()


@pytest.mark.parametrize(
    ("regions", "above"),
    [(["栖湖区"], {"city", "state"}), (["栖湖"], {"city", "state"}), (["汀岚市"], {"state"})],
)
def test_what_holds_in_a_place_is_also_of_the_places_above_it(regions: list[str], above: set[str]) -> None:
    assert LANDSCAPE.above(regions) == above


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("《栖湖区扶持办法》还有效吗？", {"district"}),
        ("《扶持办法》还有效吗？", {"district", "city"}),
        ("小微企业的补贴怎么领？", set()),
        ("关于扶持小微企业的意见里怎么说？", {"state"}),
    ],
)
def test_documents_are_named_by_title_and_not_by_a_topic(question: str, named: set[str]) -> None:
    assert documents_named(question, LANDSCAPE)[0] == named


def test_a_title_named_exactly_means_that_document_alone() -> None:
    both = Landscape(policies=(policy("law", "云桥法"), policy("rules", "云桥法实施条例")), units=frozenset())
    assert documents_named("《云桥法》的目的是什么？", both)[0] == {"law"}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("护林条例第几号令公布？", {"short"}),
        ("护林条例的实施办法是几号文？", set()),
        ("护林条例施行细则什么时候施行？", set()),
        ("护林条例的修订草案什么时候施行？", set()),
        ("沿海防护林条例是几号公告？", set()),
        ("护林员要遵守哪些规定？", set()),
        ("实施方案的文号是什么？", set()),
    ],
)
def test_a_short_title_of_a_regulation_names_it_if_it_begins_the_question(
    question: str, named: set[str]
) -> None:
    both = (policy("short", "护林条例"), policy("plan", "实施方案"))
    assert documents_named(question, Landscape(policies=both, units=frozenset()))[0] == named


def test_a_unit_printed_with_its_place_is_the_unit_of_that_place() -> None:
    own = policy("own", "栖湖区方案", "云岫省", "汀岚市", "栖湖区")
    assert own.units_meant("区税务局", ["栖湖税务局", "税务", "区财政局"]) == ("栖湖税务局", "税务")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("云办发〔2019〕6号讲什么？", {"office"}),
        ("〔2019〕6号文讲什么？", {"office", "labour"}),
        ("云财发〔2019〕6号讲什么？", set()),
        ("人社规字〔2019〕6号讲什么？", {"labour"}),
        ("办公室发文〔2019〕6号讲什么？", {"office", "labour"}),
    ],
)
def test_a_number_means_the_document_of_its_issuer(question: str, named: set[str]) -> None:
    numbers = {"office": "云办发〔2019〕6号", "labour": "云人社规字〔2019〕6号"}
    policies = tuple(
        KnownPolicy(policy_id=key, source="", metadata=Metadata(title=key, document_number=number))
        for key, number in numbers.items()
    )
    assert documents_named(question, Landscape(policies=policies, units=frozenset()))[0] == named


@pytest.mark.parametrize(
    ("question", "unheard"),
    [
        ("汀岚市养殖尾水管理办法规定了什么？", "养殖尾水管理办法"),
        ("我42了，还能享受青年创业那个条例吗？", None),
        ("青年创业那部条例管多大年纪的人？", None),
        ("那个养殖尾水管理办法由谁解释？", "那个养殖尾水管理办法"),
    ],
)
def test_a_document_that_is_pointed_at_is_not_called_by_name(question: str, unheard: str | None) -> None:
    assert unheard_document(question, LANDSCAPE, frozenset()) == unheard
