"""The catalog: what goes in comes out, and what changes is noticed."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.errors import UnknownClauseError, UnknownPolicyError
from vectorstore.search import SearchFilter
from vectorstore.segmentation import terms

MakePolicy = Callable[..., Policy]
ALL = SearchFilter()
LINES = ["区财政局牵头设立科技金融专项资金。", "区教育局负责学前教育。", "对高新技术企业给予奖励。"]


def add(catalog: Catalog, policy: Policy, path: str = "/files/方案.txt") -> list[str]:
    return catalog.files.replace(path, policy.source_sha256, [policy])


def found(catalog: Catalog, text: str, search_filter: SearchFilter = ALL) -> list[str]:
    return [
        each.clause_id
        for each in catalog.keywords.matching(terms(text), limit=9, search_filter=search_filter)
    ]


def test_a_policy_comes_back_as_it_went_in(catalog: Catalog, make_policy: MakePolicy) -> None:
    policy = make_policy(LINES, units={0: "区财政局"})
    add(catalog, policy)
    assert catalog.policy("p1") == policy
    assert catalog.clauses("p1") == list(policy.clauses)
    assert catalog.clause("p1.1") == policy.clauses[1]


def test_the_list_shows_metadata_and_counts(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES, units={0: "区财政局"}))
    (summary,) = catalog.policies()
    assert (summary.policy_id, summary.source, summary.metadata.region) == ("p1", "方案.txt", "澄湖区")
    assert (summary.clause_count, summary.fact_count, catalog.clause_total()) == (3, 1, 3)


def test_clauses_by_id_keep_the_order_asked_for_and_leave_out_unknown_ones(
    catalog: Catalog, make_policy: MakePolicy
) -> None:
    add(catalog, make_policy(LINES))
    catalog.clause("p1.0")
    ids = [clause.clause_id for clause in catalog.clauses_by_id(["p1.2", "p9.0", "p1.0", "p1.1"])]
    assert ids == ["p1.2", "p1.0", "p1.1"]


def test_unknown_ids_are_named(catalog: Catalog) -> None:
    with pytest.raises(UnknownPolicyError, match=r"'p9'.*docs list"):
        catalog.policy("p9")
    with pytest.raises(UnknownPolicyError):
        catalog.clauses("p9")
    with pytest.raises(UnknownClauseError, match=r"'p9\.1'"):
        catalog.clause("p9.1")
    with pytest.raises(UnknownPolicyError):
        catalog.remove_policy("p9")


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, ["p1.f0", "p1.f1", "p2.f0"]),
        ({"kind": "duty"}, ["p1.f0", "p1.f1", "p2.f0"]),
        ({"kind": "benefit"}, []),
        ({"policy_ids": ["p2"]}, ["p2.f0"]),
        ({"policy_ids": []}, []),
        ({"clause_ids": ["p1.1", "p2.0"]}, ["p1.f1", "p2.f0"]),
        ({"policy_ids": ["p1"], "clause_ids": ["p2.0"]}, []),
    ],
)
def test_facts_within_limits(
    catalog: Catalog, make_policy: MakePolicy, limits: dict[str, Sequence[str]], expected: list[str]
) -> None:
    add(catalog, make_policy(LINES, units={0: "区财政局", 1: "区教育局"}), "/a")
    add(catalog, make_policy(LINES[:1], policy_id="p2", units={0: "区财政局"}), "/b")
    assert [fact.fact_id for fact in catalog.facts(**limits)] == expected  # type: ignore[arg-type]


def test_keywords_find_clauses_best_first(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES))
    assert found(catalog, "哪个单位牵头科技金融？")[0] == "p1.0"
    assert found(catalog, "学前教育") == ["p1.1"]
    assert found(catalog, "渔业") == found(catalog, "") == []


def test_keywords_find_headings_and_titles_behind_the_text_itself(
    catalog: Catalog, make_policy: MakePolicy
) -> None:
    add(catalog, make_policy(["支持渔业。", "支持农业。"], title="渔业方案"))
    assert found(catalog, "渔业") == ["p1.0", "p1.1"]


def test_keywords_stay_within_the_filter(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES), "/a")
    add(catalog, make_policy(LINES[:1], policy_id="p2"), "/b")
    assert found(catalog, "科技金融", SearchFilter(policy_ids=frozenset({"p2"}))) == ["p2.0"]


@pytest.mark.parametrize("text", ['"', "a OR b", "NEAR(x)", "科技*", "-", "'; DROP TABLE clauses"])
def test_no_question_is_read_as_query_syntax(catalog: Catalog, make_policy: MakePolicy, text: str) -> None:
    add(catalog, make_policy(LINES))
    catalog.keywords.matching([text], limit=5, search_filter=ALL)
    assert catalog.clause_total() == 3


def test_document_frequency_counts_clauses(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy([*LINES, "科技金融。"]))
    frequency = catalog.keywords.document_frequency(["科技", "教育局负责", "渔业", "科", "，"])
    assert frequency == {"科技": 4, "教育局负责": 1, "渔业": 0, "科": 4, "，": 4}


def test_policies_are_found_by_their_whole_text(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES), "/a")
    add(catalog, make_policy(["科技金融由区财政局牵头。"], policy_id="p2"), "/b")
    found = catalog.keywords.policies_matching(terms("学前教育"), search_filter=ALL)
    assert list(found) == ["p1"]
    assert found["p1"] > 0
    only = SearchFilter(policy_ids=frozenset({"p2"}))
    assert catalog.keywords.policies_matching(terms("科技金融"), search_filter=only).keys() == {"p2"}
    assert catalog.keywords.policies_matching((), search_filter=ALL) == {}
    catalog.remove_policy("p1")
    assert catalog.keywords.policies_matching(terms("学前教育"), search_filter=ALL) == {}


@pytest.mark.parametrize(
    ("name", "expected"), [("学前教育", {"p1"}), ("科技金融", {"p1", "p2"}), ("渔业", set()), ("，", set())]
)
def test_policies_that_name_a_thing(
    catalog: Catalog, make_policy: MakePolicy, name: str, expected: set[str]
) -> None:
    add(catalog, make_policy(LINES), "/a")
    add(catalog, make_policy(LINES[:1], policy_id="p2"), "/b")
    assert catalog.keywords.policies_naming(name) == expected


def test_new_content_under_the_same_path_replaces_the_policies(
    catalog: Catalog, make_policy: MakePolicy
) -> None:
    add(catalog, make_policy(LINES, units={0: "区财政局"}))
    gone = add(catalog, make_policy(["区林业局负责造林。"], policy_id="p2"))
    assert gone == catalog.vectors.unsettled() == ["p1"]
    assert [summary.policy_id for summary in catalog.policies()] == ["p2"]
    assert found(catalog, "专项资金") == []
    assert catalog.facts() == []
    with pytest.raises(UnknownClauseError):
        catalog.clause("p1.0")


def test_a_policy_stays_while_another_path_has_its_content(catalog: Catalog, make_policy: MakePolicy) -> None:
    policy = make_policy(LINES)
    add(catalog, policy, "/files/方案.txt")
    catalog.files.add("/files/副本.txt", policy.source_sha256)
    assert catalog.files.remove("/files/方案.txt") == []
    assert catalog.policy("p1").source == "副本.txt"
    assert catalog.files.remove("/files/副本.txt") == ["p1"]
    assert catalog.policies() == []


def test_a_removed_policy_makes_its_file_new_again(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES))
    catalog.remove_policy("p1")
    assert (catalog.policies(), catalog.files.all(), catalog.vectors.unsettled()) == ([], {}, ["p1"])


def test_a_failed_write_leaves_everything_as_it_was(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES))
    broken = make_policy(["一", "二"], policy_id="p2")
    twice = (broken.clauses[0], broken.clauses[0])
    with pytest.raises(Exception, match="UNIQUE"):
        add(catalog, replace(broken, clauses=twice))
    assert [summary.policy_id for summary in catalog.policies()] == ["p1"]
    assert found(catalog, "科技金融")[0] == "p1.0"


def test_another_connection_notices_the_change(
    catalog: Catalog, make_policy: MakePolicy, tmp_path: Path
) -> None:
    add(catalog, make_policy(LINES))
    with Catalog.open(tmp_path / "catalog.sqlite3") as other:
        assert other.clause("p1.0").text == LINES[0]
        assert other.keywords.document_frequency(["科技"]) == {"科技": 3}
        version = other.version()
        add(catalog, make_policy(["改过的科技方案。"]))
        assert other.version() > version
        assert other.clause("p1.0").text == "改过的科技方案。"
        assert other.keywords.document_frequency(["科技"]) == {"科技": 1}


def test_threads_share_a_catalog(catalog: Catalog, make_policy: MakePolicy) -> None:
    add(catalog, make_policy(LINES, units={0: "区财政局"}))
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(50):
                assert found(catalog, "科技金融")
                assert catalog.policy("p1").clauses
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(10):
        add(catalog, make_policy(LINES, policy_id="p2", sha256="other"), f"/files/{number}")
        catalog.files.remove(f"/files/{number}")
    for thread in threads:
        thread.join()
    assert not failures
