"""Duties said in running text: 由区财政局负责…, 区科技局要做好…, 以某局为牵头单位, 办公室设在某局."""

import re
from collections.abc import Iterator, Sequence

from ingest import units
from ingest.policy import Clause, DutyRole, Fact, FactField
from ingest.responsibility import split_units
from ingest.sentences import Span, body_start, field, heading_span, sentences, short_part, state
from ingest.unit_names import read_unit_name

_BEFORE = re.compile(r"^(?:由|并由|具体由|统一由|原则上由|同时|其中|并|请|明确|授权|委托)?$")
_DUTY_WORDS = (
    r"按照?(?:各自|其)?(?:的)?(?:职责|职能)(?:分工|权限)?|依照各自(?:的)?职责|"
    r"在各自(?:的)?职责(?:范围)?内|根据(?:各自)?(?:职责|职能)(?:分工)?|依法"
)
_VERB = re.compile(
    rf"\s*(?:等(?:有关|相关)?(?:部门|单位))?(?:{_DUTY_WORDS})?[，,]?(?:分别|共同|具体|统一|应当|应|要|须|主要|全面|积极)*"
    r"(?P<verb>牵头(?!人)|负责(?!人|同志|解释|制)|主管(?!部门|单位)|承担|配合(?!部门|单位)|协助)(?P<object>[^，,；;。\n]*)"
)
_SHOULD = re.compile(r"\s*要(?!求|点|素|件|么|是|以|在|与)(?P<object>[^，,；;。\n]{4,})")
_WITH = re.compile(r"\s*(?:会同|联合|商)")
_AS_LEAD = re.compile(r"(?:以|由|明确)(?P<lead>[^，,。；;]{2,20}?)(?:为|作为|担任)(?:总)?牵头(?:单位|部门)")
_SUPPORTERS = re.compile(
    r"^[，,](?P<names>[^，,。；;]{2,60}?)等(?:多个?|有关|相关|各)?(?:部门|单位)(?:协同|密切|积极|分工)*(?:配合|参与|协助|协作)"
)
_OFFICE = re.compile(r"(?P<office>[^，,。；;\n]{0,20}?办公室)(?:均)?设(?:在|于)(?P<host>[^，,。；;\n]{2,40})")
_SHARED = re.compile(
    r"(?P<names>[^，,。；;\n]{2,120}?)等(?:有关|相关)?(?:行政)?(?:主管|管理)?(?:部门|单位)(?:以及[^，。]{2,20})?"
    rf"(?:应当|应|要)?[，,]?(?!依法)(?:{_DUTY_WORDS})[，,]?(?P<task>[^。\n；;]*)"
)
_PENALTY = re.compile(r"责令|没收|处以|予以处罚|给予警告|吊销|依法(?:给予|责令|查处)")
_CIRCUMSTANCE = re.compile(r"结合|根据|按照?|依据|会同[^，]*$")
_JOINED = re.compile(r"\s*(?:[、]|和|与|及|以及)\s*")
# 负责…的部门: the words describe a department, they give it no task.
_OF_OTHERS = re.compile(r"[^，。]{0,40}的(?:工作)?(?:主管)?(?:部门|机构|单位|人员)")
_ROLE_OF_VERB: dict[str, DutyRole] = {"牵头": "牵头", "配合": "配合", "协助": "配合"}
_TITLES = re.compile(r"(?:主任|局长|书记|部长|领导|党组|负责同志|分管)")


def extract(clause: Clause, taken: Sequence[Span]) -> Iterator[Fact]:
    """The duties of the sentences that no list of responsible units stands behind."""
    text = clause.text
    for start, end in sentences(text, start=body_start(clause)):
        if any(first < end and start < last for first, last in _covered(taken, text)):
            continue
        found = [*_office(text, start, end), *_named_lead(text, start, end), *_shared(text, start, end)]
        seen = {(place, role) for place, role, _ in found}
        found += [one for one in _subjects(text, start, end) if (one[0], one[1]) not in seen]
        for place, role, task in found:
            fields = [field(clause, "unit", place), FactField(name="role", value=role)]
            named = task if task[1] - task[0] >= 3 else heading_span(clause) or short_part(text, start, end)
            yield state("duty", clause, (start, end), [*fields, field(clause, "task", named)])


def _covered(taken: Sequence[Span], text: str) -> list[Span]:
    # A list of units speaks for all sentences since the list before it.
    covered, start = [], 0
    for _, last in taken:
        covered.append((start, last))
        start = min(last + 1, len(text))
    return covered


def _office(text: str, start: int, end: int) -> Iterator[tuple[Span, DutyRole, Span]]:
    match = _OFFICE.search(text, start, end)
    if match is None:
        return
    leads = re.match(r"[，,][^。]{0,4}负责牵头|[，,]牵头", text[match.end() :])
    for name, first, last in split_units(match["host"], offset=match.start("host")):
        if units.looks_like_unit(name):
            yield (first, last), "牵头" if leads else "责任", match.span("office")


def _named_lead(text: str, start: int, end: int) -> Iterator[tuple[Span, DutyRole, Span]]:
    match = _AS_LEAD.search(text, start, end)
    if match is None:
        return
    task = short_part(text, start, match.start()) if match.start() - start > 4 else match.span()
    for name, first, last in split_units(match["lead"], offset=match.start("lead")):
        if units.looks_like_unit(name):
            yield (first, last), "牵头", task
    rest = _SUPPORTERS.match(text[match.end() : end])
    if rest:
        for _, first, last in split_units(rest["names"], offset=match.end() + rest.start("names")):
            yield (first, last), "配合", task


def _shared(text: str, start: int, end: int) -> Iterator[tuple[Span, DutyRole, Span]]:
    """甲、乙、丙等部门按照各自职责做好…: known subjects without their endings."""
    match = _SHARED.search(text, start, end)
    if match is None or _PENALTY.match(match["task"]):
        return
    names = list(split_units(match["names"], offset=match.start("names")))
    known = [bool(read_unit_name(name).subjects) or units.looks_like_unit(name) for name, _, _ in names]
    if len(names) < 2 or 2 * sum(known) < len(names) or any(len(name) > 20 for name, _, _ in names):
        return
    for _, first, last in names:
        yield (
            (first, last),
            "联合",
            short_part(text, *match.span("task")) if match["task"].strip() else match.span("task"),
        )


def _subjects(text: str, start: int, end: int) -> Iterator[tuple[Span, DutyRole, Span]]:
    mentions = list(units.find_units(text[start:end]))
    position = 0
    while position < len(mentions):
        chain = [mentions[position]]
        while position + 1 < len(mentions) and _JOINED.fullmatch(
            text[start + chain[-1].end : start + mentions[position + 1].start]
        ):
            position += 1
            chain.append(mentions[position])
        position += 1
        yield from _said_of(text, start, end, chain, mentions[position:])


def _said_of(
    text: str, start: int, end: int, chain: Sequence[units.UnitMention], later: Sequence[units.UnitMention]
) -> Iterator[tuple[Span, DutyRole, Span]]:
    before = re.split(r"[，,；;：:、]", text[start : start + chain[0].start])[-1].strip()
    passive = before.endswith("由") and not _BEFORE.match(before)
    if not _BEFORE.match(before) and not passive:
        return
    partners = _partners(text, start, end, chain[-1], later)
    after = start + (partners or chain)[-1].end
    match = _VERB.match(text, after, end)
    role: DutyRole = _ROLE_OF_VERB.get(match["verb"], "责任") if match else "责任"
    if match is None and start + chain[0].start == start + len(before):
        match = _SHOULD.match(text, after, end)
    if match is None or _is_no_duty(match):
        return
    told = match["object"].strip() and not _CIRCUMSTANCE.match(match["object"])
    task = short_part(text, *match.span("object")) if told else _next_part(text, match.end("object"), end)
    if passive:
        # 平台由某局负责维护: the task stands before its unit.
        head = start + chain[0].start - len(before)
        task = short_part(text, head, head + len(before) - 1)
    for one in chain:
        yield (start + one.start, start + one.end), role, task
    for one in partners:
        yield (start + one.start, start + one.end), "配合", task


def _partners(
    text: str, start: int, end: int, last: units.UnitMention, later: Sequence[units.UnitMention]
) -> list[units.UnitMention]:
    """The units behind 会同, as many as are joined."""
    together = _WITH.match(text, start + last.end, end)
    if together is None or not later or start + later[0].start != together.end():
        return []
    partners = [later[0]]
    for one in later[1:]:
        if not _JOINED.fullmatch(text[start + partners[-1].end : start + one.start]):
            break
        partners.append(one)
    return partners


def _is_no_duty(match: re.Match[str]) -> bool:
    said = match["object"]
    return (
        "负责解释" in match.group()
        or said.endswith("的")
        or bool(_TITLES.match(said) or _OF_OTHERS.match(said))
    )


def _next_part(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in "，,、 ":
        start += 1
    return short_part(text, start, end) if start < end else (start, start)
