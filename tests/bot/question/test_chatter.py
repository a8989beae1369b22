"""Greetings, thanks and other chatter are told from questions by the words of a table."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from bot.question.chatter import load_chatter
from bot.question.simplified import simplified

TABLE = tomllib.loads(Path("bot/data/chatter.toml").read_text(encoding="utf-8"))
CHATTER = load_chatter()


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda each: each["text"])
def test_every_example_of_the_table_holds(example: dict[str, object]) -> None:
    assert CHATTER.is_all_of(simplified(str(example["text"]))) is example["finds"]


@pytest.mark.parametrize("word", TABLE["words"])
def test_every_word_of_the_table_asks_nothing(word: str) -> None:
    assert CHATTER.is_all_of(f"{word}！{word}")


@pytest.mark.parametrize("texts", TABLE["same"])
def test_courtesy_makes_no_other_question(texts: list[str]) -> None:
    assert len({CHATTER.without_courtesy(text) for text in texts}) == 1


@pytest.mark.parametrize("texts", TABLE["different"])
def test_other_questions_stay_others(texts: list[str]) -> None:
    assert all(
        CHATTER.without_courtesy(one) != CHATTER.without_courtesy(other)
        for one, other in combinations(texts, 2)
    )
