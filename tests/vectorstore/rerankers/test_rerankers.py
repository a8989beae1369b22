"""The contract of Reranker, run on every reranker."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.policy import Policy
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.bundled_model import built_model
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.rerankers.cross_encoder import CrossEncoderReranker
from vectorstore.rerankers.none import NoReranker
from vectorstore.search import Reranker, ScoredClause


@pytest.fixture(scope="module")
def tiny_cross_encoder(
    bundled: BundledEmbedder, models_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A cross-encoder of random weights: what it scores means nothing, that it scores is real."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    del bundled
    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(str(built_model(models_folder)))
    config = BertConfig(
        vocab_size=250_037,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        pad_token_id=1,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder


@pytest.fixture(params=["none", "cross_encoder"])
def reranker(request: pytest.FixtureRequest) -> Reranker:
    if request.param == "none":
        return NoReranker()
    return CrossEncoderReranker(str(request.getfixturevalue("tiny_cross_encoder")))


@pytest.mark.filterwarnings("ignore")
def test_the_same_clauses_come_back_best_first(
    reranker: Reranker, make_policy: Callable[..., Policy]
) -> None:
    clauses = make_policy(["区财政局牵头。", "区教育局负责学前教育。", "附则。"]).clauses
    candidates = [ScoredClause(clause=clause, score=1 / (1 + clause.position)) for clause in clauses]
    ranked = reranker.rerank("谁牵头？", candidates)
    assert {each.clause.clause_id for each in ranked} == {clause.clause_id for clause in clauses}
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert reranker.rerank("谁牵头？", []) == []


@pytest.mark.filterwarnings("ignore")
def test_a_model_that_cannot_be_loaded_is_named(
    tmp_path: Path, make_policy: Callable[..., Policy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    candidate = ScoredClause(clause=make_policy(["文"]).clauses[0], score=1)
    with pytest.raises(EmbedderUnavailableError, match="CLAUSEWISE_RERANKER__MODEL"):
        CrossEncoderReranker(str(tmp_path / "no-model")).rerank("谁牵头？", [candidate])
