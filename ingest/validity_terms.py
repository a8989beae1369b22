"""From when, until when, and instead of what a document is in force, in its own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.dates import PRINTED_DATE, find_dates, last_day, read_date
from ingest.document_numbers import find_numbers

_SELF = (
    r"(?:(?:本|该|此)(?:实施|工作|行动|管理|暂行|试行|若干|指导|政策|补充|通)?"
    r"(?:办法|规定|方案|意见|文件|通知|政策|措施|条例|细则|计划|规划|通告|公告|决定|规则|制度|标准|要点|指引|指南|规范|法|令|解释|预案|章程|目录|清单|准则|函|件|文)"
    r"|(?:以上|上述)(?:政策|措施|意见|规定|条款)+|现予(?:以)?(?:公布|发布|印发)|重新(?:发布|印发|公布))"
)
_STARTS = r"(?:施行|实施|执行|生效|试行|起效|有效)"
_FROM = re.compile(
    rf"自(?P<when>{PRINTED_DATE}|(?:政策)?(?P<event>发布|公布|印发|颁布|下发|通过|发文|签发)之?日)(?:起|后|开始)?(?:满?(?P<days>\d+)日后)?(?:[^。；，,]{{0,4}}?{_STARTS})?"
)
_UNTIL = re.compile(
    rf"(?:有效期?(?:限|为|调整|延长|延续|暂定|截止)*(?:至|到|为)|(?:施行|实施|执行|有效|生效)(?:期)?(?:限|暂定|为)*[^。；，,]{{0,22}}?(?:截?至|到)|起至|日至)"
    rf"\s?(?P<until>{PRINTED_DATE}|(?P<year>\d{{4}})年(?P<month>\d{{1,2}}月)?(?:年?底|末)?)"
)
_TERM = re.compile(
    r"(?:有效期限?|试行期限?|执行期限?|实施期限?|施行期限?|期限|暂定|试行)(?:暂定)?(?:为|是)?\s?(?P<length>(?:\d+|[一二三四五六七八九十两]+)\s?(?:年半|年|个月))"
    r"|(?P<within>(?:\d+|[一二三四五六七八九十两]+)\s?(?:年|个月))(?:内)?有效"
)
# 有效期为某某防控期间, 执行至某某解除止: an event that has no day.
_EVENT = re.compile(
    r"有效期(?:限)?[为至到](?P<ends>[^，。；、（()\d]{2,24}?(?:期间|解除|结束|终止|完成|为止|取消)(?:之日)?(?:为?止)?)(?=[，。；（(]|$)"
    r"|在(?P<during>[^，。；、（()\d]{2,16}期间)(?:内)?有效(?=[，。；（(]|$)"
    r"|(?:施行|实施|执行|有效)(?:期限?)?(?:暂定)?[至到](?P<until>[^，。；、（()\d]{2,24}?(?:解除|结束|终止|取消)(?:之日)?(?:为?止)?)(?=[，。；（(]|$)"
)
_PERIOD = re.compile(r"政策期限为?(?:(?P<first>\d{4})年)(?:至|—|-)(?P<last>\d{4})年")
_SENTENCE = re.compile(r"[^。\n]+(?:。|(?=\n|$))")
_TELLS = re.compile(r"[施执行效期止起至为]")
_NOT_SELF = re.compile(
    r"(?:证|证书|资格|合同|执照|协议|名单|报告|成绩|标识|称号|批件|注册|许可|结果|备案|凭证|项目|名称|期满|届满)[^，,。；]{0,12}$"
)
_REPEALED = re.compile(
    r"(?:同时|即行|予以|一并|起|日|相应|现)(?:废止|停止执行|不再执行|失效|作废|停止施行|停止使用)|(?:同时)?宣布(?:废止|失效)"
)
_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_DEAD = re.compile(
    r"^[\s【\[(（]*(?:本文|此文|该文|本文件|此文件|该文件|文件)?(?:已经?)?(?:被)?(?:宣布)?(?:废止|失效)(?:文件)?[\s】\])）。]*$|本(?:文|文件|办法|通知)已(?:经)?(?:废止|失效)"
    r"|[(（【\[](?:已)(?:废止|失效)[)）】\]]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The time a document is in force, as far as its own words tell."""

    effective_on: date | None = None
    expires_on: date | None = None
    expiry_is_computed: bool = False
    expires_with: str | None = None  # the words that name an event instead of a day


def read_term(text: str, *, issued_on: date | None, published_on: date | None) -> Term:
    """When the document takes effect and when it ends, from sentences that speak of itself."""
    effective: date | None = None
    expires: date | None = None
    length: str | None = None
    event: str | None = None
    begins_unknown = False
    for sentence in _own_sentences(text):
        begins = _beginning(sentence)
        if begins is not None:
            effective = _day(begins, issued_on=issued_on, published_on=published_on)
            begins_unknown = effective is None
        expires = _until(sentence) or expires
        length = _length(sentence) or length
        event = _event(sentence) or event
    start = effective or (None if begins_unknown else issued_on or published_on)
    if expires is None and length is not None and start is not None:
        return Term(effective_on=effective, expires_on=last_day(start, length), expiry_is_computed=True)
    return Term(effective_on=effective, expires_on=expires, expires_with=None if expires else event)


def read_repeals(text: str) -> tuple[str, ...]:
    """Titles and numbers of the documents that this one repeals, in the order printed."""
    found: list[str] = []
    for sentence in re.findall(r"[^。\n]+", text):
        verb = _REPEALED.search(sentence)
        if verb is None or re.search("已(?:经)?$|凡|可能", sentence[: verb.start()]):
            continue
        named = sentence[: verb.start()] or sentence
        named = re.split(r"(?:根据|按照|依据|依照)", named)[-1] if "《" not in named else named
        found += [title for title in _TITLE.findall(named) if len(title) > 2 and not _own_rule(named, title)]
        found += find_numbers(named)
    return tuple(dict.fromkeys(found))


def declares_itself_repealed(head: str, state: str | None, title: str) -> bool:
    """Whether the page or the title says that the document is no longer in force."""
    if state and re.search("废止|失效|无效", state) and not re.search("未|否|不", state):
        return True
    lines = head.split("\n")
    return any(_DEAD.search(line) for line in (*lines, title) if len(line) < 120)


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        # Without one of these characters a sentence says neither a beginning nor an end.
        if _TELLS.search(match.group()):
            yield "".join(match.group().split())


def _own_sentences(text: str) -> Iterator[str]:
    for sentence in _sentences(text):
        if re.search(_SELF, sentence) or re.match(
            r"(?:第[一二三四五六七八九十百零]+条)?自.{4,30}起", sentence
        ):
            yield sentence


def _beginning(sentence: str) -> re.Match[str] | None:
    """The words 「自…起施行」 that the sentence says of its own document."""
    for match in _FROM.finditer(sentence):
        following = sentence[match.end() : match.end() + 14]
        if not re.search(_STARTS, match.group()) and not re.match(
            rf"[^。；]{{0,10}}{_STARTS}|至|，|,|\d+年|[一二三四五]年", following
        ):
            continue
        before = re.split("[，,；;]", sentence[: match.start()])[-1]
        if before and not re.search(rf"{_SELF}|^(?:并|起)?$|条$", before):
            continue
        return match
    return None


def _day(begins: re.Match[str], *, issued_on: date | None, published_on: date | None) -> date | None:
    if not begins["event"]:
        return read_date(begins["when"])
    # The day a page was put on the web may be years after 印发; 发布 may be that very day.
    printed = begins["event"] in ("印发", "下发", "发文", "签发", "通过")
    day = issued_on if printed else published_on or issued_on
    if day is not None and begins["days"]:
        return day + timedelta(days=int(begins["days"]))
    return day


def _until(sentence: str) -> date | None:
    if period := _PERIOD.search(sentence):
        return date(int(period["last"]), 12, 31)
    for match in _UNTIL.finditer(sentence):
        if _NOT_SELF.search(sentence[: match.start()]) or not _speaks_of_itself(sentence, match.start()):
            continue
        if match["year"]:
            month = int(match["month"][:-1]) if match["month"] else 12
            return last_day(date(int(match["year"]), month, 1), "1个月")
        days = [printed.day for printed in find_dates(match["until"])]
        return days[-1] if days else None
    return None


def _length(sentence: str) -> str | None:
    for match in _TERM.finditer(sentence):
        before = sentence[: match.start()]
        if not _NOT_SELF.search(before) and _speaks_of_itself(sentence, match.start()):
            return match["length"] or match["within"]
    return None


def _event(sentence: str) -> str | None:
    match = _EVENT.search(sentence)
    if match is None or _NOT_SELF.search(sentence[: match.start()]):
        return None
    # What it is said of stands directly before: the document itself, or its beginning (自…起实施，).
    before = re.split("[，,；;]", sentence[: match.start()])[-1]
    if not re.search(rf"^(?:其余|其馀|其他)?$|{_SELF}$", before):
        return None
    return match.group()


def _speaks_of_itself(sentence: str, position: int) -> bool:
    """Whether the words at this position are said of the document and not of a thing in it."""
    before = sentence[:position]
    last = re.split(r"[，,；;、]|(?<=[）)])(?=本|以上|上述|此)", before)[-1]
    if re.search(rf"^(?:第[一二三四五六七八九十百零\d]+条)?{_SELF}", last) or re.search(
        rf"自.*{_STARTS}$", last
    ):
        return True
    return not last.strip("其自起") and bool(re.search(rf"{_SELF}|自.*{_STARTS}", before))


def _own_rule(sentence: str, title: str) -> bool:
    # 「…发布的《甲》同时废止」 names 甲; 「根据《乙》，《甲》同时废止」 does not repeal 乙.
    place = sentence.find(f"《{title}》")
    return bool(re.search(r"(?:根据|按照|依据|依照|执行)[^，,]{0,30}$", sentence[:place]))
