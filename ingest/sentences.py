"""Sentences and their parts with places, and facts and fields made from such places."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ingest.policy import Clause, Fact, FactField, FactKind

Span = tuple[int, int]
_SENTENCE_MARKS = "。！？\n"
_PART_MARKS = "，,；;：:"
_LIMIT = 40
_SENTENCE_CELL = 15
_REMARK = re.compile(
    r"[ \t]*(?:[（(](?:[^（()）\n]|[（(][^（()）\n]*[)）]){4,}[)）]"
    r"|[（(](?!第?[一二三四五六七八九十\d]+[)）])[^（()）\n]{1,3}[)）])"
)
_OPENING, _CLOSING = "(（《〔[“", ")）》〕]”"
_ANY_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")


def sentences(
    text: str, *, start: int = 0, end: int | None = None, marks: str = _SENTENCE_MARKS, remarks: bool = True
) -> Iterator[Span]:
    """The sentences of a text with their closing mark; none ends inside brackets or quotes."""
    yield from _sentences(text, start, len(text) if end is None else end, marks, remarks)


@lru_cache(maxsize=8192)
def _sentences(text: str, start: int, last: int, marks: str, remarks: bool) -> tuple[Span, ...]:
    # Facts of every kind are looked for in the same sentences.
    return tuple(_split(text, start, last, marks, remarks=remarks))


def _split(text: str, start: int, last: int, marks: str, *, remarks: bool) -> Iterator[Span]:
    if _ANY_BRACKET.search(text, start, last) is None:
        yield from _plain(text, start, last, marks)
        return
    depth = 0
    for match in _marks(marks).finditer(text, start, last):
        position, mark = match.start(), match.group()
        if position < start:
            continue
        depth = 0 if mark == "\n" else max(0, depth + (mark in _OPENING) - (mark in _CLOSING))
        if mark in marks and depth == 0:
            after = _behind_bracket(text, position + 1, last) if remarks else position + 1
            yield from _stripped(text, start, after)
            start = after
    yield from _stripped(text, start, last)


def _plain(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    """The sentences of a text without brackets, which is most text and quicker to split."""
    for match in _stretches(marks).finditer(text, start, end):
        yield from _stripped(text, *match.span())


@cache
def _stretches(marks: str) -> re.Pattern[str]:
    inner = re.escape(marks)
    return re.compile(f"[^{inner}]*[{inner}]|[^{inner}]+")


@cache
def _marks(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks + _OPENING + _CLOSING)}\n]")


def _behind_bracket(text: str, position: int, last: int) -> int:
    """A remark in brackets behind the mark (。（责任单位：…）) belongs to the sentence before it."""
    match = _REMARK.match(text, position, last)
    return match.end() if match and text[position - 1] in "。！？；;" else position


def stretches(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    """What stands between the marks, each with the mark behind it; none ends inside brackets."""
    if all(text.find(mark, start, end) < 0 for mark in marks):
        yield start, end
        return
    if _ANY_BRACKET.search(text, start, end):
        yield from sentences(text, start=start, end=end, marks=marks, remarks=False)
        return
    for match in _stretches(marks).finditer(text, start, end):
        yield match.span()


def parts(text: str, start: int, end: int, *, marks: str = _PART_MARKS) -> list[Span]:
    """The stretches between the commas and colons of a sentence, without these marks."""
    found: list[Span] = []
    for first, last in sentences(text, start=start, end=end, marks=marks + _SENTENCE_MARKS, remarks=False):
        # 1,000元: a comma inside a number parts nothing.
        if found and re.search(r"\d[,，]$", text[: found[-1][1]]) and re.match(r"\d{3}(?!\d)", text[first:]):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    trimmed = [
        (first, first + len(text[first:last].rstrip(marks + _SENTENCE_MARKS))) for first, last in found
    ]
    return [(first, last) for first, last in trimmed if first < last]


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def body_start(clause: Clause) -> int:
    """Where the text of the clause begins behind its number."""
    text = clause.text
    start = len(text) - len(text.lstrip())
    if clause.number and text.startswith(clause.number, start):
        start += len(clause.number)
        start += len(text[start:]) - len(text[start:].lstrip(" 　\t.．、"))
    return start


def long_cells(clause: Clause) -> Iterator[Span]:
    """Where the cells stand that hold sentences, not only a word or a number."""
    for cell in clause.cells:
        start, end = cell.start - clause.start, cell.end - clause.start
        if start >= 0 and end <= len(clause.text) and end - start > _SENTENCE_CELL:
            yield start, end


def heading_span(clause: Clause) -> Span | None:
    """Where the heading or lead phrase stands in the text of the clause."""
    start = clause.text.find(clause.heading) if clause.heading else -1
    return (start, start + len(clause.heading)) if start >= 0 else None


def short_part(text: str, start: int, end: int) -> Span:
    """The first part of a stretch that says something, at most forty characters long."""
    found = parts(text, start, end) or [(start, end)]
    first, last = next(((one, other) for one, other in found if other - one >= 4), found[0])
    if last - first > _LIMIT:
        cut = text.rfind("、", first + 8, first + _LIMIT)
        last = cut if cut > 0 else first + _LIMIT
    return first, last


def field(clause: Clause, name: str, span: Span, *, value: str | None = None) -> FactField:
    """A named part of a fact at a place of the clause; the value is the printed text unless given."""
    start, end = span
    printed = clause.text[start:end] if value is None else value
    return FactField(name=name, value=printed, start=clause.start + start, end=clause.start + end)


def state(kind: FactKind, clause: Clause, span: Span, fields: Sequence[FactField]) -> Fact:
    """A fact that the clause states at this place; its id is given when all facts are known."""
    return Fact(
        fact_id="",
        kind=kind,
        policy_id=clause.policy_id,
        clause_id=clause.clause_id,
        start=clause.start + span[0],
        end=clause.start + span[1],
        fields=tuple(fields),
    )
