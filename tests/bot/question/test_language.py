"""The tables by which questions are read: nothing stands twice, and every pattern has an example."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.question.landscape import Landscape
from bot.question.language import Language, load_language
from bot.question.translating import translated

DATA = Path(__file__).parents[3] / "bot" / "data"
TABLE: dict[str, Any] = tomllib.loads((DATA / "language.toml").read_text(encoding="utf-8"))
GROUPS: list[list[str]] = TABLE["synonyms"]["groups"]
OFFERS: dict[str, list[str]] = TABLE["offers"]


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


EVERYDAY = rows("everyday.tsv")


def twice(words: Iterable[str]) -> list[str]:
    """The words that stand there more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def test_no_word_stands_twice_in_its_list() -> None:
    lists = {
        "asking": TABLE["asking"],
        "general": TABLE["general"],
        **TABLE["general_by_kind"],
        **TABLE["roles"],
        **{f"{name} of offers": words for name, words in OFFERS.items()},
        "names of measures": [measure["name"] for measure in TABLE["measures"]],
        "names of cues": [cue["name"] for cue in TABLE["cues"]],
        **{f"group of {group[0]}": group for group in GROUPS},
        "everyday.tsv": [word for word, *_ in EVERYDAY],
        **{f"everyday word {row[0]}": row for row in EVERYDAY},
        "pinyin.tsv": [reading for reading, _ in rows("pinyin.tsv")],
        **{f"characters read {reading}": characters for reading, characters in rows("pinyin.tsv")},
    }
    assert {name: twice(words) for name, words in lists.items() if twice(words)} == {}


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("chatter.toml", ["words", "before", "behind"]),
        ("wording.toml", ["glue"]),
        ("proxy_headers.toml", ["patterns"]),
    ],
)
def test_no_word_stands_twice_in_the_other_tables(name: str, lists: list[str]) -> None:
    table = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    examples = [example["text"] for example in table.get("examples", ())]
    assert [twice(words) for words in (*(table[each] for each in lists), examples)] == [[]] * (len(lists) + 1)


def test_a_word_general_to_a_kind_is_not_general_anyway() -> None:
    # A word of the synonym table is a topic unless its kind says otherwise.
    synonyms = {word for group in (*GROUPS, *EVERYDAY) for word in group}
    anyway = ({*TABLE["asking"], *TABLE["general"]}) - synonyms
    needless = {kind: anyway & set(words) for kind, words in TABLE["general_by_kind"].items()}
    assert {kind: words for kind, words in needless.items() if words} == {}


def test_lists_of_words_hold_words_and_no_patterns() -> None:
    lists = [TABLE["asking"], TABLE["general"], *TABLE["general_by_kind"].values(), *TABLE["roles"].values()]
    assert [word for words in lists for word in words if set(word) & set("()[]|?*+\\^$.{}")] == []


def test_every_group_of_synonyms_says_what_no_other_group_says() -> None:
    for place, group in enumerate(GROUPS):
        others = GROUPS[:place] + GROUPS[place + 1 :]
        assert not any(set(group) <= set(other) for other in others), group


def test_an_everyday_word_leads_where_no_group_of_synonyms_does() -> None:
    for word, *official in EVERYDAY:
        assert official, word
        known = {other for group in GROUPS if word in group for other in group}
        assert not set(official) <= known, word


@pytest.mark.parametrize("words", TABLE["roles"].values(), ids=TABLE["roles"])
def test_no_word_of_a_role_hides_behind_one_that_it_begins_with(words: list[str]) -> None:
    hidden = [(first, word) for place, first in enumerate(words) for word in words[place + 1 :]
              if word.startswith(first)]  # fmt: skip
    assert hidden == []


def test_every_pattern_of_offers_finds_an_example_that_no_other_finds() -> None:
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in OFFERS["patterns"]]
    finders = [[each for each in patterns if each.search(example)] for example in OFFERS["examples"]]
    assert all(finders)
    assert {found[0] for found in finders if len(found) == 1} == set(patterns)


@pytest.mark.parametrize("table", TABLE["measures"], ids=lambda table: table["name"])
def test_an_example_of_a_measure_is_asked_for_by_it_and_shows_it(
    table: dict[str, Any], language: Language
) -> None:
    assert table["examples"]
    for example in table["examples"]:
        asked = {measure.name: measure for measure in language.measures_asked(example["text"])}
        assert asked[table["name"]].is_shown_in(example["shows"])
        assert not asked[table["name"]].is_shown_in("由相关单位负责")


@pytest.mark.parametrize("cue", TABLE["cues"], ids=lambda cue: cue["name"])
def test_an_example_of_a_cue_is_found_by_it_alone(cue: dict[str, Any], language: Language) -> None:
    assert cue["examples"]
    assert [language.cued_by(example) for example in cue["examples"]] == [tuple(cue["words"])] * len(
        cue["examples"]
    )


@pytest.mark.parametrize("english", TABLE["glossary"])
def test_an_english_term_is_found_in_a_question(english: str, language: Language) -> None:
    landscape = Landscape(policies=(), units=frozenset())
    asked = translated(f"what about the {english} there", landscape, language.glossary)
    assert asked == TABLE["glossary"][english]


def test_a_table_of_another_form_is_refused_with_what_to_do(tmp_path: Path) -> None:
    table = tmp_path / "language.toml"
    table.write_text(
        (DATA / "language.toml").read_text(encoding="utf-8").split("[offers]")[0]
        + '[offers]\nall = ["挂钩"]\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsError, match="expected a table like"):
        load_language(table)
