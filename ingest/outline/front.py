"""What stands around the text itself: page head, titles, number, addressees, signatures, attachments."""

import re
from collections.abc import Iterator, Sequence

from ingest.document_numbers import NUMBER, read_number
from ingest.header_fields import field_spans
from ingest.lines import Line, bare
from ingest.numbering import marker_at
from ingest.outline.pieces import Role
from ingest.titles import Title, Titles

_HEAD = 2000  # characters in which fields of a page head are looked for
_LONG = 120
_DATE = re.compile(
    r"[(（]?\s?(?:\d{3,4}|[一二三四五六七八九〇零○ＯO0]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?\s?[)）]?"
)
_PLAIN_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?")
_SIGNED = re.compile(
    r"(?<=[。）)])\s?(?P<organ>[^。，,;；:：《》“”()（）\d\s][^。，,;；:：《》“”()（）\d\n]{1,60}?)\s?(?P<date>\d{3,4}年\d{1,2}月\d{1,2}日)"
)
_ORGAN = re.compile(
    r"[^。，,;；:：!！?？]{2,80}(?:[局委办厅部府会院室处署行团社校司站队所协]|中心|集团|小组|专班|指挥部|[(（]代?[章拟][)）])$|[(（][^()（）]{2,60}代[章拟][)）]"
)
# 2019年1月1日起施行: a date that a sentence begins with signs nothing.
_GOES_ON = re.compile(r"[起前后以之至到的，,、。（(]|发布|印发|施行")
_AFTER_DATE = re.compile(r"\s|$|[(（]此件")
_SIGNED_LINE = re.compile(r"[^。，,;；:：《》]{2,60}\s\d{4}年\d{1,2}月\d{1,2}日")
_HEAD_BLANK = re.compile(r"(?<=[一-龥]) (?=各|关于|现将)|(?<=号) (?=[一-龥])")
_TITLE = re.compile(r"[^。；:：]{0,60}关于[^。；:：]{2,150}的(?:通知|公告|通告|意见|决定|批复|函)")
_SENTENCE = re.compile(r"如下|以下|为了?|根据|按照|通知$|制定")
_ADDRESSEE = re.compile(r"\s?[^。；;:：]{2,250}?[:：]")
_ADDRESSED = re.compile(r"各|人民政府|单位|部门|委员会|[局委办厅处院校]|企业|公司|银行|群众|市民|朋友")
_REMARK = re.compile(
    r"[(（](?:此件|联系|本文|主动公开|依申请公开|不予公开|信息公开)[^()（）]*[)）]|(?:公开方式|公开属性|抄送|分送|主送|联系人|信息公开选项)\s?[:：].{1,200}|.{4,60}\d日\s?印发"
)
_RECORD = re.compile(
    r"[(（].*(?:通过|批准|公布|发布|修订|修正|施行|印发).*[)）]?|.*\d+\s?年.*(?:通过|批准|公布|发布|修订|修正|施行|备案)[)）]?"
)
_ISSUING = re.compile("印发|发布|公布|颁布|转发|下发")
_NOTICE_KIND = re.compile(r"(通知|公告|通告|决定|命令|令|函|意见|批复)(?:[(（][^()（）]{1,20}[)）])?$")
_OPENING = re.compile(
    r"(?<=[^\s。；;:：，,、])(?=为(?:了|深入|认真|全面|进一步|贯彻|加快|推[进动]|落实|切实|规范|加强|做好|促进|支持|积极|有效|扎实|更好)|根据《|按照《|依据《)"
)


def front_cuts(text: str, titles: Titles) -> Iterator[int]:
    """Places inside run-on lines at which titles, addressees and signatures begin and end."""
    for title in (titles.own, titles.issued):
        if title is not None:
            yield from (title.start, title.end)
    own, issued = titles.own, titles.issued
    begin = own.end if own else 0
    end = issued.start if issued and issued.start > begin else min(len(text), begin + _LONG * 10)
    number = NUMBER.match(text, begin, end)
    if number:
        yield number.end()
        begin = number.end()
    addressee = _ADDRESSEE.match(text, begin, end)
    in_table = addressee is not None and "\t" in addressee.group()
    if addressee and not in_table and _ADDRESSED.search(addressee.group()) and marker_at(text, begin) is None:
        yield addressee.end()
        for blank in _HEAD_BLANK.finditer(text, addressee.start(), addressee.end()):
            yield blank.end()
    for signed in _SIGNED.finditer(text, begin):
        if _GOES_ON.match(text, signed.end()):
            continue
        if signed.end() <= end or _AFTER_DATE.match(text, signed.end()):
            yield from (signed.start("organ"), signed.start("date"), signed.end())
    title = issued or own
    if title:
        yield from _record_cut(text, title)


def _record_cut(text: str, title: Title) -> Iterator[int]:
    match = re.compile(r"\s*[(（]\d{4}年[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）]").match(
        text, title.end
    )
    if match:
        yield match.end()


def notice_name(titles: Titles, *, numbered: bool) -> str:
    """What to call the notice that issues something: 通知, 公告 …; empty where there is none."""
    own = titles.own
    if own is None or (titles.issued is None and (numbered or not _ISSUING.search(own.text))):
        return ""
    kind = _NOTICE_KIND.search(own.text)
    return kind[1] if kind else "通知" if titles.issued else ""


def head_roles(text: str, lines: Sequence[Line], title: Title | None) -> dict[int, Role]:
    """The roles of the lines above the title, of the title and of the fields."""
    fields = field_spans(text[:_HEAD])
    begin = title.start if title else 0
    roles: dict[int, Role] = {}
    for place, line in enumerate(lines):
        if line.start >= _HEAD and line.start >= begin:
            break
        field = any(start <= line.start < end for start, end in fields) and len(line.text) < _LONG
        if field and marker_at(line.text) is None:
            roles[place] = "page_head"
        elif line.start < begin:
            roles[place] = "title" if title and bare(line.text) == bare(title.text) else "page_head"
    return roles


def text_roles(lines: Sequence[Line], first: int, last: int) -> dict[int, Role]:
    """The roles of the unnumbered lines between two places: number, addressee, signature, date …"""
    roles: dict[int, Role] = {}
    opening = True
    for place in range(first, last):
        line = lines[place]
        if marker_at(line.text) is not None:
            opening = False
            continue
        role = _opening_role(line) if opening else None
        if role == "addressee" and role in roles.values():
            role = None
        if role is None:
            role = _any_role(line)
        if role == "date" and not opening_only(roles, place, first):
            roles.update(_signatures(lines, place, first))
        if role is not None:
            roles[place] = role
        elif len(line.text) > _LONG // 3:
            opening = False
    return roles


def opening_only(roles: dict[int, Role], place: int, first: int) -> bool:
    """Whether nothing but other head lines stand between the beginning and this place."""
    return all(roles.get(earlier) not in {None, "addressee"} for earlier in range(first, place))


def _opening_role(line: Line) -> Role | None:
    if read_number(line.text):
        return "number"
    if len(line.text) <= 600 and _RECORD.fullmatch(line.text) and len(line.text) < 5 * _LONG:
        return "record"
    if _TITLE.fullmatch(line.text):
        return "title"
    if len(line.text) > 2 * _LONG or line.text[-1] not in ":：" or not _ADDRESSED.search(line.text):
        return None
    return None if "。" in line.text or _SENTENCE.search(line.text[:-1]) else "addressee"


def _any_role(line: Line) -> Role | None:
    if _DATE.fullmatch(line.text) or _PLAIN_DATE.fullmatch(line.text):
        return "date"
    if _SIGNED_LINE.fullmatch(line.text):
        return "signature"
    if _REMARK.fullmatch(line.text):
        return "remark"
    return None


def _signatures(lines: Sequence[Line], place: int, first: int) -> Iterator[tuple[int, Role]]:
    for earlier in range(place - 1, max(first, place - 12) - 1, -1):
        line = lines[earlier]
        if marker_at(line.text) is not None or _ORGAN.fullmatch(line.text) is None:
            return
        yield earlier, "signature"
