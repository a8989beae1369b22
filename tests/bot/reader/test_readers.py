"""What every reader keeps to, and what the trained one must know."""

import json
import shutil
from pathlib import Path

import pytest

from bot.errors import ReaderUnavailableError
from bot.reader.calibration import load_calibrations
from bot.reader.lexical import LexicalReader
from bot.reader.reading import Passage, Reader
from bot.reader.trained import GRAPH_NAME, MODEL, TrainedReader, Words, fault_in_model
from bot.settings import Settings
from bot.wiring import open_judge
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.segmentation import tokens

TITLE = "汀岚市促进软件产业发展若干措施"
FEES = "对租用办公用房的软件企业，三年内按租金的50%给予补贴，每年最高60万元。"
SETTLING = "对新落户的软件企业，按实缴注册资本的5%给予奖励，最高200万元。"
LAST = "本措施由市工业和信息化局负责解释，自2024年5月1日起施行。"
PASSAGES = [
    Passage(title=TITLE, headings=("一、支持落户",), text=SETTLING),
    Passage(title=TITLE, headings=("二、支持用房",), text=FEES),
    Passage(title=TITLE, headings=("三、附则",), text=LAST),
]


@pytest.fixture(scope="module")
def trained(bundled: BundledEmbedder) -> TrainedReader:
    return TrainedReader(Words(encode=bundled.encode, table=bundled.word_table))


@pytest.fixture(params=["trained", "lexical"])
def reader(request: pytest.FixtureRequest, trained: TrainedReader) -> Reader:
    return trained if request.param == "trained" else LexicalReader(tokens)


def test_a_reading_is_a_share_and_a_span_of_the_passage(reader: Reader) -> None:
    readings = reader.read("办公用房的租金补贴多少？", PASSAGES)
    assert len(readings) == len(PASSAGES)
    for reading, passage in zip(readings, PASSAGES, strict=True):
        assert 0 <= reading.answers <= 1
        assert 0 <= reading.start <= reading.end <= len(passage.text)


def test_no_passage_gives_no_reading(reader: Reader) -> None:
    assert reader.read("补贴多少？", []) == []


def test_a_reading_does_not_depend_on_what_is_read_beside_it(reader: Reader) -> None:
    together = reader.read("办公用房的租金补贴多少？", PASSAGES)
    alone = [reader.read("办公用房的租金补贴多少？", [passage])[0] for passage in PASSAGES]
    assert together == alone


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("租房子办公，一年最多能补多少？", 1),
        ("软件公司落户奖励上限是多少？", 0),
        ("这个措施归哪个单位解释？", 2),
    ],
)
def test_the_trained_reader_finds_the_clause_that_answers(
    trained: TrainedReader, question: str, place: int
) -> None:
    readings = trained.read(question, PASSAGES)
    assert max(range(len(readings)), key=lambda each: readings[each].answers) == place


def test_a_model_that_is_not_whole_is_told_and_lexical_reading_takes_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "model"
    shutil.copytree(MODEL, broken)
    (broken / GRAPH_NAME).write_bytes(b"no model")
    fault = fault_in_model(broken)
    assert fault is not None
    assert "expected sha256" in fault
    words = Words(encode=lambda texts: pytest.fail("not needed"), table=lambda: pytest.fail("not needed"))
    with pytest.raises(ReaderUnavailableError, match="CLAUSEWISE_READER=lexical"):
        TrainedReader(words, folder=broken).read("补贴多少？", PASSAGES)
    assert fault_in_model(tmp_path / "nowhere") is not None


def test_the_shipped_model_is_whole_and_calibrated() -> None:
    assert fault_in_model() is None
    assert (MODEL / GRAPH_NAME).stat().st_size < 16_000_000
    name = json.loads((MODEL / "reader.json").read_text())["name"]
    assert name in {each.reader for each in load_calibrations().readers}
    assert open_judge(Settings()).calibration.reader == name


def test_the_lexical_reader_can_be_chosen() -> None:
    assert open_judge(Settings(reader="lexical")).calibration.reader == "lexical"
