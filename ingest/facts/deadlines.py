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

KIND: FactKind = "deadline"

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百两]{1,4})"
_YEAR = r"(?:(?:20\d{2}|二[〇零○][一二三四五六七八九〇零]{2})\s*年|当年|次年|本年|每年|下一年度?|年)?"
_POINT = (
    rf"(?:{_YEAR}\s*{_NUMBER}\s*月\s*(?:{_NUMBER}\s*日|底|末|中旬|上旬|下旬)?|{_YEAR}\s*(?:{_NUMBER}\s*月)?{_NUMBER}\s*日|(?:20\d{{2}}\s*年|当年|次年|每年|本年|年)\s*(?:底|末)|"
    r"(?:20\d{2}\s*年)?(?:上半年|下半年|第?[一二三四]季度)|"
    rf"每(?:个)?(?:季度?|月|半年|年度?|学期|周)[^，,。；;]{{0,8}}?{_NUMBER}\s*(?:日|个工作日)|每(?:季度?|月|年度?|半年)(?:底|末|初))"
)
_BEFORE = re.compile(
    rf"(?:应当|应|须|要|必须|原则上)?(?:于|在|到|至|自)?\s*(?P<rule>{_POINT}\s*(?:之前|以前|前))(?!\s*(?:已|的实|形成))"
)
_UNTIL = re.compile(
    rf"(?:到|至|截至|截止到?)\s*(?P<rule>(?:20\d{{2}}\s*年)\s*(?:底|末|{_NUMBER}月底?))(?=[，,]?\s*(?:前)?(?:全面)?(?:完成|建成|实现|基本完成|清零|整改))"
)
_WITHIN = re.compile(
    rf"(?P<rule>(?:(?:(?:自|从(?!事|业)|于)[^，,。；;]{{2,40}}?(?:之日起|日起|起|之后|后)|每[^，,。；;]{{1,8}}(?:结束|终了)(?:之)?后|"
    rf"(?:收到|受理|作出|发生|接到|签订|取得|公布|认定|解除|办结|期满|结束)[^，,。；;]{{0,30}}?(?:之日起|日起|起|之后|后))[，,]?(?:的)?)?"
    rf"(?<![近前过\d月]){_NUMBER}\s*(?:个)?(?:工作日|自然日|日历日|日|天|小时|个月)\s*(?:之内|以内|内))"
)
_FROM_TO = re.compile(
    rf"(?P<rule>(?:每年|{_YEAR})?\s*{_NUMBER}\s*月\s*{_NUMBER}\s*日\s*(?:至|到|[-—－~～])\s*(?:20\d{{2}}\s*年)?\s*(?:{_NUMBER}\s*月)?\s*{_NUMBER}\s*日)(?=[^，,。；;]{{0,6}}(?:申报|申请|报名|受理|提交|集中|报送|办理|填报|参保|缴费|登记))"
)
_LIMIT = re.compile(
    r"(?P<label>完成时限|完成时间|办结时限|时限要求|时间要求|申报截止(?:时间|日期)?|截止(?:时间|日期)|报名截止(?:时间)?)\s*(?:[:：]|为|是)\s*(?P<rule>[^，,。；;)）\n]{2,30})"
)
_TIMELY = re.compile(
    r"[底日月末度年初]\s*(?:之|以)?前|内|时限|时间|截止|[日月]\s*[至到\-－—~～]|[到至]\s*20\d{2}"
)
_FORCE = re.compile(r"施行|有效期|试行期|起实施|之日起执行|废止|失效|执行期|起执行|实施期限|起生效")
_DONE = re.compile(r"已于|已在|发布之前|登记的|此前|已经")
_NO_DEADLINE = re.compile(
    r"[^，,。；;]*(?:的|者)(?=[，,。；;]|$)|[，,]?(?:没有|有|活动|无|未|曾|接触|旅居|就|已|累计)"
)
_CIRCUMSTANCE = re.compile(r"根据|经|按照?|依据|结合|通过|对|如|因|为|由于")
_DATE_HEADER = re.compile(r"完成时限|完成时间|时限|截止|时间节点|时间要求|时间安排|完成日期")
_TASK_HEADER = re.compile(r"任务|事项|工作|措施|内容|项目|环节|阶段")


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each time by which or within which something is to be done."""
    for clause in clauses:
        if clause.kind in ("title", "meta", "heading"):
            continue
        if clause.cells:
            yield from _row(clause)
        for start, end in long_cells(clause) if clause.cells else [(body_start(clause), len(clause.text))]:
            for span in sentences(clause.text, start=start, end=end, marks="。！？；;\n"):
                yield from _of_sentence(clause, span)


def _of_sentence(clause: Clause, sentence: Span) -> Iterator[Fact]:
    text = clause.text
    if not _TIMELY.search(text, *sentence):
        return
    if _FORCE.search(text, *sentence) and not re.search(r"[底日月]前|日内|报送", text[slice(*sentence)]):
        return
    taken: list[Span] = []
    for pattern in (_LIMIT, _FROM_TO, _BEFORE, _UNTIL, _WITHIN):
        for match in pattern.finditer(text, *sentence):
            rule = match.span("rule")
            if any(first < rule[1] and rule[0] < last for first, last in taken):
                continue
            if pattern is _WITHIN and _NO_DEADLINE.match(text, rule[1], sentence[1]):
                # 在缴款期限满3个月内补缴税款的, 14天内没有接触: a condition, not a deadline.
                continue
            if _DONE.search(text, max(sentence[0], rule[0] - 6), rule[1]) or (
                pattern is _LIMIT
                and not re.search(r"\d|[一二三四五六七八九十]|年|月|季|长期|持续", match["rule"])
            ):
                continue
            taken.append(rule)
            yield _fact(clause, sentence, match, rule)


def _fact(clause: Clause, sentence: Span, match: re.Match[str], rule: Span) -> Fact:
    text = clause.text
    part = next(
        (one for one in parts(text, *sentence, marks="，,；;") if one[0] <= rule[0] < one[1]), sentence
    )
    if match.re is _LIMIT:
        # 完成时限 in brackets speaks for the whole clause, as the list of units beside it does.
        start = sentence[0] if _LIMIT.search(text, 0, sentence[0]) else body_start(clause)
        action = heading_span(clause) or short_part(text, start, max(rule[0], start + 4))
        span = (min(start, action[0]), sentence[1])
    else:
        behind = _action_behind(text, match.end(), part, sentence)
        action = behind or _action_before(text, sentence, part, rule)
        span = (part[0], max(part[1], action[1])) if behind else sentence
    if len(text[slice(*action)].strip()) < 2:
        action, span = short_part(text, *sentence), sentence
    fields = [field(clause, "action", action), field(clause, "rule", rule)]
    day = fixed_day(text[slice(*rule)])
    if day:
        fields.append(FactField(name="date", value=day))
    return state(KIND, clause, (min(span[0], rule[0], action[0]), max(span[1], rule[1], action[1])), fields)


def _action_behind(text: str, end: int, part: Span, sentence: Span) -> Span | None:
    """What is to be done, said behind the time; None where only 完成 stands there."""
    said = re.match(r"[^，,；;。\n)）]*", text[end : part[1]])
    start, stop = end, end + (said.end() if said else 0)
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    if stop - start >= 4:
        return start, stop
    if text[start:stop].strip() or end < part[1]:
        return None
    following = [
        one for one in parts(text, *sentence) if one[0] >= part[1] and not _CIRCUMSTANCE.match(text, one[0])
    ]
    return following[0] if following else None


def _action_before(text: str, sentence: Span, part: Span, rule: Span) -> Span:
    lead = re.sub(r"(?:应当|应|须|要|必须|原则上|于|在|到|至)+$", "", text[part[0] : rule[0]].rstrip())
    if len(lead) >= 4:
        return part[0], part[0] + len(lead)
    earlier = [one for one in parts(text, *sentence) if one[1] <= part[0]]
    return earlier[-1] if earlier else part


def fixed_day(rule: str) -> str:
    """The ISO date a rule fixes: a day, the last day of 年底 or 月底, or a month (2024-10); else empty."""
    compact = re.sub(r"\s", "", rule)
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
