"""The frameworks themselves, where the extra `peers` is installed; the model alone is a fake."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy
import pytest

from bot.answer import Question
from eval.benchmarks.peers.peer import ChineseTuning, SourceText
from eval.benchmarks.peers.systems import FRAMEWORKS, kind_of, tuning_of
from vectorstore.search import Vector, Vectors

pytest.importorskip("haystack", reason="needs what is compared with: pip install 'clausewise[peers]'")
pytest.importorskip("llama_index.core", reason="needs the extra peers")
pytest.importorskip("langchain_classic", reason="needs the extra peers")
# What the frameworks deprecate in one another is no business of ours.
pytestmark = pytest.mark.filterwarnings("ignore")

DAY = date(2024, 6, 1)
TEXT = "\n".join(
    f"第{place}条　{subject}按实际投入的一成给予补助，每家企业每年最高{place}万元；同一项目不重复享受。"
    for place, subject in enumerate(("厂房租金", "设备购置", "人才培训", "展会参展", "专利申请"), start=1)
)


class CharacterEmbedder:
    """A fake of the model: texts are near when they share characters."""

    fingerprint = "characters"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return numpy.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vector:
        counts = numpy.zeros(64, dtype=numpy.float32)
        for character in text:
            counts[hashlib.md5(character.encode()).digest()[0] % 64] += 1
        vector: Vector = counts / numpy.linalg.norm(counts)
        return vector


@pytest.fixture
def document() -> SourceText:
    return SourceText(file="办法.txt", path=Path("办法.txt"), sha256="a" * 64, text=TEXT)


@pytest.mark.parametrize("name", FRAMEWORKS)
@pytest.mark.parametrize("tuned", [False, True])
def test_passages_are_what_the_document_holds_at_their_offsets(
    name: str, tuned: bool, document: SourceText, tmp_path: Path
) -> None:
    tuning = ChineseTuning(chunk_characters=50, overlap_characters=0, keyword_weight=0.4) if tuned else None
    system = kind_of(FRAMEWORKS[name])(CharacterEmbedder(), tmp_path, tuning)
    system.index([document])
    found = system.search(Question(text="人才培训补助多少？", on=DAY), limit=10)
    assert found
    assert all(each.file == document.file for each in found)
    assert [each.text for each in found] == [TEXT[each.start : each.end] for each in found]


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_tuned_framework_finds_chinese_words(name: str, document: SourceText, tmp_path: Path) -> None:
    tuning = ChineseTuning(chunk_characters=50, overlap_characters=0, keyword_weight=0.4)
    system = kind_of(FRAMEWORKS[name])(CharacterEmbedder(), tmp_path, tuning)
    system.index([document])
    assert "人才培训" in system.search(Question(text="人才培训补助多少？", on=DAY), limit=10)[0].text


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_limit_holds(name: str, document: SourceText, tmp_path: Path) -> None:
    system = kind_of(FRAMEWORKS[name])(CharacterEmbedder(), tmp_path, tuning_of(FRAMEWORKS[name]))
    system.index([document])
    assert len(system.search(Question(text="补助", on=DAY), limit=1)) == 1
