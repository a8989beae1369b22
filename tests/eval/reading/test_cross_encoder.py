"""The reader as a folder that sentence-transformers loads in a process of its own."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from bot.reader.reading import Passage
from eval.reading.cross_encoder import write_cross_encoder
from eval.reading.cross_encoder_head import clause_of
from eval.reading.groups import Pair
from eval.reading.network_judge import judge_of
from eval.reading.shipped import shipped_network
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.bundled_model import built_model

QUESTION = "购买云服务最高补助多少？"
PASSAGES = [
    Passage(title="汀岚市上云办法", headings=("二、补助",), text="购买云服务的，最高补助5万元。"),
    Passage(title="汀岚市上云办法", headings=("三、附则",), text="本办法自印发之日起施行。"),
]
READ = """
import json, sys
from sentence_transformers import CrossEncoder
reader = CrossEncoder(sys.argv[1], trust_remote_code=True, local_files_only=True, device="cpu")
pairs = json.loads(sys.argv[2])
ranked = [each["corpus_id"] for each in reader.rank(pairs[0][0], [clause for _, clause in pairs])]
print(json.dumps([reader.predict(pairs).tolist(), ranked]))
"""


def test_the_folder_scores_as_the_reader_does(
    tmp_path: Path, bundled: BundledEmbedder, models_folder: Path
) -> None:
    network = shipped_network(models_folder)
    write_cross_encoder(network, built_model(models_folder), tmp_path / "reader")

    pairs = [(QUESTION, f"《{each.title}》 {each.headings[0]}</s>{each.text}") for each in PASSAGES]
    found = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path / "reader"), json.dumps(pairs)],
        env={**os.environ, "HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    asked = [Pair(question=QUESTION, passage=each, answers=False) for each in PASSAGES]
    scores = [1 / (1 + math.exp(-score)) for score, _ in judge_of(network, bundled.encode)(QUESTION, asked)]
    predicted, ranked = json.loads(found.stdout.splitlines()[-1])
    assert predicted == pytest.approx(scores, abs=1e-3)
    assert scores[0] > scores[1]
    assert ranked == [0, 1]
    assert "newly initialized" not in found.stderr


def test_the_clause_stands_between_the_last_two_marks() -> None:
    # <s> 7 8 </s></s> 9 </s> 5 6 </s>, then <s> 7 </s></s> 5 6 7 </s> and padding.
    ids = torch.tensor([[0, 7, 8, 2, 2, 9, 2, 5, 6, 2], [0, 7, 2, 2, 5, 6, 7, 2, 1, 1]])
    mask = (ids != 1).to(torch.int64)
    assert clause_of(ids, mask).tolist() == [
        [0, 0, 0, 0, 0, 0, 0, 1, 1, 0],
        [0, 0, 0, 0, 1, 1, 1, 0, 0, 0],
    ]
