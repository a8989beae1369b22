"""The clauses of the same document that a clause refers to: 违反本条例第二十一条第一项、第三项规定的.

Articles (条) are numbered through, their paragraphs (款) are counted, items (项) stand in brackets; 前款 is
the paragraph before (立法技术规范（试行）（一）, 2009).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.policy import Clause

_NUMERAL = r"[一二三四五六七八九十百千零〇\d]+"
_AND = r"[、和或及至]"
_ITEM = rf"第[（(]?{_NUMERAL}[）)]?项"
_ITEMS = rf"(?P<items>{_ITEM}(?:{_AND}?{_ITEM})*)?"
_ARTICLE = rf"第(?P<article>{_NUMERAL})条(?:第(?P<paragraph>{_NUMERAL})款)?{_ITEMS}"
_HERE = re.compile(rf"本(?:条例|办法|规定|细则|法|规则|章程|措施|意见|方案)(?=第{_NUMERAL}条)")
_NEXT = re.compile(rf"{_AND}?{_ARTICLE}")
_UNTIL = "至"
_BEFORE = re.compile(rf"前款{_ITEMS}")
_NUMBERS_OF_ITEMS = re.compile(_ITEM.replace(_NUMERAL, f"({_NUMERAL})"))
_LOCATOR = re.compile(
    rf"第(?P<article>{_NUMERAL})条(?:第(?P<paragraph>{_NUMERAL})款)?(?:第\((?P<item>{_NUMERAL})\)项)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Numbers as printed; None if the place does not say, and every one is meant."""

    article: str
    paragraph: str | None
    item: str | None

    def holds(self, other: "_Place") -> bool:
        """Whether the other is this place or below it."""
        return (
            self.article == other.article
            and self.paragraph in (None, other.paragraph)
            and self.item in (None, other.item)
        )


def referred_to(clause: Clause, clauses: Mapping[str, Clause]) -> tuple[Clause, ...]:
    """The clauses referred to, in the order of the document; `clauses` are those of its policy by id."""
    places = (*_articles(clause.text), *_in_paragraph_before(clause, clauses))
    if not places:
        return ()
    return tuple(
        other
        for other in clauses.values()
        if other.clause_id != clause.clause_id
        and (own := _place_of(other)) is not None
        and any(place.holds(own) for place in places)
    )


def paragraph_before(clause: Clause, clauses: Mapping[str, Clause]) -> Clause | None:
    """The paragraph before this one in the same article, without its items; None if there is none."""
    own = _place_of(clause)
    if own is None or own.item is not None:
        return None
    earlier = (
        each
        for each in reversed(tuple(clauses.values()))
        if each.position < clause.position and (place := _place_of(each)) is not None and place.item is None
    )
    before = next(earlier, None)
    place = _place_of(before) if before is not None else None
    return before if place is not None and place.article == own.article else None


def _articles(text: str) -> Iterator[_Place]:
    for here in _HERE.finditer(text):
        end = here.end()
        while (match := _NEXT.match(text, end)) is not None:
            end = match.end()
            for item in _items(match["items"]):
                yield _Place(article=match["article"], paragraph=match["paragraph"], item=item)


def _in_paragraph_before(clause: Clause, clauses: Mapping[str, Clause]) -> Iterator[_Place]:
    match = _BEFORE.search(clause.text)
    before = paragraph_before(clause, clauses) if match is not None else None
    place = _place_of(before) if before is not None else None
    if match is None or place is None:
        return
    for item in _items(match["items"]):
        yield _Place(article=place.article, paragraph=place.paragraph, item=item)


def _items(printed: str | None) -> Sequence[str | None]:
    """The numbers of the items; of a range (第三项至第五项) and of none every item is meant."""
    if not printed or _UNTIL in printed:
        return (None,)
    return _NUMBERS_OF_ITEMS.findall(printed)


def _place_of(clause: Clause) -> _Place | None:
    match = _LOCATOR.fullmatch(clause.locator)
    if match is None:
        return None
    return _Place(article=match["article"], paragraph=match["paragraph"], item=match["item"])
