"""Attachments: the list that names them at the end of the text, and where each begins."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.numbering import marker_at
from ingest.outline.pieces import Role

_MARK = re.compile(
    r"(?P<word>附\s?(?:件|表|录))\s?[：:]?\s?(?P<number>\d{1,2}(?:[-—]\d{1,2})?|[一二三四五六七八九十]{1,3}|[A-Z](?![a-zA-Z]))?"
    r"(?:\s?[.．、：:]\s?|\s|(?=《)|$)(?P<title>.*)"
)
_TITLE = 60
_TITLE_LINES = 3
_TITLE_END = re.compile(
    r"(?:表|清单|名单|目录|专班|小组|委员会|指挥部|方案|分工|指标|体系|版|办法|细则|规定|措施|计划|流程|流程图|指南|标准|要求|说明|书|样式|模板|范围|内容|图|单|条件|材料|一览|规则|制度)(?:[(（][^()（）]{1,20}[)）])?$"
)
_NO_TITLE = re.compile(r"[。；;：:\t]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment: its name for locators, its first line, and how many lines name and title take."""

    name: str
    first: int
    title_lines: int


def find_attachments(lines: Sequence[Line], begin: int) -> list[Attachment]:
    """The attachments behind the text, in order; lines that only list them are left out."""
    marks = [(place, mark) for place in range(begin, len(lines)) if (mark := _mark(lines, place))]
    last_place = {mark["number"]: place for place, mark in marks}
    found = []
    for place, mark in marks:
        again = last_place[mark["number"]] > place if mark["number"] else marks[-1][0] > place
        if mark["title"] and _is_listed(lines, place, mark, again=again):
            continue
        name = "".join((mark["word"] + (mark["number"] or "")).split())
        found.append(Attachment(name=name, first=place, title_lines=_title_lines(lines, place, mark)))
    return found


def attachment_roles(
    lines: Sequence[Line], attachments: Sequence[Attachment], begin: int
) -> Mapping[int, Role]:
    """The roles of the lines that name attachments, and of those that list them."""
    roles: dict[int, Role] = {}
    firsts = {attachment.first for attachment in attachments}
    for attachment in attachments:
        roles[attachment.first] = "attachment"
        for place in range(attachment.first + 1, attachment.first + 1 + attachment.title_lines):
            roles[place] = "title"
    place = begin
    while place < len(lines):
        if place in firsts or _mark(lines, place) is None:
            place += 1
            continue
        roles[place] = "attachment_list"
        place += 1
        while place < len(lines) and place not in firsts and _is_list_item(lines[place]):
            roles[place] = "attachment_list"
            place += 1
    return roles


def _mark(lines: Sequence[Line], place: int) -> re.Match[str] | None:
    line = lines[place]
    return _MARK.fullmatch(line.text) if len(line.text) <= 2 * _TITLE else None


def _is_listed(lines: Sequence[Line], place: int, mark: re.Match[str], *, again: bool) -> bool:
    """Whether a line 附件：… only announces an attachment that stands further below, or nowhere."""
    if again or (mark["number"] is None and marker_at(mark["title"])):
        return True
    following = lines[place + 1 : place + 12]
    if any(_is_list_item(line) for line in following[:1]) and lines[place].text[2:3] in ":：":
        return True
    return sum(len(line.text) for line in following) < 100


def _is_list_item(line: Line) -> bool:
    marker = marker_at(line.text)
    short = len(line.text) <= _TITLE and line.text[-1] not in "。；;"
    return short and marker is not None and marker.family in {"digit", "digit_paren", "han"}


def _title_lines(lines: Sequence[Line], place: int, mark: re.Match[str]) -> int:
    if mark["title"]:
        return 0
    count = 0
    for line in lines[place + 1 : place + 1 + _TITLE_LINES]:
        if len(line.text) > _TITLE or _NO_TITLE.search(line.text) or line.tab or marker_at(line.text):
            break
        count += 1
        if _TITLE_END.search(line.text):
            return count
    return min(count, 1)
