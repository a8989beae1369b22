"""The clauses of the same document that a clause refers to: 违反本条例第二十一条第一项、第三项规定的.

Articles (条) are numbered through, their paragraphs (款) are counted, items (项) stand in brackets; 前款 is
the paragraph before (立法技术规范（试行）（一）, 2009). What is not wholly understood, such as a range of
items, refers to nothing: a rule with the wrong penalty is worse than one without.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.policy import Clause

_NUMERAL = r"[一二三四五六七八九十百千零〇\d]+"
_AND = r"[、和或及]"
_ITEM = rf"第[（(]?{_NUMERAL}[）)]?项"
_WITHIN = rf"(?:第(?P<paragraph>{_NUMERAL})款)?(?P<items>{_ITEM}(?:{_AND}{_ITEM})*)?"
_OF_THIS_DOCUMENT = re.compile(rf"本(?:条例|办法|规定|细则|法|规则|章程|措施|意见|方案)(?=第{_NUMERAL}条)")
_ARTICLE = re.compile(rf"{_AND}?第(?P<article>{_NUMERAL})条{_WITHIN}")
_SAME_ARTICLE = re.compile(rf"{_AND}{_WITHIN}")
_PARAGRAPH_BEFORE = re.compile(rf"前款(?P<items>{_ITEM}(?:{_AND}{_ITEM})*)?")
# 第三项至第五项, 第三条之一, 第一、二项, （一）项: more is said of the place than the patterns read.
_GOES_ON = re.compile(rf"至|之[一二三四五六七八九十]|[（(]|第{_NUMERAL}[、和]")
_NUMBER_OF_ITEM = re.compile(_ITEM.replace(_NUMERAL, f"({_NUMERAL})"))
_LOCATOR = re.compile(
    rf"第(?P<article>{_NUMERAL})条(?:第(?P<paragraph>{_NUMERAL})款)?(?:第\((?P<item>{_NUMERAL})\)项)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Numbers as printed; None if the place does not say, and every one is meant."""

    article: str
    paragraph: str | None = None
    item: str | None = None

    def holds(self, other: "_Place") -> bool:
        """Whether the other is this place or below it."""
        return (
            self.article == other.article
            and self.paragraph in (None, other.paragraph)
            and self.item in (None, other.item)
        )


class CrossReferences:
    """The places of the clauses of a policy, to find those that its clauses refer to."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        """Takes all clauses of the policy; those of attachments, which count anew, are left out."""
        self._by_article: dict[str, list[tuple[_Place, Clause]]] = defaultdict(list)
        for clause in clauses:
            if (place := _place_of(clause)) is not None:
                self._by_article[place.article].append((place, clause))

    def of(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses that this one refers to, place by place; none for a clause of an attachment."""
        own = _place_of(clause)
        if own is None:
            return ()
        places = (*_articles(clause.text), *self._in_paragraph_before(clause, own))
        found = [
            other
            for place in places
            for at, other in self._by_article.get(place.article, ())
            if place.holds(at) and other.clause_id != clause.clause_id
        ]
        return tuple({each.clause_id: each for each in found}.values())

    def _in_paragraph_before(self, clause: Clause, own: _Place) -> Iterator[_Place]:
        match = _PARAGRAPH_BEFORE.search(clause.text)
        if match is None or own.item is not None or _is_unread(clause.text, match.end()):
            return
        earlier = [
            place
            for place, each in self._by_article[own.article]
            if place.item is None and each.position < clause.position
        ]
        if earlier:
            yield from _with_items(earlier[-1], match["items"])


def refers(clause: Clause) -> bool:
    """Whether a clause may refer to another, which costs little to tell."""
    return _OF_THIS_DOCUMENT.search(clause.text) is not None or "前款" in clause.text


def _articles(text: str) -> Iterator[_Place]:
    for here in _OF_THIS_DOCUMENT.finditer(text):
        end = here.end()
        while (match := _ARTICLE.match(text, end)) is not None:
            end, place = match.end(), _Place(article=match["article"], paragraph=match["paragraph"])
            if _is_unread(text, end):
                break
            yield from _with_items(place, match["items"])
            while (more := _SAME_ARTICLE.match(text, end)) is not None and (
                more["paragraph"] or more["items"]
            ):
                end = more.end()
                if _is_unread(text, end):
                    return
                place = replace(place, paragraph=more["paragraph"] or place.paragraph)
                yield from _with_items(place, more["items"])


def _is_unread(text: str, end: int) -> bool:
    return _GOES_ON.match(text, end) is not None


def _with_items(place: _Place, printed: str | None) -> Iterator[_Place]:
    numbers = _NUMBER_OF_ITEM.findall(printed or "")
    yield from (replace(place, item=number) for number in numbers or (None,))


def _place_of(clause: Clause) -> _Place | None:
    match = _LOCATOR.fullmatch(clause.locator)
    if match is None:
        return None
    return _Place(article=match["article"], paragraph=match["paragraph"], item=match["item"])
