"""The language of policy questions, loaded from data: bot/data/language.toml says what each part is for."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from ingest.policy import DutyRole

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
    kinds: Mapping[str, re.Pattern[str]]
    forms: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    cues: Mapping[re.Pattern[str], tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    terms: re.Pattern[str]  # one group: any word of the synonym table
    glossary: Mapping[str, str]

    def alternatives(self, word: str) -> tuple[str, ...]:
        """The word itself first, then the words documents use for it."""
        return self.synonyms.get(word, (word,))

    def cued_by(self, text: str) -> tuple[str, ...]:
        """How documents say what the question asks for."""
        return tuple(word for pattern, words in self.cues.items() if pattern.search(text) for word in words)

    def forms_asked(self, text: str) -> tuple[re.Pattern[str], ...]:
        """What an answer to the question must show: its measure, a date, materials."""
        return tuple(answered for asked, answered in self.forms if asked.search(text))

    def names_in(self, text: str) -> Iterable[str]:
        """Words of the synonym table standing in the text, longest first."""
        return (word for word in self.synonyms if word in text)


def load_language(path: Path | None = None) -> Language:
    """The packaged language table, or the one at the path."""
    try:
        return _language(_table(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, re.error) as error:
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
    synonyms = _synonyms(table["synonyms"]["groups"], _everyday())
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
        kinds={name: _any_of(patterns) for name, patterns in table["kinds"].items()},
        forms=tuple((re.compile(form["asked"]), re.compile(form["answered"])) for form in table["forms"]),
        cues={re.compile(pattern): tuple(words) for pattern, words in table["cues"].items()},
        synonyms=synonyms,
        terms=re.compile("(" + "|".join(map(re.escape, synonyms)) + ")"),
        glossary=dict(sorted(table["glossary"].items(), key=lambda entry: len(entry[0]), reverse=True)),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _everyday() -> Iterable[list[str]]:
    """Everyday words, each with what official texts say for it."""
    lines = resources.files("bot").joinpath("data/everyday.tsv").read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _synonyms(groups: Iterable[list[str]], everyday: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    # A word may stand in several groups; its alternatives are those of all of them.
    found: dict[str, list[str]] = {}
    # An official word is not what an everyday one means: 旅馆 asks for no 宾馆.
    for word, *official in everyday:
        found.setdefault(word, [word]).extend(official)
    for group in groups:
        for word in group:
            known = found.setdefault(word, [word])
            known.extend(other for other in group if other not in known)
    return {word: tuple(found[word]) for word in sorted(found, key=len, reverse=True)}
