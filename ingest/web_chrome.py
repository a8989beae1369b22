"""Finds what a web page or a document-sharing site prints around a document."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.policy import Deletion

_NAVIGATION = "navigation of the web page"
_SHARING = "text of the document-sharing site"
_BUTTON = "button or counter of the web page"
_FOOTER = "footer of the web page"
_REPEATED = "the page prints the document again"
_NUMBER = re.compile(
    r"第[零一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|附件\d*[:：]?$"
)
_FIELD = re.compile(
    r"(索引号|统一编号|文号|发文字号|发布文号|发[布文](机构|机关|单位)|[成发]文日期|(发布|发表|公布|实施|施行|生效|失效)(日期|时间)|"
    r"名称|标题|(信息)?来源|文件状态|有效性|主题词|主题分类|公开方式):"
)
_INLINE = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|量)[:：][ \t]*[-\d]*[ \t]*次?|(?:浏览)?字[号体][:：]\s*大\s*中\s*小"
)
_LONG = 40
_VERY_LONG = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    bare: str  # without white space, colons half width


@cache
def _patterns(name: str) -> re.Pattern[str]:
    table = tomllib.loads(files("ingest.data").joinpath("web_chrome.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{entry})" for entry in table[name]), re.IGNORECASE)


def find_web_chrome(source: str) -> tuple[tuple[Deletion, ...], bool]:
    """The cuts that free a document from its page, and whether the page shows only a part of it."""
    lines = tuple(_lines(source))
    head, sharing = _head_length(lines)
    tail = _tail_start(lines, head)
    cuts = [
        *_head(lines[:head], sharing=sharing),
        *_buttons(source, lines[head:tail], proven=head > 0 or tail < len(lines)),
        *_below(lines, tail, head, _SHARING if sharing else _FOOTER),
    ]
    page_text = "\n".join(line.bare for line in (*lines[:head], *lines[tail:]))
    return tuple(cuts), sharing and bool(_patterns("cut_off").search(page_text))


def _lines(source: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", source):
        bare = re.sub(r"\s+", "", match.group()).replace("：", ":").replace("，", ",")
        yield _Line(start=match.start(), end=match.end(), bare=bare)


def _is(name: str, line: _Line) -> bool:
    return _patterns(name).fullmatch(line.bare) is not None


def _is_body(line: _Line) -> bool:
    if _NUMBER.match(line.bare):
        return True
    if len(line.bare) < _LONG or not re.search("[。；;]", line.bare):
        return False
    return len(line.bare) >= _VERY_LONG or not _patterns("site_words").search(line.bare)


def _head_length(lines: Sequence[_Line]) -> tuple[int, bool]:
    """How many lines stand above the document, and whether they are a sharing site's."""
    above = next((position for position, line in enumerate(lines) if _is_body(line)), len(lines))
    sharing = [position for position in range(above) if _is("sharing", lines[position])]
    if len(sharing) >= 3:
        return sharing[-1] + 1, True
    crumbs = [position for position in range(above) if _is("breadcrumb", lines[position])]
    navigation = [position for position in range(above) if _is("navigation", lines[position])]
    if not crumbs and len(navigation) < 3:
        return 0, False
    return max(crumbs + navigation) + 1, False


def _head(lines: Sequence[_Line], *, sharing: bool) -> Iterator[Deletion]:
    if sharing:
        yield from _whole(lines, _SHARING)
        return
    run: list[_Line] = []
    for line in lines:
        if _FIELD.match(line.bare):
            yield from _whole(run, _NAVIGATION)
            run = []
        else:
            run.append(line)
    yield from _whole(run, _NAVIGATION)


def _below(lines: Sequence[_Line], tail: int, head: int, reason: str) -> Iterator[Deletion]:
    """What stands below the document; what prints it again is told apart."""
    run: list[_Line] = []
    for position in range(tail, len(lines)):
        if _repeats(lines, position, head):
            yield from _whole(run, reason)
            yield from _whole(lines[position : position + 1], _REPEATED)
            run = []
        else:
            run.append(lines[position])
    yield from _whole(run, reason)


def _whole(lines: Sequence[_Line], reason: str) -> Iterator[Deletion]:
    if lines:
        yield Deletion(start=lines[0].start, end=lines[-1].end, reason=reason)


def _buttons(source: str, lines: Sequence[_Line], *, proven: bool) -> Iterator[Deletion]:
    """Counters and buttons above the first and below the last line of the document's own text.

    A button is a common word (下载), so it is one only on what is proven to be a web page.
    """
    body = [position for position, line in enumerate(lines) if _is_body(line)]
    outside = lines if not body else (*lines[: body[0]], *lines[body[-1] + 1 :])
    for line in outside:
        if _is("counters", line) or (proven and _is("buttons", line)):
            yield Deletion(start=line.start, end=line.end, reason=_BUTTON)
        elif _FIELD.match(line.bare):
            for match in _INLINE.finditer(source, line.start, line.end):
                yield Deletion(start=match.start(), end=match.end(), reason=_BUTTON)


def _tail_start(lines: Sequence[_Line], head: int) -> int:
    """The first line of the footer, or the number of lines where there is none."""
    end = len(lines)
    while end > head and (not _is_body(lines[end - 1]) or _repeats(lines, end - 1, head)):
        end -= 1
    below = range(end, len(lines))
    start = next((position for position in below if _is("tail", lines[position])), len(lines))
    return start if any(_is("footer", line) for line in lines[start:]) else len(lines)


def _repeats(lines: Sequence[_Line], position: int, head: int) -> bool:
    """Whether a long line prints again what stands above it, as pages do for readers aloud."""
    line = lines[position]
    if position <= head or len(line.bare) < 500:
        return False
    above = "".join(earlier.bare for earlier in lines[head:position])
    samples = [line.bare[place : place + 20] for place in range(0, len(line.bare) - 20, 97)]
    return sum(sample in above for sample in samples) * 10 >= len(samples) * 9
