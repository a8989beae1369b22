"""Duties: which unit leads, supports or is responsible for what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest import spoken_duties
from ingest.policy import Cell, Clause, DutyRole, Fact, FactField, FactKind
from ingest.responsibility import Assignment, LabelledList, labelled_lists, roles_in, split_units
from ingest.sentences import Span, body_start, field, heading_span, short_part, state
from ingest.spoken_duties import Speaker, speaker_of

KIND: FactKind = "duty"

_ROUND = re.compile("[()（）]")
_FIRST_LEADS = re.compile(r"(?:列|排)(?:在|名)?(?:首位|第一)[^。\n]{0,12}?(?:牵头|主责|主办)")
_LEAD_HEADER = re.compile(r"牵头|主办|主责")
_SUPPORT_HEADER = re.compile(r"配合|协办|协助|参与|参加")
_DUTY_HEADER = re.compile(r"[责贵]任|负责|承办|落实|实施单位|完成单位|主管|单位$|部门$")
_NO_UNIT_HEADER = re.compile(r"责任(?:人|领导)|负责人|领导|联系|电话|计量|^单位$|分管")
_TASK_HEADERS = (
    "重点任务",
    "任务",
    "工作事项",
    "重点工作",
    "事项",
    "措施",
    "工作",
    "项目",
    "内容",
    "指标名称",
    "指标",
    "目标",
    "职责",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Units that share the sentences before their list."""

    start: int
    end: int
    assignments: tuple[Assignment, ...]


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact a unit and role, spanning the sentences its list belongs to and the list."""
    first_leads = any(_FIRST_LEADS.search(clause.text) for clause in clauses)
    speakers: dict[str, Speaker | None] = {}
    for index, clause in enumerate(clauses):
        if clause.kind in ("title", "meta"):
            continue
        if clause.cells:
            yield from _row(clause, first_leads)
            continue
        groups = _groups(clause.text)
        if first_leads:
            groups = [_with_first_leading(group) for group in groups]
        yield from _grouped(clause, groups, clauses[:index])
        speaker = speakers.get(clause.parent_id or "")
        yield from spoken_duties.extract(clause, [(group.start, group.end) for group in groups], speaker)
        speakers[clause.clause_id] = speaker_of(clause) or speaker


def _groups(text: str) -> list[_Group]:
    found: list[_Group] = []
    for start, end in _brackets(text):
        inside = text[start + 1 : end - 1]
        assignments = [one for run in labelled_lists(inside) for one in run.assignments] or roles_in(inside)
        shifted = [replace(one, start=one.start + start + 1, end=one.end + start + 1) for one in assignments]
        if shifted:
            found.append(_Group(start=start, end=end, assignments=tuple(shifted)))
    found += [
        _of_run(run)
        for run in labelled_lists(text)
        if not any(one.start <= run.start < one.end for one in found)
    ]
    return sorted(found, key=lambda group: group.start)


def _of_run(run: LabelledList) -> _Group:
    return _Group(start=run.start, end=run.end, assignments=run.assignments)


def _brackets(text: str) -> Iterator[Span]:
    """The outermost pairs of round brackets."""
    depth = opened = 0
    for match in _ROUND.finditer(text):
        position = match.start()
        if match.group() in "(（":
            opened = position if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield opened, position + 1


def _with_first_leading(group: _Group) -> _Group:
    if any(one.role == "牵头" for one in group.assignments):
        return group
    lead: DutyRole = "牵头"
    rest: DutyRole = "责任"
    first, *others = group.assignments
    named = (
        replace(first, role=lead),
        *(replace(one, role=rest) if one.role == "联合" else one for one in others),
    )
    return replace(group, assignments=named)


def _grouped(clause: Clause, groups: Sequence[_Group], before: Sequence[Clause]) -> Iterator[Fact]:
    text = clause.text
    start = body_start(clause)
    for number, group in enumerate(groups):
        while start < group.start and text[start] in " \n\t　。；;，,、":
            start += 1
        task = _task(clause, (start, group.start), number, before)
        for one in group.assignments:
            fields = [
                field(clause, "unit", (one.start, one.end)),
                FactField(name="role", value=one.role),
                *task,
            ]
            yield state(KIND, clause, (min(start, group.start), group.end), fields)
        start = group.end


def _task(clause: Clause, span: Span, number: int, before: Sequence[Clause]) -> list[FactField]:
    heading = heading_span(clause)
    if number == 0 and heading and heading[1] <= span[1]:
        return [field(clause, "task", heading)]
    if clause.text[span[0] : span[1]].strip():
        return [field(clause, "task", short_part(clause.text, *span))]
    # The list stands in a paragraph of its own: the task is what stands above it.
    above = next(
        (other for other in reversed(before[-4:]) if other.heading or other.kind in ("item", "article")), None
    )
    if above is None:
        above = next((other for other in reversed(before[-2:]) if len(other.text) > 4), None)
    if above is None:
        return []
    place = heading_span(above) or short_part(above.text, body_start(above), len(above.text))
    return [field(above, "task", place)]


def _row(clause: Clause, first_leads: bool) -> Iterator[Fact]:
    if all(cell.value == cell.header or not cell.value for cell in clause.cells):
        return
    task = _task_cell(clause.cells)
    fields = [FactField(name="task", value=task.value, start=task.start, end=task.end)] if task else []
    for cell in clause.cells:
        role = _role_of_header(cell.header)
        if role is None or not cell.value.strip():
            continue
        group = _Group(start=0, end=0, assignments=tuple(_of_cell(cell, role)))
        if first_leads and group.assignments:
            group = _with_first_leading(group)
        for one in group.assignments:
            unit = FactField(
                name="unit", value=one.unit, start=cell.start + one.start, end=cell.start + one.end
            )
            named = [unit, FactField(name="role", value=one.role), *fields]
            yield state(KIND, clause, (0, len(clause.text)), named)


def _role_of_header(header: str) -> DutyRole | None:
    name = re.sub(r"\s", "", header)
    if not name or _NO_UNIT_HEADER.search(name):
        return None
    if _LEAD_HEADER.search(name):
        return "牵头"
    if _SUPPORT_HEADER.search(name):
        return "配合"
    return "责任" if _DUTY_HEADER.search(name) else None


def _of_cell(cell: Cell, role: DutyRole) -> list[Assignment]:
    labelled = [one for run in labelled_lists(cell.value) for one in run.assignments]
    if labelled:
        return labelled
    spoken = roles_in(cell.value)
    if spoken:
        return spoken if role == "责任" else [replace(one, role=role) for one in spoken]
    names = split_units(cell.value)
    return [Assignment(unit=name, role=role, start=start, end=end) for name, start, end in names]


def _task_cell(cells: Sequence[Cell]) -> Cell | None:
    for word in _TASK_HEADERS:
        for cell in cells:
            if word in cell.header and _role_of_header(cell.header) is None and cell.value.strip():
                return cell
    texts = [
        cell
        for cell in cells
        if _role_of_header(cell.header) is None and re.search(r"[一-龥]{2}", cell.value)
    ]
    return texts[0] if texts else None
