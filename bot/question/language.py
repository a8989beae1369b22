"""The language of policy questions, loaded from data: bot/data/language.toml says what each part is for."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.question.measures import Measure, measure_from
from ingest.policy import DutyRole

# Cuts a text into words, nothing left out.
Words = Callable[[str], Sequence[str]]
ROLE_NAMES: Mapping[str, DutyRole] = {
    "lead": "牵头",
    "support": "配合",
    "responsible": "责任",
    "joint": "联合",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Words and patterns by which a question is understood."""

    asking: frozenset[str]
    asking_phrases: re.Pattern[str]
    general: frozenset[str]
    general_by_kind: Mapping[str, frozenset[str]]
    roles: Mapping[DutyRole, re.Pattern[str]]
    any_role: re.Pattern[str]
    offers: re.Pattern[str]  # asks for everything that is offered
    measures: tuple[Measure, ...]
    cues: Mapping[re.Pattern[str], tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    terms: re.Pattern[str]  # one group: any word of the synonym table
    everyday: frozenset[str]  # those of them that official texts do not use
    glossary: Mapping[str, str]

    def alternatives(self, word: str) -> tuple[str, ...]:
        """The word itself first, then the words documents use for it."""
        return self.synonyms.get(word, (word,))

    def cued_by(self, text: str) -> tuple[str, ...]:
        """How documents say what the question asks for."""
        return tuple(word for pattern, words in self.cues.items() if pattern.search(text) for word in words)

    def measures_asked(self, text: str) -> tuple[Measure, ...]:
        """The measures that the question asks for."""
        return tuple(measure for measure in self.measures if measure.asked.search(text))

    def names_in(self, text: str, words: Words) -> Iterable[str]:
        """Words of the synonym table standing in the text, longest first; `words` cuts it into words."""
        ends = _ends(words(text))
        return (
            name
            for name in self.synonyms
            if name in text and (name not in self.everyday or _stands_in(name, text, ends))
        )

    def words_of(self, text: str, words: Words) -> list[str]:
        """The words of the text; those of the synonym table stay whole."""
        return [
            word for piece, whole in self.pieces(text, words) for word in ([piece] if whole else words(piece))
        ]

    def pieces(self, text: str, words: Words) -> list[tuple[str, bool]]:
        """The text cut at words of the synonym table, each piece with whether it is one.

        An everyday word counts only where it begins and ends with words: there is no 大专 in 重大专项资金.
        """
        ends = _ends(words(text))
        found: list[tuple[str, bool]] = []
        cut = at = 0
        while match := self.terms.search(text, at):
            start, end = match.span()
            if match.group() in self.everyday and not {start, end} <= ends:
                at = start + 1
                continue
            found.extend([(text[cut:start], False)] if start > cut else [])
            found.append((match.group(), True))
            cut = at = end
        return [*found, *([(text[cut:], False)] if cut < len(text) else [])]


def _ends(words: Sequence[str]) -> set[int]:
    """The offsets at which a word begins or ends."""
    return set(accumulate(map(len, words), initial=0))


def _stands_in(name: str, text: str, ends: set[int]) -> bool:
    return any({found.start(), found.end()} <= ends for found in re.finditer(re.escape(name), text))


def load_language(path: Path | None = None) -> Language:
    """The packaged language table, or the one at the path; everyday words are always the packaged ones."""
    try:
        return _language(_table(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        found = f"no key {error}" if isinstance(error, KeyError) else str(error)
        raise SettingsError(
            f"CLAUSEWISE_LANGUAGE: {path}: expected a table like bot/data/language.toml, found: {found}; "
            "correct or unset it"
        ) from error


def _table(path: Path | None) -> dict[str, Any]:
    packaged = resources.files("bot").joinpath("data/language.toml")
    return tomllib.loads(path.read_text("utf-8") if path else packaged.read_text("utf-8"))


def _language(table: dict[str, Any]) -> Language:
    phrases = sorted((word for word in table["asking"] if len(word) > 1), key=len, reverse=True)
    groups, everyday = table["synonyms"]["groups"], _everyday()
    synonyms = _synonyms(groups, everyday)
    official = {word for group in groups for word in group}
    return Language(
        asking=frozenset(table["asking"]),
        asking_phrases=_any_of(re.escape(word) for word in phrases if len(word) > 2),
        general=frozenset(table["general"]),
        general_by_kind={kind: frozenset(words) for kind, words in table["general_by_kind"].items()},
        roles={
            role: _any_of(re.escape(word) for word in table["roles"][name])
            for name, role in ROLE_NAMES.items()
        },
        any_role=_any_of(re.escape(word) for word in table["roles"]["any"]),
        offers=_any_of(table["offers"]["patterns"]),
        measures=tuple(map(measure_from, table["measures"])),
        cues={re.compile(cue["asked"]): tuple(cue["words"]) for cue in table["cues"]},
        synonyms=synonyms,
        terms=re.compile("(" + "|".join(map(re.escape, synonyms)) + ")"),
        everyday=frozenset(word for word, *_ in everyday) - official,
        glossary=dict(sorted(table["glossary"].items(), key=lambda entry: len(entry[0]), reverse=True)),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _everyday() -> list[list[str]]:
    """Everyday words, each with what official texts say for it."""
    lines = resources.files("bot").joinpath("data/everyday.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def _synonyms(groups: Iterable[list[str]], everyday: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    # One way only: 宾馆 asks for 旅馆, but an official word for no everyday one.
    for word, *official in everyday:
        found.setdefault(word, [word]).extend(official)
    # A word may stand in several groups; its alternatives are those of all of them.
    for group in groups:
        for word in group:
            known = found.setdefault(word, [word])
            known.extend(other for other in group if other not in known)
    return {word: tuple(found[word]) for word in sorted(found, key=len, reverse=True)}
