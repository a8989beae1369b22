from collections.abc import Sequence

import pytest

from bot.question.pinyin import named_in_latin, of_same_sound
from bot.question.spelling import Correction, corrected, corrections
from vectorstore.segmentation import tokens

CORPUS = "加强科技金融服务。完善科技人才评价激励机制。吸纳技术合同成交额。由区税务局配合。政策执行期限。"


def slips(question: str, names: Sequence[str] = ()) -> tuple[Correction, ...]:
    return corrections(
        question,
        words=tokens,
        frequencies=lambda words: {word: int(word in CORPUS) for word in words},
        known=lambda word: word in ("由谁", "牵头", "谁", "由", "多少"),
        names=lambda text: names,
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [("科技金蓉由谁牵头", "科技金融由谁牵头"), ("技术合同成焦额多少", "技术合同成交额多少")],
)
def test_a_slip_of_the_same_sound_is_read_through(typed: str, read: str) -> None:
    assert corrected(typed, slips(typed)) == read


def test_a_word_that_sounds_otherwise_stays_as_typed() -> None:
    assert slips("科技金针由谁牵头") == ()


def test_a_reading_that_mends_no_word_is_chance() -> None:
    """补 is no slip for 不, though the documents print 一次性不 somewhere."""

    def read(printed: str) -> tuple[Correction, ...]:
        return corrections(
            "一次性补",
            words=tokens,
            frequencies=lambda words: {word: int(word in printed) for word in words},
            known=lambda word: word in ("一次性", "不"),
            names=lambda _text: (),
        )

    assert read("一次性不予补助。") == ()


def test_the_name_of_a_unit_stays_as_typed() -> None:
    assert slips("由区水务局配合", names=["区水务局"]) == ()


def test_a_word_that_asks_is_no_slip() -> None:
    assert slips("政策执行几年") == ()


def test_readings_tell_which_characters_sound_alike() -> None:
    assert "蓉" in of_same_sound("融")
    assert "针" not in of_same_sound("融")


def test_a_place_is_found_in_latin_letters() -> None:
    assert named_in_latin("栖湖", "What does Qihu District pay?") == "Qihu"
    assert named_in_latin("栖湖", "What does Beihu District pay?") is None
