"""For whom and for what an offer is made, read from the words around its amounts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.measures import Measure
from ingest.policy import Clause, FactField
from ingest.sentences import Span, field, parts

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
    r"(?:(?:积极|大力|重点)?(?:支持|鼓励|引导|推动))?"
    r"(?!因|取得|获得|发放|根据|按照?|依照|在|为|对|经|免|减|暂|其|由|自|[一-龥]{0,8}(?:财政|导致|造成|供应|对|向|免征|免除|免收|免缴|减免|减半|给予|要求))"
    r"(?P<who>[一-龥]{0,10}?(?:企业|机构|单位|旅行社|公司|服务商|人员|居民|学生|毕业生|老年人|残疾人|合作社|农户|职工|家庭|团队|个人|见习基地|高校|院所))"
    r"(?!孵化器|技术中心|产值|面积|成本|价|所得税|账户|职工|医疗|基本|重大|大病|养老|工伤|失业|社会保险|缴费|自付|用房|用地|名单|名录)(?=[一-龥]{2})"
)
_OWN_NAME = re.compile(
    r"(?!在|或|返还|[^，]{0,6}财政|补助|补贴|奖励|每|按|给予|予以|最高|分别|连续|其|财政|由|从|经|一次|所需|标准|比例|上限|并|再|另|对)(?P<name>[^，,。；;]{2,40}?)(?:的)?(?:一次性|分别|每人|每年|每户|每月|每间|最高|再(?=给予|下浮|补|奖|按)|统一|按照?|给予|予以|奖励|补助|补贴|资助|发放|为(?=\d)|(?=\d))"
)
_OWN_LIMIT = 12
PAYER = re.compile(
    r"(?:由|从)?(?P<payer>(?:[一-龥]{0,6}(?:省|市|区|县|中央|各级|同级|属地|本级)(?:级)?(?:[、和与][省市区县]级?)*(?:财政|政府)(?:局|部门|专项资金|资金|预算|科技专项)?(?:[、和与](?:区|市|县|省|各)[一-龥]{0,6}财政)*"
    r"|[一-龥]{2,20}?(?:专项资金|发展资金|统筹基金|基金|提升资金))(?:按[^，,。；;]{0,12}比例)?)(?=承担|负担|安排|列支|支付|中(?:列支|给予|安排|，)|给予|按|直接|配套|解决|拨付|进行贴息|，按|对)"
)
_CIRCUMSTANCE = re.compile(
    r"按照?|依照|参照|根据|落实|为|据|经|其中|同时|自[^，]*起$|[^，]{0,30}(?:\d日[至到止起]|方面$)|疫情防控期间$|[^，]{0,12}期间$"
)
_BEFORE_LIST = re.compile(r".*(?:评定为|认定为|获评|评为|新建|取得|获得|认定的|对|为)")
_NOUNS = (
    "企业|机构|单位|公司|园区|平台|基地|团队|个人|人员|专家|人才|院校|高校|旅行社|酒店|景区|银行|组织|合作社|农户|家庭|居民|学生|毕业生|"
    "老人|老年人|残疾人|儿童|职工|创业者|投资方|联盟|孵化器|众创空间|项目|产品|商户|业主|户|者|导游|村|社团|工匠|医院|学校|载体|企业和社团|担保公司|中心|实验室|服务商|养老机构|见习基地"
)
_NOUN_END = re.compile(rf"(?:{_NOUNS})(?:[、和与及](?:[一-龥]{{0,8}}))*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The amounts of one comma part and the words that tell whom they are for."""

    clause: Clause
    head: Span
    part: Span
    amounts: tuple[Measure, ...]
    alone: bool

    def place(self, measure: Measure) -> Span:
        """Where the amount stands in the clause."""
        return self.part[0] + measure.start, self.part[0] + measure.end


def recipient(offer: Offer) -> Iterator[FactField]:
    """To whom it is offered, where the words tell."""
    applicant = _applicant(offer.clause.text, offer.head, offer.part, _who(offer))
    if applicant:
        yield field(offer.clause, "applicant", applicant)


def purpose(offer: Offer, number: int) -> Span:
    """What one of the amounts is given for, by the nearest words that tell."""
    text, amounts = offer.clause.text, offer.amounts
    start, end = offer.place(amounts[number])
    about = amounts[number].about
    if about:
        return offer.part[0] + about[0], offer.part[0] + about[1]
    named = _listed(text, (offer.head[0], offer.place(amounts[0])[0]), len(amounts))
    if len(amounts) > 1 and named:
        return named[number]
    who = _who(offer)
    if number:
        return _between(text, offer.place(amounts[number - 1])[1], start) or who or offer.part
    own = _OWN_NAME.match(text, offer.part[0], end)
    short = own is not None and len(own["name"]) <= _OWN_LIMIT and not PAYER.match(own["name"] + "按")
    if own and short and not offer.alone and offer.part[0] > offer.head[0]:
        return own.span("name")
    return who or _first_named(text, offer)


def _first_named(text: str, offer: Offer) -> Span:
    told = parts(text, *offer.head)
    first = next((one for one in told if not _CIRCUMSTANCE.match(text, *one)), told[0])
    given = _GIVES.search(text, first[0] + 2, first[1]) if first == offer.part else None
    return (first[0], given.start()) if given else first


def _who(offer: Offer) -> Span | None:
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


def payer(clause: Clause, span: Span) -> list[FactField]:
    """Whose money it is, where the stretch tells."""
    match = PAYER.search(clause.text, *span)
    if match is None:
        return []
    start, end = match.span("payer")
    lead = re.match(r".*(?:从|由|在|落实|使用|通过|纳入)(?=[一-龥]{2})", clause.text[start:end])
    return [field(clause, "payer", (start + lead.end() if lead else start, end))]
