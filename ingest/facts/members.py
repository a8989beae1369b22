"""Members: who is in a working group, in which role, and from which post."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.group_names import group_above
from ingest.personal_names import is_name, name_pattern
from ingest.policy import Cell, Clause, Fact, FactField, FactKind
from ingest.sentences import Span, field, sentences, state
from ingest.spoken_members import SpokenMember, members_behind_label, spoken_members

KIND: FactKind = "member"

_ROLE_WORDS = (
    "第一组长|常务副组长|执行副组长|副组长|组长|副总指挥长?|常务副总指挥长?|总指挥长?|副指挥长|指挥长|总召集人|副召集人|召集人|"
    "常务副主任|副主任委员|主任委员|副主任|主任|副秘书长|秘书长|副会长|会长|联络员|成员单位|成员|委员|顾问|副组长单位"
)
_SPACED_ROLES = "|".join(r"[ \t　]*".join(word) for word in _ROLE_WORDS.split("|"))
_ROLE_LINE = re.compile(rf"^[ \t　]*(?P<role>{_SPACED_ROLES})[ \t　]*[:：][ \t　]*")
_ROLE_MARK = re.compile(r"[长人员任位挥][ \t　]*[:：]")
_BLANKS = re.compile(r"[\s　]+")
_POST = re.compile(
    r"书记|局长|主任|部长|区长|县长|市长|镇长|乡长|省长|经理|院长|校长|所长|站长|队长|处长|科长|科员|会长|理事长|董事长|总裁|行长|主席|常委|委员|负责人|人选|成员|干部|"
    r"秘书|组长|司令|政委|检察长|调研员|巡视员|总监|总工|工程师|专员|专干|教授|研究员|厅长|司长|主管|园长|社长|股长|关长|台长|馆长|长$|员$"
)
_HOLDS = re.compile(
    r"兼任|担任|任(?:副?组长|副?主任|副?总?指挥|副?召集人)|组成|为成员|成员(?:单位)?(?:由|包括)"
)
_SHORT = re.compile(r"(?!其他|合计|空缺|待定|姓名|人员|单位|部门|成员)[一-龥]{2,3}")
_NAME_HEADER = re.compile(r"^姓名$|人员姓名|^成员$")
_POST_HEADER = re.compile(r"职务|职位|职称|工作单位|单位及|所在单位")
_ROLE_HEADER = re.compile(r"组内|小组职务|专班职务|领导小组职务|角色|担任职务|分工|^职责$|类别")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A person read from a line of a roster; offsets count in the policy text."""

    clause: Clause
    start: int  # where the line begins to speak of the person
    person: Span
    post: Span
    role: str
    group: str


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each person of a roster, and for each further office that a sentence gives a person."""
    for entry in _rosters(clauses):
        yield _fact(entry, clauses)
    for index, clause in enumerate(clauses):
        if clause.cells:
            if _cell(clause.cells, _NAME_HEADER):
                yield from _row(clause, group_above(clauses, index))
        elif _HOLDS.search(clause.text) and clause.kind not in ("title", "meta"):
            group = group_above(clauses, index)
            yield from _offices(clause, group)
            yield from _spoken(clause, group)
        if _ROLE_MARK.search(clause.text) and not clause.cells:
            yield from _labelled(clause, group_above(clauses, index))


def _rosters(clauses: Sequence[Clause]) -> list[_Entry]:
    found: list[_Entry] = []
    role, group, open_post = "", "", False
    for index, clause in enumerate(clauses):
        if clause.cells and (not role or _cell(clause.cells, _NAME_HEADER)):
            continue
        for start, end in _lines(clause.text):
            labelled = _ROLE_LINE.match(clause.text[start:end])
            if labelled:
                group = group if role and open_post else group_above(clauses, index)
                role = _BLANKS.sub("", labelled["role"])
            rest = (start + labelled.end() if labelled else start, end)
            persons = (
                list(_persons(clause, start, rest, role, group, labelled=bool(labelled))) if role else []
            )
            line = clause.text[start:end]
            if persons:
                found += persons
                open_post = True
            elif open_post and not labelled and found and _goes_on(line, found[-1], clauses):
                found[-1] = replace(found[-1], post=(found[-1].post[0], clause.start + end))
            elif not labelled:
                role, open_post = "", False
    return found


def _lines(text: str) -> Iterator[Span]:
    return (match.span() for match in re.finditer(r"[^\n]+", text) if match.group().strip())


def _persons(
    clause: Clause, line: int, span: Span, role: str, group: str, *, labelled: bool
) -> Iterator[_Entry]:
    """One person and post a line (张三 局长), or several in one line: 张三（局长）、李四（主任）."""
    text = clause.text[slice(*span)]
    base = clause.start + span[0]
    single, several = _person_patterns()
    matches = [
        match
        for first, last in _in_one_line(text)
        if (match := single.match(text, first, last))
        and _POST.search(match["post"])
        and not is_office(match["name"])
    ]
    matches = matches or [one for one in several.finditer(text) if _POST.search(one["post"])]
    places = [(one.span("name"), one.span("post")) for one in matches]
    if not matches and labelled:
        # 组长：张三 or 成员：张三、李四: names without posts.
        pieces = [piece for piece in re.finditer(r"[^、，,；;。]+", text) if piece.group().strip()]
        if pieces and all(is_name(piece.group()) for piece in pieces):
            places = [(piece.span(), (piece.end(), piece.end())) for piece in pieces]
    for number, (name, post) in enumerate(places):
        begins = clause.start + line if number == 0 else base + name[0]
        yield _Entry(
            clause=clause,
            start=begins,
            person=_moved(name, base),
            post=_moved(post, base),
            role=role,
            group=group,
        )


def _in_one_line(text: str) -> Iterator[Span]:
    """张三 副市长 李四 局长: where one person of the line begins and ends."""
    start = 0
    for match in _further().finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


@cache
def _further() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[长任记员席理])[ \t　]+"
        rf"(?=(?:{name_pattern()})[ \t　]+[一-龥]{{2}}|(?:{_ROLE_WORDS})(?:由|[:：]))"
    )


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


@cache
def _person_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    # In a roster a rare surname is a name too, where a blank and a post follow it.
    name = rf"(?P<name>{name_pattern()}|[一-龥][ \t　]?[一-龥]{{1,2}}(?=[ \t　]))"
    blank = r"[ \t　]*"
    gap = rf"(?:[ \t　]+|{blank}[:：，,]{blank})"
    single = rf"{blank}{name}(?:同志)?{gap}(?P<post>(?!同志|兼任|担任)\S.*?)[；;。]?$"
    several = rf"(?P<name>{name_pattern()}){blank}[（(](?P<post>[^()（）]*)[)）]"
    return re.compile(single), re.compile(several)


def is_office(text: str) -> bool:
    """Whether a short word is the name of a post (局长, 主任), not of a person."""
    return bool(_POST.search(_BLANKS.sub("", text)))


def _goes_on(line: str, entry: _Entry, clauses: Sequence[Clause]) -> bool:
    """Whether a line is the rest of the post above it, broken by the width of the page."""
    rest = line.strip()
    if (
        len(rest) > 24
        or not _POST.search(rest)
        or re.search(r"[。：:；;]", rest)
        or entry.post[0] == entry.post[1]
    ):
        return False
    return _printed(clauses, (entry.post[1] - 1, entry.post[1])) not in "。；;" and not is_name(rest)


def _printed(clauses: Sequence[Clause], span: Span) -> str:
    near = (clause for clause in clauses if clause.start < span[1] and span[0] < clause.end)
    return "".join(clause.text[max(0, span[0] - clause.start) : span[1] - clause.start] for clause in near)


def _fact(entry: _Entry, clauses: Sequence[Clause]) -> Fact:
    clause = entry.clause
    person = _BLANKS.sub("", _printed(clauses, entry.person))
    fields = [FactField(name="person", value=person, start=entry.person[0], end=entry.person[1])]
    if entry.post[0] < entry.post[1]:
        # A post broken between two paragraphs ends in the next clause; the fact stays in its own.
        post = _BLANKS.sub("", _printed(clauses, entry.post))
        fields.append(FactField(name="post", value=post, start=entry.post[0], end=entry.post[1]))
    fields.append(FactField(name="role", value=entry.role))
    fields += [FactField(name="group", value=entry.group)] if entry.group else []
    last = min(max(entry.post[1], entry.person[1]), clause.end)
    return state(KIND, clause, (entry.start - clause.start, last - clause.start), fields)


def _offices(clause: Clause, group: str) -> Iterator[Fact]:
    """周某同志兼任办公室主任; 办公室主任由周某兼任."""
    text = clause.text
    for pattern in _office_patterns():
        for match in pattern.finditer(text):
            start, end = match.span("role")
            fields = [
                field(clause, "person", match.span("name"), value=_BLANKS.sub("", match["name"])),
                field(clause, "role", (start, end)),
                *([FactField(name="group", value=group)] if group else []),
            ]
            yield state(KIND, clause, match.span(), fields)


def _spoken(clause: Clause, group: str) -> Iterator[Fact]:
    """组长由副市长担任，成员由市财政局等部门负责同志组成."""
    named = {match.span("name") for pattern in _office_patterns() for match in pattern.finditer(clause.text)}
    for sentence in sentences(clause.text, start=0, marks="。；;\n"):
        for member in spoken_members(clause.text, sentence):
            if member.person not in named:
                yield _spoken_fact(clause, member, group, sentence)


def _labelled(clause: Clause, group: str) -> Iterator[Fact]:
    """组长：市政府分管副市长: a printed role with posts or units but without names."""
    for start, end in _lines(clause.text):
        role = _ROLE_LINE.match(clause.text[start:end])
        if role and not list(_persons(clause, start, (start + role.end(), end), "", "", labelled=True)):
            place = (start + role.start("role"), start + role.end("role"))
            for member in members_behind_label(clause.text, (start + role.end(), end), place):
                yield _spoken_fact(clause, member, group, (start, end))


def _spoken_fact(clause: Clause, member: SpokenMember, group: str, span: Span) -> Fact:
    fields: list[FactField] = []
    if member.person:
        fields.append(field(clause, "person", member.person))
    if member.post_at:
        fields.append(field(clause, "post", member.post_at, value=member.post))
    elif member.post:
        fields.append(FactField(name="post", value=member.post))
    role = _BLANKS.sub("", clause.text[slice(*member.role)])
    fields.append(field(clause, "role", member.role, value=role))
    fields += [FactField(name="group", value=member.group or group)] if member.group or group else []
    return state(KIND, clause, span, fields)


@cache
def _office_patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<name>{name_pattern()})"
    role = rf"(?P<role>[^，,。；;：:\n由]{{0,16}}?(?:{_ROLE_WORDS}))"
    return (
        re.compile(rf"(?<![一-龥]){name}(?:同志)?(?:兼任|担任){role}"),
        re.compile(rf"{role}由{name}(?:同志)?(?:兼任|担任)(?![一-龥])"),
    )


def _row(clause: Clause, group: str) -> Iterator[Fact]:
    person = _cell(clause.cells, _NAME_HEADER)
    # Under a header 姓名 a rare surname is a name too.
    if person is None or not (is_name(person.value) or _may_be_name(person.value)):
        return
    fields = [
        FactField(name="person", value=_BLANKS.sub("", person.value), start=person.start, end=person.end)
    ]
    role = _cell(clause.cells, _ROLE_HEADER)
    post = next(
        (
            cell
            for cell in clause.cells
            if _POST_HEADER.search(cell.header) and cell is not role and cell.value
        ),
        None,
    )
    for name, cell in (("post", post), ("role", role)):
        if cell:
            fields.append(
                FactField(name=name, value=_BLANKS.sub("", cell.value), start=cell.start, end=cell.end)
            )
    fields += [FactField(name="group", value=group)] if group else []
    yield state(KIND, clause, (0, len(clause.text)), fields)


def _may_be_name(text: str) -> bool:
    bare = _BLANKS.sub("", text)
    return bool(_SHORT.fullmatch(bare)) and not is_office(bare)


def _cell(cells: Sequence[Cell], header: re.Pattern[str]) -> Cell | None:
    return next(
        (cell for cell in cells if header.search(_BLANKS.sub("", cell.header)) and cell.value.strip()), None
    )
