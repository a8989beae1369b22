"""Benefits: what is offered to whom, how much, at most how much, and on which condition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.numerals import Quantity, find_quantities
from ingest.policy import Cell, Clause, Fact, FactField, FactKind
from ingest.sentences import Span, body_start, field, long_cells, parts, sentences, state

KIND: FactKind = "benefit"

_OFFER = re.compile(
    r"补助|奖励|奖补|资助|补贴|扶持|贴息|返还|退还|免收|减免|减半|免除|津贴|慰问金|奖金|补偿|救助|报销|支付限额|限额标准|"
    r"(?:给予|予以|提供|安排|发放|增发|兑现|配套)[^，,。；;]*(?:支持|资金|经费|券|卡|保险|工资|保障|待遇|贷款|配套)|"
    r"(?:增加|提高)[^，,。；;]{0,30}的支持|支付(?:比例|标准)|比例(?:予以)?支付|按[^，。；]{0,20}的?比例支付|上浮|下浮|每人[^，。；]{0,12}元"
)
_AGAINST = re.compile(
    r"罚款|罚金|处以|没收|滞纳金|违约金|注册资本|注册资金|开办资金|虚假|骗取|冒领|弄虚作假|追回|收缴|扣减|扣除绩效|立案|"
    r"预拨|下达|截至|已经?向|收入[^，]{0,6}达|[放得]\d+(?:\.\d+)?亿元|发放[^，。]{0,6}贷款\d|融资成本不|营业收入达|缴费费率|缴费基数|费率为|担保费率|收取的|征收"
)
_BUDGET = re.compile(
    r"(?:安排|设立|投入|列支|筹集|整合)[^，,。；;]{0,40}(?:专项资金|引导资金|资金池|基金|预算|专项经费|工作经费|引导专项)|"
    r"(?:规模|总额|总规模)(?:为|达到?|不超过)?$|年度(?:补助|资金)?总额|预算安排|专项资金[^，,。；;]{0,10}$|基金$"
)
_CAP = re.compile(r"(?:最高|上限|封顶|不超过|不高于|最多|限额|以内|累计不|不得超过|合计不)")
_CONDITION_AFTER = re.compile(r"^\s*(?:[（(]含[^）)]*[）)])?\s*(?:及|（含）)?(?:以上|以下|以内|之间|左右)?[^，,。；;]{0,30}(?:的|者)$")
_VERB = re.compile(r"给予|予以|奖励|补助|奖补|资助|补贴|发放|贴息|返还|减免|免收|减半|支付|提供|增发|报销|扶持|补偿|支持|按照?|标准|退还|兑现|办理|提高到|再降|上浮|下浮")
_SUBJECT = re.compile(r"^(?:(?:其中|此外|同时|另外|并)?[，,]?(?:对|凡|向|为)|(?:每|单)(?:个|家|户|人|项)[^，,]{1,14}(?:的|给予|奖励|补助))")
_GIVEN_TO = re.compile(r"(?:(?<![一-龥])|(?<=期间)|(?<=并)|(?<=同时)|(?<=另外)|(?<=其中))(?:对于?|凡(?:是)?|向|为)(?P<who>[^，,。；;]{2,120})")
_ADVERBS = r"按照?|以|一次性|分别|再|可|连续|每年|每户|每家|每人|每间|每月|每天|最高|不超过|统一|优先|同时|另外|实行|适当|另|直接|配套|进行|在[^，]{1,12}时"
_GIVES = re.compile(rf"(?:{_ADVERBS})*(?:给予|予以|奖励|补助|奖补|资助|补贴|发放|贴息|增发|返还|按照?|提供|办理|减免|免收|增加|支持|经(?!营|济|办|费|过|常|认))(?:{_ADVERBS})*")
_RECEIVER = re.compile(r"给予(?P<who>[一-龥]{2,10}?)(?:奖励|补助|补贴|资助|一次性|最高|不超过|\d|[（(])")
_LEADING_WHO = re.compile(r"(?P<who>[一-龥]{0,10}?(?:企业|机构|单位|旅行社|公司|服务商|人员|居民|学生|毕业生|老年人|残疾人|合作社|农户|职工|家庭|团队|个人|见习基地|高校|院所))(?=[一-龥]{2})")
_OWN_NAME = re.compile(r"(?!在|[^，]{0,6}财政|补助|补贴|奖励|每|按|给予|予以|最高|分别|连续|其|财政|由|从|经|一次|所需|标准|比例|上限|并|再|另|对)(?P<name>[^，,。；;]{2,40}?)(?:的)?(?:一次性|分别|每人|每年|每户|每月|每间|最高|再(?=给予|下浮|补|奖|按)|统一|按照?|给予|予以|奖励|补助|补贴|资助|发放|为(?=\d)|(?=\d))")
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
_TOTAL = re.compile(r"总额|累计|合计|总计|总规模")
_RAISED = re.compile(r"(?:的)?(?:提高|增加|上调|降|下调|调整)")
_PER = re.compile(r"/(?:人|户|亩|笔|年|月|天|日|次|家|平方米|间|张|床|夜|件|吨|公里|套|个|学时|课时|项|辆|台)(?:/(?:人|户|年|月|天|日|次|夜|学年))*|个基点")
_BEFORE_LIST = re.compile(r".*(?:评定为|认定为|获评|评为|新建|取得|获得|认定的|对|为)")
_NOUNS = (
    "企业|机构|单位|公司|园区|平台|基地|团队|个人|人员|专家|人才|院校|高校|旅行社|酒店|景区|银行|组织|合作社|农户|家庭|居民|学生|毕业生|"
    "老人|老年人|残疾人|儿童|职工|创业者|投资方|联盟|孵化器|众创空间|项目|产品|商户|业主|户|者|导游|村|社团|工匠|医院|学校|载体|企业和社团|担保公司|中心|实验室|服务商|养老机构|见习基地"
)
_NOUN_END = re.compile(rf"(?:{_NOUNS})(?:[、和与及](?:[一-龥]{{0,8}}))*$")
_AMOUNT_HEADER = re.compile(r"(?:补助|奖励|补贴|资助|救助|扶持|支付|报销|待遇|奖补|发放|护理费?).*(?:标准|金额|额度|限额|比例|元)|^(?:金额|补助|奖励|补贴)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A comma part of a sentence with the quantities it offers and those that cap an offer."""

    span: Span
    offers: tuple[Quantity, ...]
    caps: tuple[Quantity, ...]


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
    said = text[sentence[0] : sentence[1]]
    if not _OFFER.search(said) or _AGAINST.search(said):
        return
    found = list(_settled([_read(text, span) for span in parts(text, *sentence)]))
    offering = [index for index, part in enumerate(found) if part.offers]
    for number, index in enumerate(offering):
        following = offering[number + 1] if number + 1 < len(offering) else len(found)
        begins = offering[number - 1] + 1 if number else 0
        begins = _skip_caps(found, begins, index)
        ends = _end_of_offer(text, found, index, following)
        yield from _facts(clause, sentence, found, (begins, index, ends), alone=len(offering) == 1)


def _settled(found: Sequence[_Part]) -> Iterator[_Part]:
    """Parts in which a limit behind an offer (单个项目最高不超过30万元) is its cap, not an offer of its own."""
    offered = False
    for part in found:
        limits = tuple(offer for offer in part.offers if _CAP.search(offer.comparator))
        if offered and limits and len(limits) == len(part.offers):
            part = replace(part, offers=(), caps=(*part.caps, *limits))
        offered = offered or bool(part.offers)
        yield part


def _skip_caps(found: Sequence[_Part], begins: int, index: int) -> int:
    while begins < index and found[begins].caps and not found[begins].offers:
        begins += 1
    return begins


def _end_of_offer(text: str, found: Sequence[_Part], index: int, following: int) -> int:
    """The last part that still speaks of this offer: caps, times and payers behind the amount."""
    last = index
    for position in range(index + 1, following):
        start, end = found[position].span
        says = found[position].caps or _PAYER.search(text, start, end) or re.match(r"(?:补助|贴息|连续|期限|奖补)", text[start:end])
        if _SUBJECT.match(text[start:end]) and not found[position].caps:
            break
        if not says:
            break
        last = position
    return last


def _read(text: str, span: Span) -> _Part:
    offers: list[Quantity] = []
    caps: list[Quantity] = []
    said = text[span[0] : span[1]]
    for quantity in find_quantities(said):
        if quantity.unit not in ("元", "%", "美元", "个百分点", "百分点", "成") and not _basis_points(said, quantity):
            continue
        before, after = said[: quantity.start], said[quantity.end :]
        if _is_budget(said, before, after) or _is_condition(said, quantity) or _RAISED.match(after):
            continue
        capped = _CAP.search(before[-12:]) or _CAP.search(quantity.comparator)
        # 给予不高于300万元的支持 is the offer itself; 最高不超过150万元 after a rate caps it.
        if _TOTAL.search(before) and capped:
            caps.append(quantity)
        elif capped and (offers or not re.search(r"给予|予以|奖励|补助|补贴|资助|提供|奖补", before) or re.search(r"(?:上限|封顶)[^，,]{0,6}$", before)):
            caps.append(quantity)
        elif _VERB.search(said) or _OFFER.search(said):
            offers.append(quantity)
    return _Part(span=span, offers=tuple(offers), caps=tuple(caps))


def _basis_points(said: str, quantity: Quantity) -> bool:
    return said[quantity.end :].startswith("个基点")


def _is_budget(said: str, before: str, after: str) -> bool:
    if re.match(r"[^，,]{0,14}(?:专项资金|引导资金|基金|工作经费|工程建设)", after) and re.search(r"安排|设立|筹集|投入|规模", before):
        return not re.search(r"给予|奖励|补助", said)
    return bool(_BUDGET.search(before) and not re.search(r"给予|予以|奖励|补助\d", before))


def _is_condition(said: str, quantity: Quantity) -> bool:
    before, after = said[: quantity.start], said[quantity.end :]
    if re.match(r"[^，,]{0,4}外$", after):
        return True
    given = re.search(r"给予|予以|奖励|补助|补贴|资助|按照?|提供|贴息|返还|减免|标准", before)
    if re.search(r"^\s*(?:[（(]含[^）)]*[）)])?\s*及?(?:以上|以下)", after) or quantity.comparator in ("以上", "及以上", "以下", "及以下"):
        return not given or not re.search(r"奖励|补助|补贴|资助|支持|扶持|资金", after)
    if given is None and _CONDITION_AFTER.match(after):
        return True
    # 投资额300万元的项目，占比超过5%的企业: an amount inside the words that say who is meant.
    return given is None and bool(re.match(r"[^，,。；;]{0,20}的(?!支持|补助|奖励|补贴|资助|标准|资金|比例|部分|额度|配套|贴息|一次性|中介)", after)) and not re.search(r"奖励|补助|补贴|给予", after[:6])


def _facts(clause: Clause, sentence: Span, found: Sequence[_Part], place: tuple[int, int, int], *, alone: bool) -> Iterator[Fact]:
    begins, index, ends = place
    text = clause.text
    start, end = found[begins].span[0], found[ends].span[1]
    own = bool(_SUBJECT.match(text[start:end]))
    # Without a subject of its own the part is only understood with its whole sentence.
    span = _closed(text, (start, end) if own and not alone else sentence, sentence)
    head = (start, end) if own else sentence
    caps = [cap for part in found[index : ends + 1] for cap in part.caps]
    base = found[index].span[0]
    offers = found[index].offers
    for number, quantity in enumerate(offers):
        fields = [
            *_purpose(clause, head, base, quantity, number, offers, found[index].span, parallel=not alone),
            _amount(clause, base, quantity),
            *_cap(clause, found, (index, ends), caps, quantity),
            *_matched(clause, "times", _TIMES, (start, end)),
            *_condition(clause, found, begins, index),
            *_payer(clause, (start, sentence[1] if alone else end)),
        ]
        yield state(KIND, clause, span, fields)


def _closed(text: str, span: Span, sentence: Span) -> Span:
    return (span[0], span[1] + 1) if span[1] < sentence[1] and text[span[1]] in "。；;" else span


def _amount(clause: Clause, base: int, quantity: Quantity) -> FactField:
    start, end = quantity.start + base, quantity.end + base
    before = re.search(r"(?:每[一-龥]{1,6}?每?[天日月年次]?|最高|不高于|不超过|不低于|最低|不少于|至少)$", clause.text[base:start])
    if quantity.comparator and clause.text[:start].rstrip().endswith(quantity.comparator):
        start = clause.text.rfind(quantity.comparator, 0, start)
    elif before and not before.group().startswith("每"):
        start -= len(before.group())
    after = _PER.match(clause.text, end)
    return field(clause, "amount", (start, after.end() if after else end))


def _cap(clause: Clause, found: Sequence[_Part], place: Span, caps: Sequence[Quantity], amount: Quantity) -> list[FactField]:
    for part in found[place[0] : place[1] + 1]:
        for quantity in part.caps:
            if quantity in caps and quantity is not amount:
                return [field(clause, "cap", (part.span[0] + quantity.start, part.span[0] + quantity.end))]
    base = found[place[0]].span[0]
    if _CAP.search(clause.text[max(base, base + amount.start - 6) : base + amount.start]) or _CAP.search(amount.comparator):
        return [field(clause, "cap", (base + amount.start, base + amount.end))]
    return []


def _purpose(
    clause: Clause, head: Span, base: int, quantity: Quantity, number: int, offers: Sequence[Quantity], part: Span, *, parallel: bool
) -> Iterator[FactField]:
    text = clause.text
    who = _who(text, head, base + offers[0].start)
    applicant = _applicant(text, head, part, who)
    if applicant:
        yield field(clause, "applicant", applicant)
    named = _listed(text, (head[0], base + offers[0].start), len(offers)) if len(offers) > 1 else []
    own = _OWN_NAME.match(text, part[0], base + quantity.end)
    if named:
        yield field(clause, "purpose", named[number])
    elif number:
        yield field(clause, "purpose", _between(text, base + offers[number - 1].end, base + quantity.start) or who or part)
    elif own and part[0] > head[0] and len(own["name"]) <= _OWN_LIMIT and parallel and not _PAYER.match(own["name"] + "按"):
        yield field(clause, "purpose", own.span("name"))
    elif who:
        yield field(clause, "purpose", who)
    else:
        told = parts(text, *head)
        first = next((one for one in told if not _CIRCUMSTANCE.match(text, *one)), told[0])
        name = _OWN_NAME.match(text, *first) if first == part else None
        yield field(clause, "purpose", name.span("name") if name else first)


def _who(text: str, head: Span, amount: int) -> Span | None:
    """Who or what is given something: the words behind 对, up to the comma or the giving verb."""
    match = _GIVEN_TO.search(text, head[0], min(amount, head[1]))
    if match is None:
        return None
    start, end = match.span("who")
    if end < amount and (_NOUN_END.search(text[start:end]) or text[start:end].endswith(("的", "者"))):
        return start, end
    verbs = [verb for verb in _GIVES.finditer(text, start + 2, end)]
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


def _condition(clause: Clause, found: Sequence[_Part], begins: int, index: int) -> list[FactField]:
    said = [part.span for part in found[begins:index] if re.search(r"(?:的|者|后|前提下|情况下|期间)$", clause.text[slice(*part.span)].rstrip())]
    if not said:
        return []
    return [field(clause, "condition", (found[begins].span[0], said[-1][1]))]


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
    names = [cell for cell in clause.cells if not _AMOUNT_HEADER.search(cell.header) and re.search(r"[一-龥]{2}", cell.value)]
    for cell in clause.cells:
        if not _AMOUNT_HEADER.search(cell.header) or cell.value == cell.header or not re.search(r"\d", cell.value):
            continue
        fields = [_of_cell("purpose", names[0])] if names else []
        yield state(KIND, clause, (0, len(clause.text)), [*fields, _of_cell("amount", cell)])


def _of_cell(name: str, cell: Cell) -> FactField:
    return FactField(name=name, value=cell.value, start=cell.start, end=cell.end)
