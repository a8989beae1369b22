from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.cleaning import clean
from ingest.facts import extract
from ingest.gazette import split
from ingest.input_files import read_file
from ingest.outline import outline
from ingest.policy import Clause, Fact

MakeClause = Callable[..., Clause]


def test_facts_come_in_the_order_of_the_text_with_ids_of_their_policy(make_clause: MakeClause) -> None:
    clause = make_clause(
        "整治管网。2024年12月底前完成排查。(区水务局牵头)对优秀企业补助3万元。(区财政局负责)"
    )
    facts = extract((clause,), "abc")
    assert [fact.fact_id for fact in facts] == [f"abc.f{number}" for number in range(len(facts))]
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)
    assert {fact.kind for fact in facts} == {"duty", "deadline", "benefit"}


def facts_of(corpus: Path, number: str) -> tuple[list[Fact], list[str], list[tuple[Clause, ...]]]:
    (path,) = (corpus / "corpus" / "seeds").glob(f"{number}_*.txt")
    document = read_file(path)
    facts: list[Fact] = []
    texts: list[str] = []
    outlines: list[tuple[Clause, ...]] = []
    for text in split(clean(document), document.name):
        clauses = outline(text.text, policy_id=f"p{len(texts)}")
        facts += extract(clauses, f"p{len(texts)}")
        texts.append(text.text)
        outlines.append(clauses)
    return facts, texts, outlines


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_fact_of_a_seed_stands_in_its_clause_as_printed(corpus: Path, number: str) -> None:
    facts, texts, outlines = facts_of(corpus, number)
    clauses = {clause.clause_id: clause for clauses in outlines for clause in clauses}
    assert facts
    for fact in facts:
        clause = clauses[fact.clause_id]
        assert clause.start <= fact.start < fact.end <= clause.end
        text = texts[int(fact.policy_id[1:])]
        for field in fact.fields:
            if field.start is not None and field.end is not None:
                assert "".join(text[field.start : field.end].split()) == "".join(field.value.split())


@pytest.mark.parametrize(
    ("number", "kind", "count"),
    [
        # Counted by eye in the documents.
        ("000", "member", 21),
        ("001", "benefit", 0),
        ("002", "benefit", 5),
        ("003", "member", 17),
        ("004", "benefit", 2),
    ],
)
def test_the_seeds_give_as_many_facts_as_a_reader_counts(
    corpus: Path, number: str, kind: str, count: int
) -> None:
    facts, _, _ = facts_of(corpus, number)
    assert sum(fact.kind == kind for fact in facts) == count
