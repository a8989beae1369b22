"""Any model of sentence-transformers."""

from pathlib import Path

import pytest

from vectorstore.embedders.sentence_transformer import SentenceTransformerEmbedder
from vectorstore.errors import EmbedderUnavailableError


def test_the_fingerprint_tells_models_and_prompts_apart() -> None:
    makes = [
        SentenceTransformerEmbedder("a"),
        SentenceTransformerEmbedder("b"),
        SentenceTransformerEmbedder("a", query_prompt="q: "),
        SentenceTransformerEmbedder("a", passage_prompt="q: "),
    ]
    assert len({embedder.fingerprint for embedder in makes}) == 4


@pytest.mark.filterwarnings("ignore")
def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    embedder = SentenceTransformerEmbedder(str(tmp_path / "no-model"))
    with pytest.raises(EmbedderUnavailableError, match=r"no-model.*CLAUSEWISE_EMBEDDER__MODEL"):
        embedder.embed_query("谁牵头？")
