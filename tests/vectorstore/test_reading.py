"""What is read together with a clause."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.policy import Clause, Policy
from vectorstore.reading import read_together


@pytest.fixture
def clauses(make_policy: Callable[..., Policy]) -> list[Clause]:
    policy = make_policy(
        [
            ("heading", "第一章 总则"),
            ("article", "第一条 有下列情形之一的，给予补助："),
            ("item", "（一）新办企业；"),
            ("item", "（二）迁入企业。"),
            ("article", "本条所称新办，指登记不满一年。"),
            ("article", "第二条 由区财政局负责。"),
        ]
    )
    above = [None, "p1.0", "p1.1", "p1.1", "p1.1", "p1.0"]
    return [replace(clause, parent_id=parent) for clause, parent in zip(policy.clauses, above, strict=True)]


def ids(found: list[Clause]) -> list[str]:
    return [clause.clause_id for clause in found]


@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_a_part_is_read_with_its_whole_article(clauses: list[Clause], position: int) -> None:
    assert ids(read_together(clauses[position], clauses)) == ["p1.1", "p1.2", "p1.3", "p1.4"]


@pytest.mark.parametrize("position", [0, 5])
def test_what_has_no_parts_and_a_heading_stand_alone(clauses: list[Clause], position: int) -> None:
    assert ids(read_together(clauses[position], clauses)) == [f"p1.{position}"]


def test_of_a_long_article_only_what_leads_to_the_clause(clauses: list[Clause]) -> None:
    clauses[3] = replace(clauses[3], text="长" * 1_300)
    assert ids(read_together(clauses[2], clauses)) == ["p1.1", "p1.2"]
