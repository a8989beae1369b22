"""Times by which or within which something is due, found in a sentence as printed.

The words come from ingest/data/deadline_language.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.sentences import Span

_NUMBER = r"(?:(?:\d{1,3}\s*[-—－~～至]\s*)?\d{1,3}|[一二三四五六七八九十百两]{1,4})"
_YEAR = r"(?:(?:20\d{2}|二[〇零○][一二三四五六七八九〇零]{2})\s*年|当年|次年|本年|每年|下一年度?|年)?"
_POINT = (
    rf"(?:{_YEAR}\s*{_NUMBER}\s*月\s*(?:{_NUMBER}\s*日|底|末|中旬|上旬|下旬|份)?|{_YEAR}\s*(?:{_NUMBER}\s*月)?{_NUMBER}\s*日"
    r"|(?:20\d{2}\s*年|当年|次年|每年|本年|今年|年)\s*(?:底|末)|20\d{2}\s*年"
    r"|(?:20\d{2}\s*年)?(?:上半年|下半年|第?[一二三四]季度)"
    rf"|每(?:个)?(?:季度?|月|半年|年度?|学期|周)[^，,。；;]{{0,8}}?{_NUMBER}\s*(?:日|个工作日)|每(?:季度?|月|年度?|半年)(?:底|末|初))"
)
_UNIT = r"\s*(?:个)?(?:工作日|自然日|日历日|日|天|小时|个月)"
_LENGTH = rf"{_NUMBER}{_UNIT}"
_TIMELY = re.compile(
    r"[日天月时年期]\s*(?:之|以)?[内前]|[底末度初]\s*(?:之|以)?前|时限|时间|截止|[日月]\s*[至到\-－—~～]|[到至]\s*20\d{2}|提前|每[年月季]|当[天日]|不得?[超晚]"
)
_MODAL = r"(?:应当?|须|要|必须|需|可以?|由)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """A time as printed and where the words around it begin and end."""

    rule: Span
    end: int  # of the whole expression; what is due follows
    is_label: bool = False  # 完成时限：… speaks for its whole clause
    is_whole: bool = False  # the rule holds the action itself: 当天申请，当天出证


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLanguage:
    """The vocabulary of deadline_language.toml, ready to search."""

    patterns: tuple[re.Pattern[str], ...]
    label: re.Pattern[str]
    whole: re.Pattern[str]
    before: re.Pattern[str]
    window: re.Pattern[str]
    force: re.Pattern[str]
    due_anyway: re.Pattern[str]
    done: re.Pattern[str]
    describes: re.Pattern[str]
    no_deadline: re.Pattern[str]
    circumstance: re.Pattern[str]
    empty: re.Pattern[str]


def may_be_timed(text: str) -> bool:
    """Whether a text has any word of a time; most have none and need not be split."""
    return bool(_TIMELY.search(text))


def find_time_rules(text: str, sentence: Span) -> Iterator[TimeRule]:
    """The times of a sentence at which something is due, each stretch of text in one of them."""
    words = deadline_language()
    if not _TIMELY.search(text, *sentence):
        return
    if words.force.search(text, *sentence) and not words.due_anyway.search(text, *sentence):
        return
    taken: list[Span] = []
    for pattern in words.patterns:
        for match in pattern.finditer(text, *sentence):
            rule = match.span("rule")
            if any(first < rule[1] and rule[0] < last for first, last in taken):
                continue
            if _is_due(match, sentence):
                taken.append(rule)
                yield TimeRule(
                    rule=rule,
                    end=match.end(),
                    is_label=pattern is words.label,
                    is_whole=pattern is words.whole,
                )


def _is_due(match: re.Match[str], sentence: Span) -> bool:
    words, text = deadline_language(), match.string
    start, end = match.span("rule")
    if words.done.search(text, max(sentence[0], start - 6), end):
        return False
    if match.re is words.label:
        return bool(re.search(r"\d|[一二三四五六七八九十]|年|月|季|长期|持续", match["rule"]))
    if match.re is words.before:
        return not words.describes.match(text, end)
    if match.re in (words.window, words.whole):
        return True
    # 在缴款期限满3个月内补缴税款的, 14天内没有接触: a condition, not a deadline.
    return not words.no_deadline.match(text, end, sentence[1])


@cache
def deadline_language() -> DeadlineLanguage:
    """The vocabulary, read once."""
    data = tomllib.loads((files("ingest") / "data" / "deadline_language.toml").read_text(encoding="utf-8"))
    within, window, none = data["within"], data["window"], data["none"]
    label = re.compile(
        rf"(?P<label>{window['labels']})\s*(?:[:：]|为|是)\s*(?P<rule>[^，,。；;)）\n]{{2,30}})"
    )
    before = re.compile(
        rf"(?:应当|应|须|要|必须|原则上)?(?:于|在|到|至|自)?\s*(?P<rule>{_POINT}\s*(?:之前|以前|前))(?!\s*(?:已|的实|形成))"
    )
    day = rf"{_NUMBER}\s*月\s*{_NUMBER}\s*日"
    from_to = re.compile(
        rf"(?P<rule>(?:每年|{_YEAR})?\s*{day}\s*(?:至|到|[-—－~～])\s*(?:20\d{{2}}\s*年|次年|当年)?\s*(?:{_NUMBER}\s*月)?\s*{_NUMBER}\s*日)"
        rf"(?=[^，,。；;]{{0,6}}(?:{window['actions']}))"
    )
    same_day = re.compile(
        r"(?P<rule>(?:当天|当日)(?:申请|受理|提交|收件|申报)[，,、]?(?:当天|当日)[一-龥]{2,6}|(?:当天|当日)(?:办结|出证|审结|反馈|答复|报告))"
    )
    return DeadlineLanguage(
        patterns=(
            label,
            from_to,
            *_ahead(data["before"]["points"]),
            before,
            *_until(within),
            _within(within),
            *_without_length(within, data["periods"]["names"]),
            same_day,
        ),
        label=label,
        whole=same_day,
        before=before,
        window=from_to,
        force=re.compile(none["force"]),
        due_anyway=re.compile(r"[底日月]前|(?:日|个月|小时)内|报送"),
        done=re.compile(none["done"]),
        describes=re.compile(rf"\s*(?:{data['before']['describes']})"),
        no_deadline=re.compile(none["no_deadline"]),
        circumstance=re.compile(none["circumstance"]),
        empty=re.compile(none["empty"]),
    )


def _within(words: dict[str, str]) -> re.Pattern[str]:
    ends = words["ends"]
    behind = rf"(?:(?:{ends}|的)[，,]?(?:原则上)?{_MODAL}?(?:在|于)?)?"
    since = rf"自(?!{words['no_since']})[^，,。；;自]{{2,60}}?{behind}"
    others = rf"(?:从(?!{words['no_from']})|于|在)[^，,。；;自在于]{{2,40}}?(?:{ends})[，,]?(?:的)?"
    each = r"每[^，,。；;]{1,8}(?:结束|终了)(?:之)?后"
    event = rf"(?:{words['events']})[^，,。；;自]{{0,30}}?(?:{ends})[，,]?(?:的)?"
    return re.compile(
        rf"(?P<rule>(?:{since}|{others}|{each}|{event})?(?<![近前过\d月])\s*{_LENGTH}\s*(?:之内|以内|内(?!{words['not_inside']})))"
    )


def _ahead(points: str) -> Iterator[re.Pattern[str]]:
    yield re.compile(
        rf"(?<!可)(?<!可以)(?P<rule>提前\s*(?:至少|不少于)?\s*(?:{_LENGTH}|{_NUMBER}\s*年))(?!完成|实现|退休)"
    )
    yield re.compile(
        rf"(?P<rule>(?:(?:在|于)[^，,。；;在于]{{1,16}}?)?(?:{points})(?:之日)?的?\s*{_LENGTH}\s*(?:之前|以前|前))"
    )
    yield re.compile(
        rf"(?P<rule>(?:(?:在|于)[^，,。；;在于]{{1,16}}?)?(?:{points})(?:之日)?前的?\s*{_LENGTH}\s*(?:之内|以内|内))"
    )
    yield re.compile(
        rf"(?:在|于|应当?)(?P<rule>{_NUMBER}\s*(?:个)?(?:工作日|自然日|小时)\s*(?:之前|以前|前))(?!的)"
    )
    yield re.compile(rf"(?P<rule>(?:最迟|最晚)[^，,。；;]{{0,20}}?{_LENGTH}内?)")


def _until(words: dict[str, str]) -> Iterator[re.Pattern[str]]:
    reached = rf"(?=[，,]?\s*(?:前|力争|争取|确保|[全各][省市区县]|稳步)*(?:{words['reached']}|清零|整改))"
    yield re.compile(
        rf"(?:到|至|截至|截止到?)\s*(?P<rule>20\d{{2}}\s*年\s*(?:底|末|{_NUMBER}月底?))" + reached
    )
    yield re.compile(r"(?P<rule>(?:20\d{2}\s*年)?(?:上半年|下半年|第?[一二三四]季度))" + reached)
    yield re.compile(r"(?P<rule>(?<![一二三四五六七八九十\d两同])年内)" + reached)
    yield re.compile(
        rf"(?:{words['aims']})(?:通过)?(?P<rule>(?:[一二三四五六七八九十两]|\d{{1,2}})年(?:左右)?(?:的?时间)?(?:之内|内|(?=[，,])))"
        + reached
    )


def _without_length(words: dict[str, str], periods: str) -> Iterator[re.Pattern[str]]:
    yield re.compile(rf"(?P<rule>在[^，,。；;在]{{0,12}}(?:{periods})(?:之内|以内|内))")
    yield re.compile(
        rf"(?P<rule>每年\s*{_NUMBER}\s*月(?:{_NUMBER}\s*日|底|末|初|中旬|上旬|下旬|份)?)(?!\s*(?:[-—－~～至到、和及的]|之?前|以前|起))"
    )
    yield re.compile(
        rf"(?P<rule>每(?:季度?|月|年)(?:底|末|初)?\s*{_NUMBER}\s*日)(?!\s*(?:[-—－~～至到、和及的]|之?前|以前|起|内))"
    )
    yield re.compile(
        rf"(?<!期限)(?<!期)(?:原则上|一般|时限|时间|应当?|须)[^，,。；;]{{0,6}}(?P<rule>不得?超过\s*{_LENGTH})(?!以上)"
    )
