"""Deadlines: what has to be done by when, or within how long."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ingest.numerals import chinese_to_int, parse_date
from ingest.policy import Clause, Fact, FactField, FactKind
from ingest.sentences import (
    Span,
    body_start,
    field,
    heading_span,
    long_cells,
    parts,
    sentences,
    short_part,
    state,
)
from ingest.time_rules import TimeRule, deadline_language, find_time_rules, may_be_timed

KIND: FactKind = "deadline"

_MODAL = re.compile(r"(?:应当|应|须|要|必须|原则上|需|于|在|到|至)+$")
_SAID = re.compile(r"(?:[（(][^（）()]*[)）]|[^，,；;。\n)）])*")
_NAMED = 4  # characters that an action has at least, unless a shorter verb is all there is
_RANGE = re.compile(r"(?:至|到|[-—－~～])")
_DATE_HEADER = re.compile(r"完成时限|完成时间|时限|截止|时间节点|时间要求|时间安排|完成日期")
_TASK_HEADER = re.compile(r"任务|事项|工作|措施|内容|项目|环节|阶段")


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each time by which or within which something is to be done."""
    for clause in clauses:
        if clause.kind in ("title", "meta", "heading"):
            continue
        if clause.cells:
            yield from _row(clause)
        if not may_be_timed(clause.text):
            continue
        for start, end in long_cells(clause) if clause.cells else [(body_start(clause), len(clause.text))]:
            for span in sentences(clause.text, start=start, end=end, marks="。！？；;\n"):
                for found in find_time_rules(clause.text, span):
                    yield _fact(clause, span, found)


def _fact(clause: Clause, sentence: Span, found: TimeRule) -> Fact:
    text, rule = clause.text, found.rule
    part = next(
        (one for one in parts(text, *sentence, marks="，,；;") if one[0] <= rule[0] < one[1]), sentence
    )
    if found.is_label:
        # 完成时限 in brackets speaks for the whole clause, as the list of units beside it does.
        start = sentence[0] if _has_label(text, sentence[0]) else body_start(clause)
        action = heading_span(clause) or short_part(text, start, max(rule[0], start + 4))
        span = (min(start, action[0]), sentence[1])
    elif found.is_whole:
        action, span = rule, sentence
    else:
        behind = _action_behind(text, found, part, sentence)
        action = behind or _action_before(text, sentence, part, rule)
        span = (part[0], max(part[1], action[1])) if behind else sentence
    if len(text[slice(*action)].strip()) < 2:
        action, span = short_part(text, *sentence), sentence
    fields = [field(clause, "action", action), field(clause, "rule", rule)]
    day = fixed_day(text[slice(*rule)])
    if day:
        fields.append(FactField(name="date", value=day))
    return state(KIND, clause, (min(span[0], rule[0], action[0]), max(span[1], rule[1], action[1])), fields)


def _has_label(text: str, end: int) -> bool:
    return bool(deadline_language().label.search(text, 0, end))


def _action_behind(text: str, found: TimeRule, part: Span, sentence: Span) -> Span | None:
    """What is to be done, said behind the time; None where only 完成 stands there."""
    words, rule, end = deadline_language(), found.rule, found.end
    said = _SAID.match(text, end, max(end, part[1]))
    start, stop = end, said.end() if said else end
    if text[start:stop].lstrip().startswith(("(", "（")):
        return None
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    named_before = len(_MODAL.sub("", text[part[0] : rule[0]].rstrip())) >= _NAMED
    if stop - start >= _NAMED or (
        stop - start >= 2 and not named_before and not words.empty.fullmatch(text, start, stop)
    ):
        return start, stop
    if text[start:stop].strip() or end < part[1]:
        return None
    following = [one for one in parts(text, *sentence) if one[0] >= part[1] and text[one[0]] not in "(（"]
    plain = [
        one
        for one in following
        if not words.circumstance.match(text, one[0]) and not text[slice(*one)].endswith("的")
    ]
    return next(iter((*plain, *following)), None)


def _action_before(text: str, sentence: Span, part: Span, rule: Span) -> Span:
    lead = _MODAL.sub("", text[part[0] : rule[0]].rstrip())
    if len(lead) >= _NAMED:
        return part[0], part[0] + len(lead)
    earlier = [one for one in parts(text, *sentence) if one[1] <= part[0]]
    return earlier[-1] if earlier else part


def fixed_day(rule: str) -> str:
    """The ISO date a rule fixes: a day, the last day of 年底 or 月底, or a month (2024-10); else empty."""
    compact = _last_day(re.sub(r"\s", "", rule))
    day = parse_date(compact)
    if day:
        return day.isoformat()
    match = re.search(
        r"(?P<year>20\d{2}|二[〇零○][一二三四五六七八九〇零]{2})年(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?P<end>底|末)?",
        compact,
    )
    if match is None or "至" in compact:
        return ""
    year = chinese_to_int(match["year"])
    if match["month"]:
        month = chinese_to_int(match["month"])
        if not 1 <= month <= 12:
            return ""
        return (
            date(year, month, monthrange(year, month)[1]).isoformat()
            if match["end"]
            else f"{year}-{month:02d}"
        )
    return date(year, 12, 31).isoformat() if match["end"] else ""


def _last_day(rule: str) -> str:
    """2024年3月1日至31日 is due on its last day, in the year and month said before."""
    first, *others = _RANGE.split(rule)
    if not others or not re.search(r"\d日", others[-1]):
        return rule
    last, year = others[-1], re.match(r"20\d{2}年", first)
    month = re.search(r"\d{1,2}月", first)
    if "月" not in last and month:
        last = month.group() + last
    return last if re.match(r"20\d{2}年", last) or not year else year.group() + last


def _row(clause: Clause) -> Iterator[Fact]:
    task = next(
        (
            cell
            for cell in clause.cells
            if _TASK_HEADER.search(cell.header)
            and not _DATE_HEADER.search(cell.header)
            and cell.value.strip()
        ),
        None,
    )
    for cell in clause.cells:
        if (
            not _DATE_HEADER.search(cell.header)
            or cell.value in ("", cell.header)
            or not re.search(r"\d|月|年|季", cell.value)
        ):
            continue
        action = [FactField(name="action", value=task.value, start=task.start, end=task.end)] if task else []
        day = fixed_day(cell.value)
        fields = [*action, FactField(name="rule", value=cell.value, start=cell.start, end=cell.end)]
        yield state(
            KIND,
            clause,
            (0, len(clause.text)),
            [*fields, *([FactField(name="date", value=day)] if day else [])],
        )
