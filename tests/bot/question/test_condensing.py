"""What is read of long questions; whatever is not read stands in the answer's `question` all the same."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.condensing import (
    LONGEST,
    LONGEST_HISTORY,
    LONGEST_TOGETHER,
    condensed,
    condensed_history,
    joined,
)

_SETS = Path(__file__).parents[3] / "eval" / "sets"
_STORY = "我们公司去年搬到了新的厂房，" + "".join(f"第{place}台设备已经装好了，" for place in range(40))
_TALK = "".join(f"另外我想说说第{place}件事情，" for place in range(40))


@pytest.mark.parametrize("name", ["samples", "gate", "seeds"])
def test_the_questions_that_people_ask_are_read_as_they_stand(name: str) -> None:
    for line in (_SETS / f"{name}.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        history = tuple(case.get("history") or ())
        assert condensed(case["question"]) == case["question"]
        assert condensed_history(history) == history
        together = " ".join((*history, case["question"]))
        assert joined(" ".join(history), case["question"]) == (together if history else " " + together)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        (_STORY + "企业技术改造补助多少？", "第", "企业技术改造补助多少？"),
        ("企业技术改造补助多少？" + _TALK, "企业技术改造补助多少？", "，"),
        (
            _STORY + "按照《栖湖区技改办法》，" + _TALK + "补助多少？",
            "按照《栖湖区技改办法》，",
            "补助多少？",
        ),
        ("补助，" * 200 + "谁牵头？", "补助，", "谁牵头？"),
        ("好" * 300 + "谁牵头", "好", "谁牵头"),
        ("Our firm moved last year, " + "x" * 200 + ". Which unit leads?", "Our firm", "leads?"),
    ],
)
def test_of_a_long_question_what_asks_and_what_stands_nearest_is_read(
    text: str, begins: str, ends: str
) -> None:
    read = condensed(text)
    assert read.startswith(begins) and read.endswith(ends) and len(read) <= LONGEST


def test_what_leads_up_to_a_question_is_read_before_what_follows_it() -> None:
    read = condensed(_STORY + "补助多少？" + _TALK)
    assert "第39台设备已经装好了，补助多少？另外我想说说第0件事情" in read


def test_the_latest_of_the_earlier_questions_are_read() -> None:
    history = tuple(f"第{place}个项目由哪个单位牵头？" for place in range(100))
    read = condensed_history(history)
    assert read == history[-len(read) :] and LONGEST_HISTORY - 20 < sum(map(len, read)) <= LONGEST_HISTORY


def test_of_a_long_earlier_question_its_asking_is_left() -> None:
    (read,) = condensed_history((_STORY + "企业技术改造补助多少？",))
    assert read.endswith("企业技术改造补助多少？") and len(read) <= LONGEST


@given(st.text(), st.lists(st.text(), max_size=30))
def test_no_text_is_read_beyond_the_bounds(text: str, history: list[str]) -> None:
    assert len(condensed(text * 50)) <= LONGEST or condensed(text * 50) == text * 50
    assert sum(map(len, condensed_history([text, *history] * 9))) <= LONGEST_HISTORY
    assert len(joined(text * 99, "谁？")) <= LONGEST_TOGETHER


def test_signs_that_stand_for_many_characters_count_as_many() -> None:
    assert len(condensed("ﷺ" * 100)) <= LONGEST
