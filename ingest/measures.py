"""What is granted without a sum of money: relief from a charge, the whole of a cost, a named standard.

The words come from ingest/data/benefit_language.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ingest.sentences import Span

_NUMBER = r"(?:[0-9０-９]{1,3}|[一二三四五六七八九十两百]{1,4})"
_COMPARED = r"(?:不低于|不少于|不高于|不超过|最高|最低|最长)?"
_INSIDE = r"[^，,。；;：:\n]"
_MARKS = re.compile(r"[免减全享倍月]|标准|分之|一半")
_COMPARATOR = re.compile(r"(?:不低于|不少于|不得低于|不高于|不超过|不得超过|最高|最低|至少)[^，,。；;]{0,8}$")
_CONDITION = re.compile(r"(?:以上|以下)?[的者]$")
_NEAR = 80  # characters before a grant that may take it back
_FRACTION = re.compile(r"(?:[一二三四五六七八九十]分之[一二三四五六七八九十](?!点)|一半(?!以上))")
_TITLE = re.compile(r"《[^《》]*(?:》|$)")
_PERCENT = re.compile(r"\s*用?\s*的?\s*(?:[\d０-９]|百分之)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is granted: a sum, a rate, or words that stand for one; offsets count in the stretch read."""

    start: int
    end: int
    comparator: str = ""
    about: Span | None = None  # the charge that a relief is from
    is_sum: bool = True  # false for words without a sum of money or a rate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    relief: re.Pattern[str]
    relief_behind: re.Pattern[str]
    not_granted: re.Pattern[str]
    asked: re.Pattern[str]
    spoken_of: re.Pattern[str]
    whole: re.Pattern[str]
    months: re.Pattern[str]
    times: re.Pattern[str]
    by_standard: re.Pattern[str]
    reference: re.Pattern[str]
    grants: re.Pattern[str]


def find_measures(said: str) -> list[Measure]:
    """The grants of a stretch between commas that print no sum of money, in order and disjoint."""
    if not _MARKS.search(said):
        return []
    said = _TITLE.sub(lambda title: "·" * len(title.group()), said)
    found: list[Measure] = []
    for measure in sorted(_all(said), key=lambda each: (each.start, -each.end)):
        if not found or measure.start >= max(found[-1].end, found[-1].about[1] if found[-1].about else 0):
            found.append(measure)
    return found


def grants_without_sum(sentence: str) -> bool:
    """Whether a sentence has words of a grant that may print no sum."""
    return bool(_language().grants.search(sentence))


def _all(said: str) -> Iterator[Measure]:
    words = _language()
    if words.asked.search(said):
        return
    yield from _reliefs(said)
    for pattern in (words.whole, words.months, words.times, words.reference):
        for match in pattern.finditer(said):
            start, end = match.span("measure")
            # 救助金额超过2个月最低生活保障标准的: a condition; 3个月保险费的50%: the rate is what is granted.
            if not (_CONDITION.match(said, end) or (pattern is words.months and _PERCENT.match(said, end))):
                about = match.span("about") if pattern is words.whole and match["about"] else None
                yield replace(_words(said, start, end), about=about)
    for match in words.by_standard.finditer(said):
        yield _words(said, *match.span("measure"))


def _reliefs(said: str) -> Iterator[Measure]:
    words = _language()
    for pattern in (words.relief, words.relief_behind):
        for match in pattern.finditer(said):
            start, end = match.span("measure")
            # 减免租金的园区, 减免税费政策: the relief describes something else.
            before = max(0, start - _NEAR)
            if words.spoken_of.match(said, match.end()) or words.not_granted.search(said, before, start):
                continue
            yield Measure(start=start, end=end, about=match.span("about"), is_sum=False)


def _words(said: str, start: int, end: int) -> Measure:
    compared = _COMPARATOR.search(said, max(0, start - _NEAR), start)
    return Measure(
        start=start,
        end=end,
        comparator=re.sub(r"(?:本|当地|全|人均|每).*$", "", compared.group()) if compared else "",
        is_sum=False,
    )


@cache
def _language() -> _Language:
    data = tomllib.loads((files("ingest") / "data" / "benefit_language.toml").read_text(encoding="utf-8"))
    relief, whole, standard, reference = (data[part] for part in ("relief", "whole", "standard", "reference"))
    charges, more = relief["charges"], r"[^，,。；;：:、\n]"
    charge = (
        rf"{more}{{0,40}}?(?:{charges})(?![税费金款额租息率收后前务法源种者])(?:[（(][^（）()]*[)）])?"
        rf"(?:[、和及与](?![免减]){more}{{0,24}}?(?:{charges})(?![税费金款额租息率收后前务法源种者]))*"
    )
    measures = standard["measures"]
    return _Language(
        relief=re.compile(
            rf"(?P<measure>(?:{relief['verbs']})(?:(?:、|或者?|和)(?:{relief['verbs']}))*)(?P<about>{charge})"
        ),
        relief_behind=re.compile(
            rf"(?P<about>(?:[^，,。；;：:、\n]|(?<=[一二三四\d])、(?=[一二三四\d])){{0,20}}?(?:{charges}))(?:[（(][^（）()]*[)）])?(?:可|可以|一律|全部|应当|予以|给予|实行|按规定|适当)*"
            rf"(?P<measure>{relief['behind_the_charge']})(?=[，,。；;、（(]|$)"
        ),
        not_granted=re.compile(relief["not_granted"]),
        asked=re.compile(relief["asked"]),
        spoken_of=re.compile(rf"的|[一-龥]{{0,12}}(?:{relief['spoken_of']})"),
        whole=re.compile(rf"(?P<measure>全额(?:给予|予以)?(?:{whole['verbs']}))(?P<about>{charge})?"),
        months=re.compile(
            rf"(?<!缴纳)(?<!缓缴)(?<!补缴)(?<!欠缴)(?<!缓交)(?<!缴交)(?<!参加)(?<!领取)(?<!提供)(?<![满近每第续计过到][0-9一二三四五六七八九十])(?<![满近前每第续计过到月\d])"
            rf"(?P<measure>{_NUMBER}个月(?!内|以|后|前|起|及|期)(?:的)?[^，,。；;：:、\n\d]{{0,16}}?(?:{standard['monthly']})(?:标准)?)"
            rf"(?!的?人|以上|低于|高于|证明|[单凭]|流水|作为|免|减半|全免|予以|一律)"
        ),
        times=re.compile(
            rf"(?P<measure>(?:(?!为|按|给予|不超过|每人|每次|相当于|超过|低于|高于|不满|达到)[一-龥]){{0,12}}(?:{measures})的?\s*(?:{_NUMBER}倍|{_FRACTION.pattern}))"
            r"(?!以[上下]|的?罚)"
        ),
        by_standard=re.compile(
            rf"(?:按照?|参照|依照|执行)(?:每[人户个家][每/]?[年月天日次]?)?(?:不高于|不低于|不超过)?(?P<measure>(?!{_INSIDE}{{0,8}}(?:{standard['unnamed']}))[一-龥]{{1,12}}标准)(?=给予|予以|发放|支付|享受|补助|补贴|奖励|资助|执行)"
        ),
        reference=re.compile(
            rf"(?P<measure>{reference['named']}|(?<=享受){_INSIDE}{{0,40}}(?:{reference['taxes']})(?=[^，,。；;]{{0,8}}(?:优惠|政策|待遇)))"
        ),
        grants=re.compile(rf"{relief['verbs']}|全额|享受|标准|{_NUMBER}个月|分之|一半|倍"),
    )
