"""Members of a working group that running text names by their post: 组长由…担任，成员由…负责同志组成.

The words come from ingest/data/member_language.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.personal_names import name_pattern
from ingest.responsibility import split_units
from ingest.sentences import Span
from ingest.units import find_units, looks_like_unit

_LIST = re.compile(r"[、和]")
_FARTHEST_GROUP = 200
_NOT_SAID = r"[^，,。；;：:\n]"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenMember:
    """Somebody in a group, by post or name; places count in the text that was read."""

    start: int
    end: int
    role: Span
    post: str
    post_at: Span | None  # None where the post is put together: 教育部 … 负责同志
    person: Span | None
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    holders: tuple[re.Pattern[str], ...]
    lists: tuple[re.Pattern[str], ...]
    group: re.Pattern[str]
    group_before: re.Pattern[str]
    tail: re.Pattern[str]
    others: re.Pattern[str]
    beside: re.Pattern[str]
    in_charge: re.Pattern[str]
    vague: re.Pattern[str]
    of_place: re.Pattern[str]
    office: re.Pattern[str]
    nobody: re.Pattern[str]
    of_one: re.Pattern[str]
    heads: re.Pattern[str]
    members: re.Pattern[str]
    name: re.Pattern[str]


def spoken_members(text: str, sentence: Span) -> Iterator[SpokenMember]:
    """Those whom a sentence puts into a group, one for each post or unit."""
    words = _language()
    for pattern in words.holders:
        for match in pattern.finditer(text, *sentence):
            for place in _posts(text, match, match["role"]):
                yield from _of_post(text, place, match, sentence)
    for pattern in words.lists:
        for match in pattern.finditer(text, *sentence):
            yield from _of_list(text, match, sentence)


def members_behind_label(text: str, span: Span, role: Span) -> Iterator[SpokenMember]:
    """Posts or units behind a printed role: 组长：市政府分管副市长; 成员：市财政局、市水务局负责同志."""
    words = _language()
    line = re.compile(r"(?P<posts>[^。；;\n]+)").match(text, *span)
    if line is None:
        return
    printed = re.sub(r"\s", "", text[slice(*role)])
    if words.members.fullmatch(printed):
        yield from _of_list(text, line, span, role=role)
        return
    for place in _posts(text, line, printed):
        yield from _of_post(text, place, line, span, role=role)


def _posts(text: str, match: re.Match[str], role: str) -> Iterator[Span]:
    """One post of a head, or the several posts of deputies."""
    words, (start, end) = _language(), match.span("posts")
    pieces = list(_pieces(text, start, end))
    single = words.heads.fullmatch(role) or words.of_one.search(text[slice(*pieces[0])])
    yield from [(start, end)] if single else pieces


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for mark in _LIST.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end


def _of_post(
    text: str, place: Span, match: re.Match[str], sentence: Span, *, role: Span | None = None
) -> Iterator[SpokenMember]:
    words = _language()
    said = text[slice(*place)].strip()
    named = words.name.search(said)
    if not named and not _is_definite(said):
        return
    start = text.index(said, *place)
    last = start + (named.start() if named else len(said))
    yield SpokenMember(
        start=match.start(),
        end=match.end(),
        role=role or match.span("role"),
        post=text[start:last],
        post_at=(start, last),
        person=(start + named.start("name"), start + named.end("name")) if named else None,
        group=_group(text, match, sentence),
    )


def _is_definite(post: str) -> bool:
    """国务院副秘书长, 市财政局负责人, 市长; not 分管负责同志, 各单位主任."""
    words = _language()
    if len(post) < 3 and not words.of_place.fullmatch(post):
        return False
    if words.nobody.search(post):
        return bool(words.in_charge.match(post)) and bool(words.office.search(post))
    return bool(words.office.search(post) or (words.tail.search(post) and find_units(post)))


def _of_list(
    text: str, match: re.Match[str], sentence: Span, *, role: Span | None = None
) -> Iterator[SpokenMember]:
    words, (start, end) = _language(), match.span("posts")
    said = text[start:end].rstrip()
    said = words.beside.sub("", said)
    tail = words.tail.search(said)
    listed = said[: tail.start()] if tail else said
    others = words.others.search(listed)
    stop = start + (others.start() if others else len(listed))
    sent = tail.group().removeprefix("的") if tail else ""
    for unit, first, last in split_units(text[start:stop], offset=start):
        if looks_like_unit(unit) and not words.nobody.search(unit) and not words.vague.search(unit):
            whole = last == stop and tail is not None and others is None
            place = (first, last) if not sent else (first, start + len(said)) if whole else None
            yield SpokenMember(
                start=match.start(),
                end=match.end(),
                role=role or match.span("role"),
                post=unit + sent,
                post_at=place,
                person=None,
                group=_group(text, match, sentence),
            )


def _group(text: str, match: re.Match[str], sentence: Span) -> str:
    words = _language()
    near = max(sentence[0], match.start() - _FARTHEST_GROUP)
    before = words.group_before.search(text, near, match.end())
    found = [one["group"] for one in words.group.finditer(text, near, match.end())]
    return found[-1] if found else before["group"] if before else ""


@cache
def _language() -> _Language:
    data = tomllib.loads((files("ingest") / "data" / "member_language.toml").read_text(encoding="utf-8"))
    holds, heads, deputies, members = (data[name] for name in ("holds", "heads", "deputies", "members"))
    role = rf"(?P<role>{deputies}|{heads})"
    posts = rf"(?P<posts>{_NOT_SAID}{{2,60}}?)"
    ends = r"(?=[，,。；;、（(的]|$)"
    many = r"(?P<posts>[^。；;：:\n]{2,400}?)"
    return _Language(
        holders=(
            re.compile(rf"{role}(?:[（(][^（）()]*[)）])?由{posts}(?:同志)?(?:{holds})"),
            re.compile(
                rf"(?:由|[，,；;、])(?P<posts>[^，,。；;：:\n由]{{2,60}}?)(?:同志)?(?:{holds}){role}{ends}"
            ),
        ),
        lists=(
            re.compile(
                rf"(?P<role>{members})(?:主要|单位)?(?:由|包括|为){many}(?:组成|担任|参加|构成|(?=[。；;\n]|$))"
            ),
            re.compile(
                rf"(?:由|[，,；;])(?P<posts>[^，,。；;：:\n由]{{3,300}}?)(?:为|任|作为)(?P<role>{members}){ends}"
            ),
        ),
        group=re.compile(
            rf"(?:{data['sets_up']})(?:了|由[^，,。；;]{{2,40}}的)?(?P<group>{_NOT_SAID}{{0,40}}?(?:{data['groups']}))"
        ),
        group_before=re.compile(
            rf"(?:^|[，,。；;\n]|其中)(?P<group>[^，,。；;：:\n由]{{0,40}}?(?:{data['groups']}))(?:的)?(?={role}|{members})"
        ),
        tail=re.compile(rf"(?:{data['sent']})$"),
        others=re.compile(rf"(?:{data['and_others']})$"),
        beside=re.compile(rf"(?:{data['beside']})$"),
        in_charge=re.compile(data["in_charge"]),
        vague=re.compile(data["vague"]),
        of_place=re.compile(data["of_place"]),
        office=re.compile(rf"(?:{data['offices']})(?:{name_pattern()})?$"),
        nobody=re.compile(data["nobody"]),
        of_one=re.compile(data["of_one"]),
        heads=re.compile(heads),
        members=re.compile(members),
        name=re.compile(rf"(?<=长|任|记|员|席|理|裁)(?P<name>{name_pattern()})(?:同志)?$"),
    )
