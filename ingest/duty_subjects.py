"""Who a stretch of running text charges with a task: the bodies at its beginning and what follows them.

The words come from ingest/data/duty_language.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from ingest.responsibility import split_units
from ingest.sentences import Span
from ingest.unit_names import read_unit_name, vocabulary

Manner = Literal["lead", "together", "support", "responsible", "verb", "is"]
_MANNERS: tuple[Manner, ...] = ("lead", "together", "support", "responsible", "verb", "is")
_ROLES = frozenset({"lead", "together", "support", "responsible"})
_WITHIN = 160
_FARTHEST_ENDING = 6
_SHORTEST_NAME = 2
_LONGEST_NAME = 30
_MOST_ADVERBS = 6
_BEHIND = re.compile(
    r"(?:[（(](?:以下|下同|下称)[^（）()]{1,40}[)）])?"
    r"(?P<plural>等(?:政府)?(?:有关|相关|多个?|各)?(?:行政|职能)?(?:主管|管理)?(?:部门|单位|机构|方面))?"
)
_BRACKET = re.compile(r"[（(][^（）()，。；]{1,14}[)）]")
_NO_NAME = re.compile(
    r"(?:要求|请|一些|部分|有的|个别|你|需|其他|必要时|可|商(?!务)|经(?![济信开])|向|对(?!外)|将|为|把|被|在|到|报|给|按|凭|据|从"
    r"|自(?!然|贸)|以|于|与|和|及|未|不|非|若|如|因|至|让|使|除|含|是|有|该类|上述|符合|通过|根据|依|由)"
)
_STOP = re.compile(
    r"[的了将向把被由是“”《》：:，,。；;\d]|应当|负责|牵头|会同|设在|设于|与[省市区县]|以(?![上下及])"
)
# What somebody may or has to do begins in the middle of the words: 毕业生可直接在区公安机关, 应到某局.
_NOT_IN_NAME = re.compile(
    r"可(?!再生|持续)(?:直接|在|向|到|按)|应(?!急|用)(?:在|向|到)|根据|通过|[低高]于|后在|给(?!水|排|付)"
)
# 负责…的部门: the words describe a department, they give it no task.
_OF_OTHERS = re.compile(r"[^，,。；;]{0,40}的(?:工作)?(?:主管)?(?:部门|机构|单位|人员)")
# 有关部门支持配合的，…: what ends so says when something holds.
_CONDITION = re.compile(r"[^，,。；;]*的[，,。；;]")
_OF_SUBJECTS = {"department", "office", "ministry", "party", "institute", "team", "centre", "agency"}
_BY = re.compile("(?<![自理缘事])由")
_SHARED = re.compile(r"各自|职责|职能|分工|共同|分别")


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What follows a subject: how it is charged, and where the words of the task begin."""

    manner: Manner
    start: int  # of the verb
    task: int  # behind a role verb (牵头, 负责 …), else where the verb stands
    is_shared: bool  # 按各自职责, 共同, 分别


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The bodies named at one place and their predicate."""

    units: tuple[Span, ...]
    start: int
    predicate: Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    lead: re.Pattern[str]
    endings: re.Pattern[str]
    plain: tuple[str, ...]
    of_the_state: re.Pattern[str]
    no_ending: re.Pattern[str]
    none: re.Pattern[str]
    adverb: re.Pattern[str]
    modal: re.Pattern[str]
    verb: re.Pattern[str]
    fronted: re.Pattern[str]
    no_duty: re.Pattern[str]


def subject_at(text: str, start: int, end: int) -> Subject | None:
    """The bodies with which the stretch begins, where a task follows them at once."""
    language = _language()
    lead = language.lead.match(text, start, end)
    start = lead.end() if lead else start
    if _NO_NAME.match(text, start, end):
        return None
    stop = _STOP.search(text, start, min(end, start + _WITHIN))
    limit = stop.start() if stop else min(end, start + _WITHIN)
    if limit - start < _SHORTEST_NAME:
        return None
    found: Subject | None = None
    for match in language.endings.finditer(text, start, limit):
        if found is not None and match.start() > found.units[-1][1] + _FARTHEST_ENDING:
            break
        for behind in _ends_of_name(text, match.end(), end):
            predicate = predicate_at(text, _behind(text, behind, end), end)
            names = _units(text, start, behind) if predicate else ()
            if names and predicate:
                found = Subject(units=names, start=start, predicate=predicate)
                break
        # 市 may end a name or begin one: 各市应急局.
        if found is not None and len(match.group()) > 1:
            return found
    return found


def charged_by(text: str, start: int, last: int, end: int) -> Iterator[Subject]:
    """The bodies behind each 由 between start and last, with what they do up to the end."""
    for match in _BY.finditer(text, start, last):
        subject = subject_at(text, match.end(), end)
        if subject is not None:
            yield subject


def predicate_at(text: str, start: int, end: int) -> Predicate | None:
    """The verb at this place behind its adverbs; None where no task follows."""
    language = _language()
    place, has_modal = start, False
    if text[start : start + 1] in ("，", ","):
        # A comma behind the names is rare; only a role that follows proves that they are the subject.
        role = language.verb.match(text, start + 1, end)
        return _predicate(text, start, role, end) if role and role.lastgroup in _ROLES else None
    for _ in range(_MOST_ADVERBS):
        verb = language.verb.match(text, place, end)
        if verb is not None and verb.lastgroup != "verb":
            return _predicate(text, start, verb, end)
        modal = language.modal.match(text, place, end)
        adverb = modal or language.adverb.match(text, place, end)
        if adverb is None:
            break
        has_modal = has_modal or modal is not None
        place = adverb.end() + (text[adverb.end() : adverb.end() + 1] in ("，", ","))
    verb = language.verb.match(text, place, end) or language.fronted.match(text, place, end)
    if verb is not None:
        return _predicate(text, start, verb, end)
    if (
        has_modal
        and re.match(r"[一-龥]{2}", text[place:end])
        and not language.no_duty.match(text, place, end)
    ):
        return Predicate(manner="verb", start=place, task=place, is_shared=_is_shared(text, start, place))
    return None


def partners_at(text: str, start: int, end: int) -> tuple[tuple[Span, ...], int]:
    """The bodies that 会同 names, and where the names end; none where they are not named."""
    limit = min(end, start + _WITHIN)
    best: tuple[tuple[Span, ...], int] = ((), start)
    for place in range(start + 2, limit + 1):
        behind = _BEHIND.match(text, place, end)
        after = behind.end() if behind else place
        if text[place - 1] in "、，,和与及" or (after < end and not _goes_on(text, after, end)):
            continue
        names = _units(text, start, place, listed=bool(behind and behind["plural"]))
        if names:
            best = (names, after)
            if behind and behind["plural"]:
                return best
        elif best[0]:
            return best
    return best


def _goes_on(text: str, place: int, end: int) -> bool:
    return text[place] in "，,。；;" or predicate_at(text, place, end) is not None


def _ends_of_name(text: str, end: int, limit: int) -> Iterator[int]:
    """Where the name may end: behind the bracket that follows, or before it."""
    bracket = _BRACKET.match(text, end, limit)
    if bracket and bracket.group()[1:3] != "以下":
        yield bracket.end()
    yield end


def _behind(text: str, end: int, limit: int) -> int:
    match = _BEHIND.match(text, end, limit)
    return match.end() if match else end


def _predicate(text: str, start: int, match: re.Match[str], end: int) -> Predicate | None:
    manner: Manner = next((name for name in _MANNERS if match.groupdict().get(name)), "verb")
    place = match.start(manner) if match.groupdict().get(manner) else match.start()
    if _language().no_duty.match(text, place, end) or _CONDITION.match(text, place, end):
        return None
    if manner == "responsible" and _OF_OTHERS.match(text, match.end(), end):
        return None
    task = match.end() if manner in _ROLES else place
    return Predicate(manner=manner, start=place, task=task, is_shared=_is_shared(text, start, place))


def _is_shared(text: str, start: int, end: int) -> bool:
    return _SHARED.search(text, start, end) is not None


def _units(text: str, start: int, end: int, *, listed: bool = False) -> tuple[Span, ...]:
    """The names of the list, where all of it reads as names of public bodies."""
    names = list(split_units(text[start:end], offset=start))
    if not names or names[0][1] != start:
        return ()
    if names[-1][2] < end:
        plural = _BEHIND.fullmatch(text, names[-1][2], end)
        if plural is None or not plural["plural"]:
            return ()
        listed = True
    last = len(names) - 1
    fits = (_is_body(name, in_list=listed or place < last) for place, (name, _, _) in enumerate(names))
    return tuple((first, behind) for _, first, behind in names) if all(fits) else ()


def _is_body(name: str, *, in_list: bool) -> bool:
    language = _language()
    if (
        not 2 <= len(name) <= _LONGEST_NAME
        or _NO_NAME.match(name)
        or _STOP.search(name)
        or _NOT_IN_NAME.search(name)
        or language.none.search(name)
    ):
        return False
    bare = _BRACKET.sub("", name)
    if _is_order(bare) or language.no_ending.search(bare):
        return False
    if in_list and (
        bare.startswith("各")
        or read_unit_name(bare).subjects
        or name.endswith(("管理", "事务", "保障", "监督"))
    ):
        return True
    if not bare.endswith(_endings()):
        return False
    return not bare.endswith(language.plain) or language.of_the_state.search(bare) is not None


def _is_subject(name: str) -> bool:
    """财政, 地方金融管理: what departments are called in a list that ends in 等部门."""
    parts = read_unit_name(name)
    return bool(parts.subjects and not parts.rest) or name.endswith(("管理", "事务", "保障", "监督"))


def _is_order(name: str) -> bool:
    """指导各区民政部门 is no name: a verb stands before a name of its own. 审计局 is one."""
    verb = _language().verb.match(name) or _language().adverb.match(name)
    subject = vocabulary().subject_pattern.match(name)
    rest = name[subject.end() :] if subject else name
    if subject and (not rest or vocabulary().endings.get(rest) in _OF_SUBJECTS):
        return False
    if verb and (subject is None or subject.end() < verb.end() or name[verb.end() :].endswith(_endings())):
        return len(name) > verb.end() + 1 and name[verb.end() :] not in _endings()
    inner = (match.end() for match in _language().verb.finditer(name, 1))
    return any(name[place : place + 1] in tuple("各全本省市区县") for place in inner)


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_language().endings.pattern.replace("\\", "").split("|"))


@cache
def _language() -> _Language:
    data = tomllib.loads((files("ingest") / "data" / "duty_language.toml").read_text(encoding="utf-8"))
    words, names = data["predicate"], data["endings"]
    endings = sorted({*names["words"], *vocabulary().endings}, key=len, reverse=True)
    verbs = "|".join(sorted(set(re.findall(r"[一-龥]+", words["verbs"])), key=len, reverse=True))
    roles = {
        "lead": words["lead_verbs"],
        "together": words["together"],
        "support": words["support"],
        "responsible": words["responsible"],
    }
    role = "|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in roles.items())
    return _Language(
        lead=re.compile(words["lead"]),
        endings=re.compile("|".join(map(re.escape, endings))),
        plain=tuple(names["plain"]),
        of_the_state=re.compile(names["of_the_state"]),
        no_ending=re.compile(names["no_ending"]),
        none=re.compile(names["none"]),
        adverb=re.compile(words["adverb"].replace("\n", "")),
        modal=re.compile(words["modal"]),
        verb=re.compile(
            rf"{role}|(?P<verb>{verbs})|(?P<is>(?:是|作为|为)(?=[^，,。；;]{{0,40}}(?:部门|机构|单位|主体)))"
        ),
        fronted=re.compile(rf"{words['fronted']}(?={verbs})"),
        no_duty=re.compile(words["no_duty"]),
    )
