"""Benefits: what is offered to whom, how much, at most how much, and on which condition."""

import re
from collections.abc import Iterator, Sequence

from ingest.measures import Measure
from ingest.offers import OfferPart, is_capped, may_offer, read_offers
from ingest.policy import Cell, Clause, Fact, FactField, FactKind
from ingest.recipients import PAYER, Offer, payer, purpose, recipient
from ingest.sentences import Span, body_start, field, heading_span, long_cells, sentences, state

KIND: FactKind = "benefit"

_SUBJECT = re.compile(
    r"^(?:(?:其中|此外|同时|另外|并)?[，,]?(?:对|凡|向|为)|(?:每|单)(?:个|家|户|人|项)[^，,]{1,14}(?:的|给予|奖励|补助))"
)
_TIMES = re.compile(
    r"一次性|每人每[天日月年次]|每[户家个人][/每][天日月年]|每(?:人|户|家|个)?每?(?:学年|学期|年度|季度|年|月|天|日|次|季)|按(?:年|月|季度?|次)(?=发放|给予|补助|支付)|"
    r"连续(?:补助|奖励|支持|补贴|资助|给予)?(?:不超过)?[一二三四五六七八九十两\d]+(?:年|个月)|(?<=元/)(?:人/)?(?:学年|年|月|天|日|夜|次)(?:/人)?"
)
_COMPARED = re.compile(r"(?:最高|不高于|不超过|不低于|最低|不少于|至少)$")
_CONDITIONAL = re.compile(r"(?:的|者|后|前提下|情况下|期间)$")
_MORE_OF_IT = re.compile(r"补助|贴息|连续|期限|奖补")
_PER = re.compile(
    r"/(?:人|户|亩|笔|年|月|天|日|次|家|平方米|间|张|床|夜|件|吨|公里|套|个|学时|课时|项|辆|台)(?:/(?:人|户|年|月|天|日|次|夜|学年))*|个基点"
)
_AMOUNT_HEADER = re.compile(
    r"(?:补助|奖励|补贴|资助|救助|扶持|支付|报销|待遇|奖补|发放|护理费?).*(?:标准|金额|额度|限额|比例|元)|^(?:金额|补助|奖励|补贴)"
)


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each amount or rate offered to somebody."""
    for clause in clauses:
        if clause.kind in ("title", "meta"):
            continue
        if clause.cells:
            yield from _row(clause)
        if not may_offer(clause.text):
            continue
        for start, end in long_cells(clause) if clause.cells else [(body_start(clause), len(clause.text))]:
            for span in sentences(clause.text, start=start, end=end, marks="。！？；;\n"):
                yield from _of_sentence(clause, span)


def _of_sentence(clause: Clause, sentence: Span) -> Iterator[Fact]:
    text = clause.text
    found = read_offers(text, sentence)
    if _is_heading(clause, sentence):
        # 减免企业房租。 at the head of an item names what the following sentences grant.
        found = [part for part in found if any(offer.is_sum for offer in part.offers)]
    offering = [index for index, part in enumerate(found) if part.offers]
    for number, index in enumerate(offering):
        following = offering[number + 1] if number + 1 < len(offering) else len(found)
        begins = offering[number - 1] + 1 if number else 0
        begins = _skip_caps(found, begins, index)
        ends = _end_of_offer(text, found, index, following)
        yield from _facts(clause, sentence, found, (begins, index, ends), alone=len(offering) == 1)


def _is_heading(clause: Clause, sentence: Span) -> bool:
    heading = heading_span(clause)
    return clause.kind == "heading" or (heading is not None and sentence[1] <= heading[1] + 1)


def _skip_caps(found: Sequence[OfferPart], begins: int, index: int) -> int:
    while begins < index and found[begins].caps and not found[begins].offers:
        begins += 1
    return begins


def _end_of_offer(text: str, found: Sequence[OfferPart], index: int, following: int) -> int:
    """The last part that still speaks of this offer: caps, times and payers behind the amount."""
    for position in range(index + 1, following):
        part = found[position]
        goes_on = part.caps or PAYER.search(text, *part.span) or _MORE_OF_IT.match(text, *part.span)
        if not goes_on or (_SUBJECT.match(text[slice(*part.span)]) and not part.caps):
            return position - 1
    return following - 1


def _facts(
    clause: Clause, sentence: Span, found: Sequence[OfferPart], place: tuple[int, int, int], *, alone: bool
) -> Iterator[Fact]:
    begins, index, ends = place
    start, end = found[begins].span[0], found[ends].span[1]
    own = bool(_SUBJECT.match(clause.text[start:end]))
    # Without a subject of its own the part is only understood with its whole sentence.
    span = _closed(clause.text, (start, end) if own and not alone else sentence, sentence)
    part = found[index]
    offer = Offer(
        clause=clause,
        head=(start, end) if own else sentence,
        part=part.span,
        amounts=part.offers,
        alone=alone,
    )
    for number, measure in enumerate(part.offers):
        fields = [
            *recipient(offer),
            field(clause, "purpose", purpose(offer, number)),
            _amount(offer, measure),
            *_cap(offer, found[index : ends + 1], measure),
            *_matched(clause, "times", _TIMES, (start, end)),
            *_condition(clause, found[begins:index]),
            *payer(clause, (start, sentence[1] if alone else end)),
        ]
        yield state(KIND, clause, span, fields)


def _closed(text: str, span: Span, sentence: Span) -> Span:
    return (span[0], span[1] + 1) if span[1] < sentence[1] and text[span[1]] in "。；;" else span


def _amount(offer: Offer, measure: Measure) -> FactField:
    text = offer.clause.text
    start, end = offer.place(measure)
    before = _COMPARED.search(text[offer.part[0] : start])
    if measure.comparator and text[:start].rstrip().endswith(measure.comparator):
        start = text.rfind(measure.comparator, 0, start)
    elif before:
        start -= len(before.group())
    after = _PER.match(text, end)
    return field(offer.clause, "amount", (start, after.end() if after else end))


def _cap(offer: Offer, found: Sequence[OfferPart], amount: Measure) -> list[FactField]:
    for part in found:
        for measure in part.caps:
            return [_capped(offer.clause, part.span[0] + measure.start, part.span[0] + measure.end)]
    start, end = offer.place(amount)
    near = offer.clause.text[max(offer.part[0], start - 6) : start]
    return [_capped(offer.clause, start, end)] if is_capped(near) or is_capped(amount.comparator) else []


def _capped(clause: Clause, start: int, end: int) -> FactField:
    after = _PER.match(clause.text, end)
    return field(clause, "cap", (start, after.end() if after else end))


def _condition(clause: Clause, before: Sequence[OfferPart]) -> list[FactField]:
    said = [part.span for part in before if _CONDITIONAL.search(clause.text[slice(*part.span)].rstrip())]
    return [field(clause, "condition", (before[0].span[0], said[-1][1]))] if said else []


def _matched(clause: Clause, name: str, pattern: re.Pattern[str], span: Span) -> list[FactField]:
    match = pattern.search(clause.text, *span)
    return [field(clause, name, match.span())] if match else []


def _row(clause: Clause) -> Iterator[Fact]:
    amounts = [cell for cell in clause.cells if _AMOUNT_HEADER.search(cell.header)]
    named = [cell for cell in clause.cells if cell not in amounts and re.search(r"[一-龥]{2}", cell.value)]
    for cell in amounts:
        if cell.value != cell.header and re.search(r"\d", cell.value):
            what = [_of_cell("purpose", named[0])] if named else []
            yield state(KIND, clause, (0, len(clause.text)), [*what, _of_cell("amount", cell)])


def _of_cell(name: str, cell: Cell) -> FactField:
    return FactField(name=name, value=cell.value, start=cell.start, end=cell.end)
