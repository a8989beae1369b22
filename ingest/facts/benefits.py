"""Benefits: what is offered to whom, how much, at most how much, and on which condition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.numerals import Quantity
from ingest.offers import OfferPart, is_capped, read_offers
from ingest.policy import Cell, Clause, Fact, FactField, FactKind
from ingest.sentences import Span, body_start, field, long_cells, parts, sentences, state

KIND: FactKind = "benefit"

_SUBJECT = re.compile(
    r"^(?:(?:其中|此外|同时|另外|并)?[，,]?(?:对|凡|向|为)|(?:每|单)(?:个|家|户|人|项)[^，,]{1,14}(?:的|给予|奖励|补助))"
)
_GIVEN_TO = re.compile(
    r"(?:(?<![一-龥])|(?<=期间)|(?<=并)|(?<=同时)|(?<=另外)|(?<=其中))(?:对于?|凡(?:是)?|向|为)(?P<who>[^，,。；;]{2,120})"
)
_ADVERBS = (
    r"按照?|以|一次性|分别|再|可|连续|每年|每户|每家|每人|每间|每月|每天|最高|不超过|统一|优先|"
    r"同时|另外|实行|适当|另|直接|配套|进行|在[^，]{1,12}时"
)
_GIVES = re.compile(
    rf"(?:{_ADVERBS})*(?:给予|予以|奖励|补助|奖补|资助|补贴|发放|贴息|增发|返还|按照?|提供|办理|减免|免收|增加|支持|经(?!营|济|办|费|过|常|认))(?:{_ADVERBS})*"
)
_RECEIVER = re.compile(r"给予(?P<who>[一-龥]{2,10}?)(?:奖励|补助|补贴|资助|一次性|最高|不超过|\d|[（(])")
_LEADING_WHO = re.compile(
    r"(?:支持|鼓励|引导|推动)?(?P<who>[一-龥]{0,10}?(?:企业|机构|单位|旅行社|公司|服务商|人员|居民|学生|毕业生|老年人|残疾人|合作社|农户|职工|家庭|团队|个人|见习基地|高校|院所))(?!孵化器|技术中心|产值|面积|成本|价)(?=[一-龥]{2})"
)
_OWN_NAME = re.compile(
    r"(?!在|[^，]{0,6}财政|补助|补贴|奖励|每|按|给予|予以|最高|分别|连续|其|财政|由|从|经|一次|所需|标准|比例|上限|并|再|另|对)(?P<name>[^，,。；;]{2,40}?)(?:的)?(?:一次性|分别|每人|每年|每户|每月|每间|最高|再(?=给予|下浮|补|奖|按)|统一|按照?|给予|予以|奖励|补助|补贴|资助|发放|为(?=\d)|(?=\d))"
)
_OWN_LIMIT = 12
_TIMES = re.compile(
    r"一次性|每人每[天日月年次]|每[户家个人][/每][天日月年]|每(?:人|户|家|个)?每?(?:学年|学期|年度|季度|年|月|天|日|次|季)|按(?:年|月|季度?|次)(?=发放|给予|补助|支付)|"
    r"连续(?:补助|奖励|支持|补贴|资助|给予)?(?:不超过)?[一二三四五六七八九十两\d]+(?:年|个月)|(?<=元/)(?:人/)?(?:学年|年|月|天|日|夜|次)(?:/人)?"
)
_PAYER = re.compile(
    r"(?:由|从)?(?P<payer>(?:[一-龥]{0,6}(?:省|市|区|县|中央|各级|同级|属地|本级)(?:级)?(?:[、和与][省市区县]级?)*(?:财政|政府)(?:局|部门|专项资金|资金|预算|科技专项)?(?:[、和与](?:区|市|县|省|各)[一-龥]{0,6}财政)*"
    r"|[一-龥]{2,20}?(?:专项资金|发展资金|统筹基金|基金|提升资金))(?:按[^，,。；;]{0,12}比例)?)(?=承担|负担|安排|列支|支付|中(?:列支|给予|安排|，)|给予|按|直接|配套|解决|拨付|进行贴息|，按|对)"
)
_CIRCUMSTANCE = re.compile(r"按照?|根据|为|据|经|其中|同时|疫情防控期间$|[^，]{0,12}期间$")
_COMPARED = re.compile(r"(?:最高|不高于|不超过|不低于|最低|不少于|至少)$")
_CONDITIONAL = re.compile(r"(?:的|者|后|前提下|情况下|期间)$")
_MORE_OF_IT = re.compile(r"补助|贴息|连续|期限|奖补")
_PER = re.compile(
    r"/(?:人|户|亩|笔|年|月|天|日|次|家|平方米|间|张|床|夜|件|吨|公里|套|个|学时|课时|项|辆|台)(?:/(?:人|户|年|月|天|日|次|夜|学年))*|个基点"
)
_BEFORE_LIST = re.compile(r".*(?:评定为|认定为|获评|评为|新建|取得|获得|认定的|对|为)")
_NOUNS = (
    "企业|机构|单位|公司|园区|平台|基地|团队|个人|人员|专家|人才|院校|高校|旅行社|酒店|景区|银行|组织|合作社|农户|家庭|居民|学生|毕业生|"
    "老人|老年人|残疾人|儿童|职工|创业者|投资方|联盟|孵化器|众创空间|项目|产品|商户|业主|户|者|导游|村|社团|工匠|医院|学校|载体|企业和社团|担保公司|中心|实验室|服务商|养老机构|见习基地"
)
_NOUN_END = re.compile(rf"(?:{_NOUNS})(?:[、和与及](?:[一-龥]{{0,8}}))*$")
_AMOUNT_HEADER = re.compile(
    r"(?:补助|奖励|补贴|资助|救助|扶持|支付|报销|待遇|奖补|发放|护理费?).*(?:标准|金额|额度|限额|比例|元)|^(?:金额|补助|奖励|补贴)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """The amounts of one comma part and the words that tell whom they are for."""

    clause: Clause
    head: Span
    part: Span
    amounts: tuple[Quantity, ...]
    alone: bool

    def place(self, quantity: Quantity) -> Span:
        """Where the amount stands in the clause."""
        return self.part[0] + quantity.start, self.part[0] + quantity.end


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each amount or rate offered to somebody."""
    for clause in clauses:
        if clause.kind in ("title", "meta"):
            continue
        if clause.cells:
            yield from _row(clause)
        for start, end in long_cells(clause) if clause.cells else [(body_start(clause), len(clause.text))]:
            for span in sentences(clause.text, start=start, end=end, marks="。！？；;\n"):
                yield from _of_sentence(clause, span)


def _of_sentence(clause: Clause, sentence: Span) -> Iterator[Fact]:
    text = clause.text
    found = read_offers(text, sentence)
    offering = [index for index, part in enumerate(found) if part.offers]
    for number, index in enumerate(offering):
        following = offering[number + 1] if number + 1 < len(offering) else len(found)
        begins = offering[number - 1] + 1 if number else 0
        begins = _skip_caps(found, begins, index)
        ends = _end_of_offer(text, found, index, following)
        yield from _facts(clause, sentence, found, (begins, index, ends), alone=len(offering) == 1)


def _skip_caps(found: Sequence[OfferPart], begins: int, index: int) -> int:
    while begins < index and found[begins].caps and not found[begins].offers:
        begins += 1
    return begins


def _end_of_offer(text: str, found: Sequence[OfferPart], index: int, following: int) -> int:
    """The last part that still speaks of this offer: caps, times and payers behind the amount."""
    for position in range(index + 1, following):
        part = found[position]
        goes_on = part.caps or _PAYER.search(text, *part.span) or _MORE_OF_IT.match(text, *part.span)
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
    offer = _Offer(
        clause=clause,
        head=(start, end) if own else sentence,
        part=part.span,
        amounts=part.offers,
        alone=alone,
    )
    for number, quantity in enumerate(part.offers):
        fields = [
            *_recipient(offer),
            field(clause, "purpose", _purpose(offer, number)),
            _amount(offer, quantity),
            *_cap(offer, found[index : ends + 1], quantity),
            *_matched(clause, "times", _TIMES, (start, end)),
            *_condition(clause, found[begins:index]),
            *_payer(clause, (start, sentence[1] if alone else end)),
        ]
        yield state(KIND, clause, span, fields)


def _closed(text: str, span: Span, sentence: Span) -> Span:
    return (span[0], span[1] + 1) if span[1] < sentence[1] and text[span[1]] in "。；;" else span


def _amount(offer: _Offer, quantity: Quantity) -> FactField:
    text = offer.clause.text
    start, end = offer.place(quantity)
    before = _COMPARED.search(text[offer.part[0] : start])
    if quantity.comparator and text[:start].rstrip().endswith(quantity.comparator):
        start = text.rfind(quantity.comparator, 0, start)
    elif before:
        start -= len(before.group())
    after = _PER.match(text, end)
    return field(offer.clause, "amount", (start, after.end() if after else end))


def _cap(offer: _Offer, found: Sequence[OfferPart], amount: Quantity) -> list[FactField]:
    for part in found:
        for quantity in part.caps:
            place = (part.span[0] + quantity.start, part.span[0] + quantity.end)
            return [field(offer.clause, "cap", place)]
    start, end = offer.place(amount)
    near = offer.clause.text[max(offer.part[0], start - 6) : start]
    return (
        [field(offer.clause, "cap", (start, end))] if is_capped(near) or is_capped(amount.comparator) else []
    )


def _recipient(offer: _Offer) -> Iterator[FactField]:
    applicant = _applicant(offer.clause.text, offer.head, offer.part, _who(offer))
    if applicant:
        yield field(offer.clause, "applicant", applicant)


def _purpose(offer: _Offer, number: int) -> Span:
    """What one of the amounts is given for, by the nearest words that tell."""
    text, amounts = offer.clause.text, offer.amounts
    start, end = offer.place(amounts[number])
    named = _listed(text, (offer.head[0], offer.place(amounts[0])[0]), len(amounts))
    if len(amounts) > 1 and named:
        return named[number]
    who = _who(offer)
    if number:
        return _between(text, offer.place(amounts[number - 1])[1], start) or who or offer.part
    own = _OWN_NAME.match(text, offer.part[0], end)
    short = own is not None and len(own["name"]) <= _OWN_LIMIT and not _PAYER.match(own["name"] + "按")
    if own and short and not offer.alone and offer.part[0] > offer.head[0]:
        return own.span("name")
    return who or _first_named(text, offer)


def _first_named(text: str, offer: _Offer) -> Span:
    told = parts(text, *offer.head)
    first = next((one for one in told if not _CIRCUMSTANCE.match(text, *one)), told[0])
    given = _GIVES.search(text, first[0] + 2, first[1]) if first == offer.part else None
    return (first[0], given.start()) if given else first


def _who(offer: _Offer) -> Span | None:
    """Who or what is given something: the words behind 对, up to the comma or the giving verb."""
    text, amount = offer.clause.text, offer.place(offer.amounts[0])[0]
    match = _GIVEN_TO.search(text, offer.head[0], min(amount, offer.head[1]))
    if match is None:
        return None
    start, end = match.span("who")
    if end < amount and (_NOUN_END.search(text[start:end]) or text[start:end].endswith(("的", "者"))):
        return start, end
    verbs = list(_GIVES.finditer(text, start + 2, end))
    return (start, verbs[-1].start()) if verbs else (start, end)


def _applicant(text: str, head: Span, part: Span, who: Span | None) -> Span | None:
    given = _RECEIVER.search(text, *part)
    if given and not given["who"].startswith("每") and _NOUN_END.search(given["who"]):
        return given.span("who")
    if who and _NOUN_END.search(text[slice(*who)]):
        noun = text.rfind("的", *who) + 1 or who[0]
        return (noun, who[1]) if who[1] - noun >= 2 else who
    leading = _LEADING_WHO.match(text, *head)
    return leading.span("who") if leading and not who else None


def _between(text: str, start: int, end: int) -> Span | None:
    cut = re.match(r"[、，,和及\s]*", text[start:end])
    start += cut.end() if cut else 0
    name = re.sub(r"(?:为|给予|奖励|补助|最高|按照?|不超过)+$", "", text[start:end])
    return (start, start + len(name)) if len(name) > 1 else None


def _listed(text: str, span: Span, count: int) -> list[Span]:
    """The nearest list with as many names as there are amounts: 三星级、四星级、五星级."""
    for start, end in reversed(parts(text, *span)):
        items = list(_items(text, start, end))
        if len(items) == count:
            return [_bare(text, first, last, position) for position, (first, last) in enumerate(items)]
        if len(items) > count:
            tail = items[-count:]
            return [_bare(text, first, last, position) for position, (first, last) in enumerate(tail)]
    return []


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    for cut in [*(match.start() for match in re.compile(r"[、和及]").finditer(text, start, end)), end]:
        if cut > start:
            yield start, cut
        start = cut + 1


def _bare(text: str, start: int, end: int, position: int) -> Span:
    """One name of the list without the words before the first (对新评定为) and behind the last (的酒店)."""
    if position == 0:
        lead = _BEFORE_LIST.match(text, start, end)
        start = lead.end() if lead else start
    match = re.match(r"[^的]{2,}?(?=的|分别|给予|奖励|$)", text[start:end])
    return start, start + match.end() if match else end


def _condition(clause: Clause, before: Sequence[OfferPart]) -> list[FactField]:
    said = [part.span for part in before if _CONDITIONAL.search(clause.text[slice(*part.span)].rstrip())]
    return [field(clause, "condition", (before[0].span[0], said[-1][1]))] if said else []


def _matched(clause: Clause, name: str, pattern: re.Pattern[str], span: Span) -> list[FactField]:
    match = pattern.search(clause.text, *span)
    return [field(clause, name, match.span())] if match else []


def _payer(clause: Clause, span: Span) -> list[FactField]:
    match = _PAYER.search(clause.text, *span)
    if match is None:
        return []
    start, end = match.span("payer")
    lead = re.match(r".*(?:从|由|落实|使用|通过)(?=[一-龥]{2})", clause.text[start:end])
    return [field(clause, "payer", (start + lead.end() if lead else start, end))]


def _row(clause: Clause) -> Iterator[Fact]:
    amounts = [cell for cell in clause.cells if _AMOUNT_HEADER.search(cell.header)]
    named = [cell for cell in clause.cells if cell not in amounts and re.search(r"[一-龥]{2}", cell.value)]
    for cell in amounts:
        if cell.value != cell.header and re.search(r"\d", cell.value):
            purpose = [_of_cell("purpose", named[0])] if named else []
            yield state(KIND, clause, (0, len(clause.text)), [*purpose, _of_cell("amount", cell)])


def _of_cell(name: str, cell: Cell) -> FactField:
    return FactField(name=name, value=cell.value, start=cell.start, end=cell.end)
