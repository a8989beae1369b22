"""Duties said in running text: 由区财政局负责…, 区科技局要做好…, 甲局会同乙局制定…, 办公室设在某局."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest import units
from ingest.duty_subjects import Predicate, Subject, charged_by, partners_at, predicate_at, subject_at
from ingest.policy import Clause, DutyRole, Fact, FactField
from ingest.responsibility import split_units
from ingest.sentences import (
    Span,
    body_start,
    field,
    heading_span,
    parts,
    sentences,
    short_part,
    state,
    stretches,
)

_AS_LEAD = re.compile(r"(?:以|由|明确)(?P<lead>[^，,。；;]{2,20}?)(?:为|作为|担任)(?:总)?牵头(?:单位|部门)")
_SUPPORTERS = re.compile(
    r"^[，,](?P<names>[^，,。；;]{2,60}?)等(?:多个?|有关|相关|各)?(?:部门|单位)(?:协同|密切|积极|分工)*(?:配合|参与|协助|协作)"
)
_OFFICE = re.compile(r"(?P<office>[^，,。；;\n]{0,20}?办公室)(?:均)?设(?:在|于)(?P<host>[^，,。；;\n]{2,40})")
_LISTING = re.compile(r"(?:职责|任务|工作|事项|下列|以下)[^。；\n]{0,12}[:：]\s*$")
_SEGMENTS = "；;"
_SHORTEST_TASK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """The bodies whose tasks the text goes on to list."""

    units: tuple[FactField, ...]
    has_list: bool  # what follows a semicolon is theirs too
    is_earlier: bool = False  # named in an earlier sentence, which only a role (会同…) takes up


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charge:
    """A unit with its role, the words of its task and the stretch that says so."""

    unit: FactField
    role: DutyRole
    task: Span
    span: Span


def extract(clause: Clause, taken: Sequence[Span], speaker: Speaker | None = None) -> Iterator[Fact]:
    """The duties of the sentences that no list of responsible units stands behind.

    `speaker` names the units whose tasks the clause lists, as a lead-in above it says.
    """
    text = clause.text
    covered = _covered(taken, text)
    for start, end in sentences(text, start=body_start(clause)):
        if any(first < end and start < last for first, last in covered):
            speaker = None
        elif speaker is not None and start > body_start(clause):
            speaker = replace(speaker, is_earlier=True)
        found = [*_office(clause, start, end), *_named_lead(clause, start, end)]
        seen = {(one.unit.start, one.role) for one in found}
        for segment in stretches(text, start, end, _SEGMENTS):
            spoken, speaker = _segment(clause, *segment, speaker)
            found += [one for one in spoken if (one.unit.start, one.role) not in seen]
        yield from (_fact(clause, charge) for charge in found)


def speaker_of(clause: Clause) -> Speaker | None:
    """The units whose tasks a lead-in (某局履行下列职责：) announces."""
    if not _LISTING.search(clause.text):
        return None
    for start, end in parts(clause.text, body_start(clause), len(clause.text)):
        subject = subject_at(clause.text, start, end)
        if subject is not None:
            return Speaker(units=_named(clause, subject.units), has_list=True)
    return None


def _fact(clause: Clause, charge: _Charge) -> Fact:
    told = charge.task[1] - charge.task[0] >= _SHORTEST_TASK
    task = short_part(clause.text, *charge.task) if told else heading_span(clause)
    named = field(clause, "task", task or short_part(clause.text, *charge.span))
    return state("duty", clause, charge.span, [charge.unit, FactField(name="role", value=charge.role), named])


def _segment(
    clause: Clause, start: int, end: int, speaker: Speaker | None
) -> tuple[list[_Charge], Speaker | None]:
    """The duties up to the next semicolon, and whose tasks may follow behind it."""
    found: list[_Charge] = []
    current = speaker if speaker is not None and speaker.has_list else None
    for first, last in stretches(clause.text, start, end, "，,"):
        subject = subject_at(clause.text, first, end)
        if subject is None and clause.text.find("由", first, last) >= 0:
            subject = next(charged_by(clause.text, first, last, end), None)
        if subject is not None:
            current = Speaker(units=_named(clause, subject.units), has_list=_lists(subject.predicate))
            found += _charges(clause, subject, current, (first, end))
            continue
        opens = first == start
        predicate = None if current is None else predicate_at(clause.text, first, end)
        vague = predicate is not None and predicate.manner in {
            "is",
            "verb" if current and current.is_earlier else "is",
        }
        if predicate is None or current is None or vague:
            # Who opens a stretch that cannot be read may be somebody else.
            current = None if opens else current
            continue
        new_role = predicate.manner != "verb" and _role(predicate, current) not in {one.role for one in found}
        if opens or new_role:
            found += _inherited(clause, predicate, current, (first, end))
            current = Speaker(units=current.units, has_list=current.has_list or _lists(predicate))
    return found, current


def _charges(clause: Clause, subject: Subject, speaker: Speaker, span: Span) -> Iterator[_Charge]:
    if subject.predicate.manner == "is":
        return
    text, first = clause.text, span[0]
    before = text[first : subject.start].rstrip("由")
    passive = text[subject.start - 1 : subject.start] == "由" and len(before.strip()) >= _SHORTEST_TASK
    yield from _inherited(
        clause, subject.predicate, speaker, span, passive=(first, first + len(before)) if passive else None
    )


def _inherited(
    clause: Clause, predicate: Predicate, speaker: Speaker, span: Span, passive: Span | None = None
) -> Iterator[_Charge]:
    task = passive or (predicate.task, span[1])
    if predicate.manner in {"together", "lead"}:
        begin = predicate.task
        if predicate.manner == "lead":
            together = predicate_at(clause.text, predicate.task, span[1])
            begin = together.task if together and together.manner == "together" else -1
        partners, after = partners_at(clause.text, begin, span[1]) if begin >= 0 else ((), -1)
        task = passive or (max(after, task[0]), span[1])
        for unit in _named(clause, partners):
            yield _Charge(unit=unit, role="配合", task=task, span=span)
    role = _role(predicate, speaker)
    for unit in speaker.units:
        yield _Charge(unit=unit, role=role, task=task, span=span)


def _role(predicate: Predicate, speaker: Speaker) -> DutyRole:
    if predicate.manner in {"lead", "together"}:
        return "牵头"
    if predicate.manner == "support":
        return "配合"
    return "联合" if len(speaker.units) > 1 else "责任"


def _lists(predicate: Predicate) -> bool:
    """Whether the verb opens a list of tasks that goes on behind semicolons."""
    return predicate.manner in {"responsible", "lead", "is"}


def _named(clause: Clause, places: Sequence[Span]) -> tuple[FactField, ...]:
    return tuple(field(clause, "unit", place) for place in places)


def _covered(taken: Sequence[Span], text: str) -> list[Span]:
    # A list of units speaks for all sentences since the list before it.
    covered, start = [], 0
    for _, last in taken:
        covered.append((start, last))
        start = min(last + 1, len(text))
    return covered


def _office(clause: Clause, start: int, end: int) -> Iterator[_Charge]:
    text = clause.text
    if text.find("办公室", start, end) < 0:
        return
    match = _OFFICE.search(text, start, end)
    if match is None:
        return
    leads = re.match(r"[，,][^。]{0,4}负责牵头|[，,]牵头", text[match.end() :])
    role: DutyRole = "牵头" if leads else "责任"
    for name, first, last in split_units(match["host"], offset=match.start("host")):
        if units.looks_like_unit(name):
            unit = field(clause, "unit", (first, last))
            yield _Charge(unit=unit, role=role, task=match.span("office"), span=(start, end))


def _named_lead(clause: Clause, start: int, end: int) -> Iterator[_Charge]:
    text = clause.text
    if text.find("牵头", start, end) < 0:
        return
    match = _AS_LEAD.search(text, start, end)
    if match is None:
        return
    task = short_part(text, start, match.start()) if match.start() - start > 4 else match.span()
    for name, first, last in split_units(match["lead"], offset=match.start("lead")):
        if units.looks_like_unit(name):
            unit = field(clause, "unit", (first, last))
            yield _Charge(unit=unit, role="牵头", task=task, span=(start, end))
    rest = _SUPPORTERS.match(text[match.end() : end])
    if rest:
        for _, first, last in split_units(rest["names"], offset=match.end() + rest.start("names")):
            unit = field(clause, "unit", (first, last))
            yield _Charge(unit=unit, role="配合", task=task, span=(start, end))
