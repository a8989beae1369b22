"""What the name of a public body says: its place, its level, its subjects and what kind of body it is.

The spellings come from ingest/data/units.toml, which names its sources.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEVELS = "省市区县州旗盟镇乡"
_BLANK = re.compile(r"\s+")
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
_GRADE = re.compile(
    r"^(?:省、自治区、直辖市|[省市县区乡镇]级|[省市县区](?:[、和][省市县区])+(?:（[^（）]*）|\([^()]*\))?|[省市县区]（[^（）]*）|[省市县区]\([^()]*\)|地方|各级|以上|本级|国家|国务院|中共|中国共产党)+"
)
_GOVERNMENT = re.compile(r"人民政府|政府")
_CONNECTOR = re.compile(r"[和与及、]")
_INNER_UNIT = re.compile(r"(?<=[局委办])(?=[一-龥]{3,})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The spellings of units.toml, ready to look up."""

    subjects: dict[str, frozenset[str]]  # spelling → the subjects it means
    endings: dict[str, str]  # ending → the kind of body
    places: dict[str, str]  # spelling of a kind of zone → its full name
    boundaries: tuple[str, ...]
    continued: dict[str, frozenset[str]]
    subject_pattern: re.Pattern[str]
    ending_pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A name taken apart; two names may mean the same body when their parts agree."""

    kind: str  # department, office, ministry, government …; empty where the name has no ending
    level: str  # 省, 市, 区, 县 …; empty where the name tells none
    place: str
    subjects: frozenset[str]
    rest: str  # what of the name is no known subject

    @property
    def known(self) -> bool:
        """Whether the name is of a kind or subject that the vocabulary knows."""
        return bool(self.kind or self.subjects)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of units.toml, read once."""
    data = tomllib.loads((files("ingest") / "data" / "units.toml").read_text(encoding="utf-8"))
    subjects = {
        spelling: frozenset(subject.split("+"))
        for subject, spellings in data["subjects"].items()
        for spelling in spellings
    }
    endings = {ending: kind for kind, spellings in data["endings"].items() for ending in spellings}
    return Vocabulary(
        subjects=subjects,
        endings=endings,
        places={spelling: full for full, spellings in data["places"].items() for spelling in spellings},
        boundaries=tuple(data["boundaries"]["words"]),
        continued={ending: frozenset(marks) for ending, marks in data["continued"].items()},
        subject_pattern=_any_of(subjects),
        ending_pattern=_any_of(endings),
    )


def _any_of(words: dict[str, object] | dict[str, str] | dict[str, frozenset[str]]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def read_unit_name(printed: str) -> UnitName:
    """The parts of a name; brackets and blanks in it do not count."""
    words = vocabulary()
    name = _GRADE.sub("", _BRACKET.sub("", _BLANK.sub("", printed)))
    ending = _ending_of(name)
    kind = words.endings.get(ending, "")
    core = name[: len(name) - len(ending)]
    if kind == "zone_itself":
        kind, core = "zone", name
    place = level = ""
    if kind != "zone":
        place, level, core = _split_place(core.removeprefix("各"), bool(ending))
    subjects, rest = _split_subjects(_GOVERNMENT.sub("|", core))
    rest = rest.replace("|", "").removeprefix("委") if subjects else rest.replace("|", "政府")
    for spelling in sorted(words.places, key=len, reverse=True):
        if spelling in rest:
            rest = rest.replace(spelling, words.places[spelling])
            break
    return UnitName(kind=kind, level=level, place=place, subjects=subjects, rest=rest)


def variants(printed: str) -> tuple[str, ...]:
    """The names that one printed name joins: 甲委（乙局）, or two bodies that share one office."""
    inner = _BRACKET.findall(printed)
    outer = _BRACKET.sub("", printed)
    split = [
        part
        for match in _INNER_UNIT.finditer(outer)
        for part in (outer[: match.start()], outer[match.start() :])
        if read_unit_name(outer[: match.start()]).subjects and read_unit_name(outer[match.start() :]).kind
    ]
    return tuple(name for name in dict.fromkeys((outer, *inner, *split)) if name)


def _ending_of(name: str) -> str:
    fitting = [ending for ending in vocabulary().endings if name.endswith(ending)]
    # The longest ending may swallow a subject (行政部门, 管理委员会), so a known subject before it wins.
    for ending in sorted(fitting, key=len):
        core = name[: len(name) - len(ending)]
        if core and _ends_with_subject(core) and not _ends_with_subject(core + ending[:1]):
            longer = [other for other in fitting if len(other) > len(ending)]
            if not any(_ends_with_subject(name[: len(name) - len(other)]) for other in longer):
                return ending
    return max(fitting, key=len, default="")


def _ends_with_subject(core: str) -> bool:
    return any(core.endswith(spelling) for spelling in vocabulary().subjects if len(spelling) > 1)


def _begins_with_subject(core: str) -> bool:
    match = vocabulary().subject_pattern.match(core)
    return match is not None and (len(match.group()) > 1 or match.end() == len(core))


def _split_place(core: str, has_ending: bool) -> tuple[str, str, str]:
    for index in range(min(len(core) - 1, 9), 0, -1):
        after = core[index + 1 :]
        if (
            core[index] in LEVELS
            and index > 1
            and (not after or after[0] == "委" or _begins_with_subject(after))
        ):
            return core[:index], core[index], after
    if core and core[0] in LEVELS and has_ending and not _begins_with_subject(core):
        return "", core[0], core[1:]
    return "", "", core


def _split_subjects(core: str) -> tuple[frozenset[str], str]:
    subjects: set[str] = set()
    rest = ""
    position = 0
    pattern = vocabulary().subject_pattern
    while position < len(core):
        match = pattern.match(core, position)
        # A single character is a subject only where nothing else is left: 编, 纪, 残.
        if (
            match
            and (len(match.group()) > 1 or not rest.strip("委"))
            and (len(match.group()) > 1 or match.end() == len(core))
        ):
            subjects |= vocabulary().subjects[match.group()]
            position = match.end()
        else:
            rest += core[position]
            position += 1
    if subjects:
        rest = _CONNECTOR.sub("", rest)
    return frozenset(subjects), rest
