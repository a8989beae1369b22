"""Sentences of clauses, and their vectors in the catalog."""

from collections.abc import Callable

import numpy

from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.sentences import sentence_spans


def texts(policy: Policy) -> list[str]:
    clause = policy.clauses[0]
    return [clause.text[start - clause.start : end - clause.start] for start, end in sentence_spans(clause)]


def test_a_sentence_takes_the_bracket_of_its_units_along(make_policy: Callable[..., Policy]) -> None:
    policy = make_policy(["设立专项资金。（区财政局牵头，区科技局配合）加强宣传！\n其余另行规定"])
    assert texts(policy) == ["设立专项资金。（区财政局牵头，区科技局配合）", "加强宣传！", "其余另行规定"]


def test_a_row_is_one_sentence(make_policy: Callable[..., Policy]) -> None:
    assert texts(make_policy([("row", "研发经费；占比。2.5%")])) == ["研发经费；占比。2.5%"]


def test_vectors_come_back_by_clause_and_go_with_the_policy(catalog: Catalog) -> None:
    vectors = numpy.array([[0.6, 0.8], [1.0, 0.0]], dtype=numpy.float32)
    catalog.sentences.replace("p1", {"p1.0": vectors, "p1.1": vectors[:1], "p1.2": vectors[:0]})
    found = catalog.sentences.of(["p1.0", "p1.1", "p1.2", "p9.0"])
    assert found.keys() == {"p1.0", "p1.1"}
    assert numpy.allclose(found["p1.0"], vectors, atol=1e-3)
    catalog.sentences.replace("p1", {})
    assert catalog.sentences.of(["p1.0", "p1.1"]) == {}
