"""Titles: of the notice that a document begins with, and of the plan or rule that it issues."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document_numbers import NUMBER, read_number
from ingest.header_fields import field_spans

_KINDS = (
    "通知|通告|公告|通报|公报|意见|决定|决议|命令|办法|规定|细则|规则|条例|方案|预案|计划|规划|纲要|要点|措施|政策|制度|标准|规范|指南|指引|"
    "导则|准则|守则|章程|程序|规程|法典|宪法|清单|目录|名单|批复|请示|报告|解释|纪要|倡议书|公开信|告知书|承诺书|举措"
)
_BRACKET = r"(?:\s?[(（](?!\d{4}年\d{1,2}月)[^()（）]{1,20}[)）])?"
_KIND_END = re.compile(rf"(?P<kind>{_KINDS}|条|函|令|法)》?{_BRACKET}$")
_NOTICE = "通知|通告|公告|通报|意见|决定|决议|办法|规定|细则|条例|方案|计划|规划|措施|批复|函|公开信|倡议书"
_AFTER = r"(?=\s|各|为[^中]|根据|按照|第一[章条]|一、|尊敬|现[就将]|广大|\d{4}年|[一-龥]{1,8}〔|$)"
_RUN_ON = (
    re.compile(rf"[^。；：:]{{0,60}}?关于[^。；：:]{{2,150}}?[^《》]的(?:{_NOTICE}){_BRACKET}{_AFTER}"),
    re.compile(rf"[^。；：:，]{{2,90}}?(?:{_KINDS}){_BRACKET}{_AFTER}"),
)
_BODY = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+[编章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.．、]|目录$|前言$)"
)
_ADDRESSEE = re.compile(r"[^。]{2,250}[:：]$")
_DATED = re.compile(r"[(（]?(?:\d{4}|[一二〇零○九]{4})\s?[-年/.].*")
_ISSUED = re.compile(
    r"(?:印发|发布|公布|颁布|下发|制定|转发)(?:[^《》]{0,6})《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》"
)
_ISSUED_BARE = re.compile(r"(?:印发|发布|公布|颁布)(?P<title>[^《》]{6,}?)的(?:通知|公告|决定|通告)$")
_ISSUED_BY = re.compile(
    r"(?:现将|兹将)?《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》[^《》。]{0,80}?(?:现予?以?|予以|(?<=》)|(?<=）))(?:印发|公布|发布|颁布)"
)
_LONGEST_LEAD = 16
_REGION_WORD = re.compile(r"^(?:[本我全](?:省|市|区|县|自治区))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title and where it stands; white space from wrapping is taken out of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """The document's own title, and the title of what it issues where that text follows."""

    own: Title | None
    issued: Title | None


def read_titles(text: str) -> Titles:
    """The titles of a document, as far as they can be told."""
    own = _own(text)
    start = own.end if own else 0
    issued = next(filter(None, (_find_issued(text, start, name) for name in _issued_names(text, own))), None)
    return Titles(own=own, issued=issued)


def kind_of(title: str) -> str | None:
    """The kind of document that a title names at its end: 办法, 方案, 通知 …"""
    match = _KIND_END.search(title.strip())
    if match is None or match["kind"] == "条":
        return "措施" if match else None
    return match["kind"]


def issued_name(own: Title | None) -> str:
    """The title of what a notice says in its own title that it issues; empty where it issues nothing."""
    found = (pattern.search(own.text) for pattern in (_ISSUED, _ISSUED_BARE)) if own else ()
    return next((match["title"] for match in found if match), "")


def head_end(text: str) -> int:
    """Where the lines above the first paragraph of a document end."""
    fields = field_spans(text[:2000])
    for line in _lines(text):
        if any(start <= line.start < end for start, end in fields):
            continue
        bare = re.sub(r"\s", "", line.text)
        if bare.startswith("【"):
            continue
        if _BODY.match(bare) or _ADDRESSEE.fullmatch(bare) or (len(bare) > 20 and re.search("[。；]", bare)):
            return line.start
    return len(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n\t]*[^\s][^\n\t]*", text):
        yield _Line(start=match.start(), end=match.end(), text=match.group().strip())


def _own(text: str) -> Title | None:
    end = head_end(text)
    wrapped = list(_wrapped(text, end))
    run_on = _run_on(text, end)
    if run_on is not None and (not wrapped or "关于" in run_on.text):
        fuller = next((title.text for title in wrapped if title.text.endswith(run_on.text)), run_on.text)
        return Title(text=fuller, start=run_on.start, end=run_on.end)
    if not wrapped:
        return None
    about = [title for title in wrapped if "关于" in title.text]
    return about[-1] if about else wrapped[0]


def _wrapped(text: str, end: int) -> Iterator[Title]:
    """Titles in the lines above the first paragraph, joined where they are wrapped."""
    for run in _runs(text, end):
        position = 0
        while position < len(run):
            length = _title_length(run[position:])
            if length:
                group = run[position : position + length]
                yield Title(text=_joined(group), start=group[0].start, end=group[-1].end)
            position += length or 1


def _runs(text: str, end: int) -> Iterator[Sequence[_Line]]:
    """The lines above the first paragraph, parted where a line of header fields stands between."""
    fields = field_spans(text[:end])
    run: list[_Line] = []
    for line in _lines(text[:end]):
        if any(start <= line.start < stop for start, stop in fields):
            yield run
            run = []
        else:
            run.append(line)
    yield run


def _title_length(lines: Sequence[_Line]) -> int:
    """How many lines from the first on make up a title; 0 where they are none."""
    for length in range(1, min(5, len(lines)) + 1):
        last = lines[length - 1].text
        if _DATED.fullmatch(last) or read_number(last) or last.endswith(("。", "】", "；")):
            return 0
        joined = _joined(lines[:length])
        if joined.count("《") == joined.count("》") and _KIND_END.search(joined) and len(joined) > 4:
            return length + _continued(joined, lines[length:])
    return 0


def _continued(title: str, following: Sequence[_Line]) -> int:
    """How many of the following lines still belong to the title: (试行), or 的通知 of a long one."""
    if following and re.fullmatch(_BRACKET[3:-2], following[0].text):
        return 1
    if not re.search("印发|发布|公布|转发", title) or re.search("(?:通知|公告|通告|决定|令|函)$", title):
        return 0
    for length in (1, 2):
        if length <= len(following) and re.search(
            "的(?:通知|公告|通告|决定|函)$", following[length - 1].text
        ):
            return length
    return 0


def _joined(lines: Sequence[_Line]) -> str:
    joined = ""
    for line in lines:
        # Organs that issue together stand one a line; anything else is one title, wrapped.
        apart = (
            re.search(r"[局委厅部会院府室]$", joined)
            and not line.text.startswith("关于")
            and "关于" not in joined
        )
        joined += f" {line.text}" if joined and apart else line.text
    return joined


def _run_on(text: str, start: int) -> Title | None:
    """A title that runs on into the text without a line end."""
    line = text[start:].split("\n", 1)[0]
    for pattern in _RUN_ON:
        match = pattern.match(line)
        if match is None or len(match.group().strip()) == len(line.strip()):
            continue
        title = match.group().strip()
        if re.sub("《.*》", "", title).count("关于") < 2 and not _BODY.match(title):
            number = NUMBER.match(title)
            return Title(
                text=title[number.end() :].lstrip(" -—") if number else title,
                start=start,
                end=start + match.end(),
            )
    return None


def _issued_names(text: str, own: Title | None) -> Iterator[str]:
    """What the document may issue, by its title and by its first paragraphs."""
    if name := issued_name(own):
        yield name
    opening = text[own.end if own else 0 :][:600]
    for pattern in (_ISSUED, _ISSUED_BY):
        for match in pattern.finditer(opening):
            if _KIND_END.search(match["title"]):
                yield match["title"]


def _find_issued(text: str, start: int, name: str) -> Title | None:
    """Where the issued text begins: its title alone on its lines, or run on behind a date."""
    wanted = _REGION_WORD.sub("", re.sub(r"\s", "", name))
    # Wrapping may have put white space between any two characters.
    pattern = re.compile(r"\s*".join(map(re.escape, wanted)) + r"(?!\s*[的》〉等])")
    for match in pattern.finditer(text, start):
        first = _title_start(text, match.start())
        if first is None:
            continue
        bracket = re.compile(r"\s*[(（][^()（）]{1,20}[)）](?=\s|$)").match(text, match.end())
        end = bracket.end() if bracket else match.end()
        return Title(text=re.sub(r"\s*\n\s*", "", text[first:end]), start=first, end=end)
    return None


def _title_start(text: str, place: int) -> int | None:
    """Where the line or the run-on title that holds this position begins; None inside a sentence."""
    before = text[max(0, place - _LONGEST_LEAD) : place]
    if place == 0 or re.search(r"[\s日]$", before):
        return place
    begins = r"^|" if place <= _LONGEST_LEAD else ""
    lead = re.search(rf"(?:{begins}[\n\t ]|\d日)(?P<lead>[^\s《》，。、；：:,;()（）]{{1,12}})$", before)
    return place - len(before) + lead.start("lead") if lead else None
