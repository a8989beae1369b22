"""From a question to ranked clauses."""

from collections.abc import Callable, Sequence

import pytest

from ingest.policy import Policy
from vectorstore.catalog import Catalog
from vectorstore.clause_retriever import ClauseRetriever
from vectorstore.context import context_of
from vectorstore.errors import EmbedderMismatchError
from vectorstore.rerankers.none import NoReranker
from vectorstore.retriever import Retriever
from vectorstore.search import Embedder, ScoredClause, SearchFilter, VectorStore

LINES = [
    ("heading", "科技金融"),
    "区财政局牵头设立科技金融专项资金。",
    "区教育局负责学前教育。",
    "对高新技术企业给予奖励。",
    "区林业局负责造林。",
]


class Backwards:
    """A reranker that turns the order round."""

    def rerank(self, question: str, candidates: Sequence[ScoredClause]) -> list[ScoredClause]:
        """The same clauses, worst first."""
        del question
        return list(reversed(candidates))


def fill(catalog: Catalog, store: VectorStore, embedder: Embedder, policy: Policy) -> None:
    title = policy.metadata.title
    vectors = embedder.embed_passages([context_of(clause, title) for clause in policy.clauses])
    store.add(policy.policy_id, [clause.clause_id for clause in policy.clauses], vectors)
    catalog.vectors.set_fingerprint(embedder.fingerprint)
    catalog.files.replace(f"/{policy.policy_id}", policy.source_sha256, [policy])


@pytest.fixture
def retriever(
    catalog: Catalog, memory_store: VectorStore, word_embedder: Embedder, make_policy: Callable[..., Policy]
) -> Retriever:
    fill(catalog, memory_store, word_embedder, make_policy(LINES))
    fill(catalog, memory_store, word_embedder, make_policy(["市科技局牵头科技金融。"], policy_id="p2"))
    return Retriever(catalog, catalog.keywords, memory_store, word_embedder, NoReranker())


def ids(found: Sequence[ScoredClause]) -> list[str]:
    return [each.clause.clause_id for each in found]


def test_the_clauses_that_answer_come_first(retriever: Retriever) -> None:
    found = retriever.retrieve("科技金融由谁牵头？", limit=3)
    assert set(ids(found)[:2]) == {"p1.1", "p2.0"}
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_heading_stands_behind_substance_and_can_be_found(retriever: Retriever) -> None:
    found = ids(retriever.retrieve("科技金融", limit=9))
    assert found.index("p1.0") > found.index("p1.1")


def test_no_more_than_the_limit(retriever: Retriever) -> None:
    assert len(retriever.retrieve("科技金融", limit=2)) == 2


def test_each_sentence_of_a_clause_is_compared_with_the_question(
    retriever: Retriever, catalog: Catalog, word_embedder: Embedder
) -> None:
    vectors = word_embedder.embed_passages(["区教育局负责学前教育。", "区林业局负责造林。"])
    catalog.sentences.replace("p1", {"p1.2": vectors})
    found = {each.clause.clause_id: each.sentences for each in retriever.retrieve("谁负责学前教育")}
    near, far = found["p1.2"]
    assert near > far
    assert found["p1.4"] == ()
    assert all(-1.001 < each < 1.001 for each in (near, far))


def test_only_policies_of_the_filter(retriever: Retriever) -> None:
    only = SearchFilter(policy_ids=frozenset({"p2"}))
    found = retriever.retrieve("学前教育", search_filter=only, fact_clause_ids=["p1.2"])
    assert ids(found) == ["p2.0"]


def test_extra_words_widen_the_search(retriever: Retriever) -> None:
    assert ids(retriever.retrieve("幼儿园谁管", limit=1, extra_words=["学前教育"])) == ["p1.2"]


def test_clauses_found_by_facts_move_up(retriever: Retriever) -> None:
    before = ids(retriever.retrieve("科技金融", limit=9)).index("p1.4")
    after = ids(retriever.retrieve("科技金融", limit=9, fact_clause_ids=["p1.4"])).index("p1.4")
    assert after < before


def test_vectors_of_policies_that_went_are_left_out(retriever: Retriever, catalog: Catalog) -> None:
    catalog.remove_policy("p2")
    assert not {each for each in ids(retriever.retrieve("科技金融", limit=9)) if each.startswith("p2")}


def test_the_reranker_has_the_last_word(
    retriever: Retriever, catalog: Catalog, memory_store: VectorStore, word_embedder: Embedder
) -> None:
    turned = Retriever(catalog, catalog.keywords, memory_store, word_embedder, Backwards())
    assert ids(turned.retrieve("科技金融", limit=9)) == ids(retriever.retrieve("科技金融", limit=9))[::-1]


def test_an_empty_catalog_finds_nothing_and_asks_no_model(
    catalog: Catalog, memory_store: VectorStore, word_embedder: Embedder
) -> None:
    empty = Retriever(catalog, catalog.keywords, memory_store, word_embedder, NoReranker())
    assert empty.retrieve("科技") == []


def test_another_model_is_refused_with_the_command_that_rebuilds(
    retriever: Retriever, catalog: Catalog, memory_store: VectorStore, make_embedder: Callable[..., Embedder]
) -> None:
    del retriever
    other = Retriever(catalog, catalog.keywords, memory_store, make_embedder("other"), NoReranker())
    with pytest.raises(EmbedderMismatchError, match=r"'words'.*'other'.*clausewise ingest --rebuild"):
        other.retrieve("科技金融")


def test_langchain_gets_documents_with_their_address(retriever: Retriever, catalog: Catalog) -> None:
    documents = ClauseRetriever(retriever=retriever, catalog=catalog, limit=2).invoke("学前教育由谁负责？")
    assert len(documents) == 2
    first = documents[0]
    assert (first.id, first.page_content) == ("p1.2", "区教育局负责学前教育。")
    assert first.metadata["policy_title"] == "澄湖区科技创新行动方案"
    assert first.metadata["locator"] == "第3段"
    text = catalog.policy("p1").text
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content
