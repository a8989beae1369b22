"""The shipped reader as a network reads as it does as a graph."""

import math
from pathlib import Path

import pytest

from bot.reader.reading import Passage
from bot.reader.trained import TrainedReader, Words
from eval.reading.groups import Pair
from eval.reading.network import ReaderNetwork
from eval.reading.network_judge import judge_of
from eval.reading.shipped import shipped_network
from vectorstore.embedders.bundled import BundledEmbedder

PASSAGES = [
    Passage(title="汀岚市上云办法", headings=("二、补助",), text=text)
    for text in (
        "企业购买云服务的，按照合同金额的30%给予补助，最高不超过5万元。",
        "本办法自印发之日起施行，有效期三年。",
        "市工信局负责受理申请，10个工作日内办结。",
    )
]


@pytest.mark.parametrize("question", ["上云补助最高多少？", "几天办结？", "有效期几年？", "养猪补贴多少？"])
def test_training_goes_on_from_what_the_shipped_reader_knows(
    question: str, bundled: BundledEmbedder, network: ReaderNetwork
) -> None:
    shipped = TrainedReader(Words(encode=bundled.encode, table=bundled.word_table))
    pairs = [Pair(question=question, passage=each, answers=False) for each in PASSAGES]
    scores = [1 / (1 + math.exp(-score)) for score, _ in judge_of(network, bundled.encode)(question, pairs)]
    # The graph rounds what flows through it to 8 bits, the network does not.
    assert scores == pytest.approx([each.answers for each in shipped.read(question, PASSAGES)], abs=0.2)


@pytest.fixture(scope="module")
def network(bundled: BundledEmbedder, models_folder: Path) -> ReaderNetwork:
    return shipped_network(models_folder)
