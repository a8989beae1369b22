"""Amounts and rates that a sentence offers, told from limits, conditions, budgets and fines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.measures import Measure, find_measures, grants_without_sum
from ingest.numerals import Quantity, find_quantities
from ingest.sentences import Span, parts

_OFFER = re.compile(
    r"补助|奖励|奖补|资助|补贴|扶持|贴息|返还|退还|免收|减免|减半|免除|津贴|慰问金|奖金|补偿|救助|报销|支付限额|限额标准|"
    r"(?:给予|予以|提供|安排|发放|增发|兑现|配套|办理|购买|赠送)[^，,。；;]*(?:支持|资金|经费|券|卡|保险|工资|保障|待遇|贷款|配套)|"
    r"(?:增加|提高)[^，,。；;]{0,30}的支持|支付(?:比例|标准)|比例(?:予以)?支付|按[^，。；]{0,20}的?比例支付|上浮|下浮|每人[^，。；]{0,12}元"
)
_AGAINST = re.compile(
    r"罚款|罚金|处以|没收|注册资本|注册资金|开办资金|虚假|骗取|冒领|弄虚作假|追回|收缴|扣减|扣除绩效|立案|"
    r"预拨|下达|截至(?:目前|今|发稿|[^，,。；;]{0,16}日?[，,]?[^，,。；;]{0,12}(?:已|共|累计))|已(?:经|累计)?(?:向|发放|拨付|兑现|支付|返还|减免|为)|收入[^，]{0,6}达|[放得]\d+(?:\.\d+)?亿元|发放[^，。]{0,6}贷款\d|营业收入达|测算|数据显示|据统计|惠及|涉及人数|预计(?:返还|发放|减免|补贴|为)|"
    r"(?<!减半)(?<!免予)(?<!免于)征收(?!部门)"
)
# These speak of what is owed or charged; another part of the sentence may still grant something.
# 鼓励业主…，减免租金: the sentence asks others to give.
_ASKED = re.compile(r"(?:积极)?(?:鼓励|引导|倡导|号召)")
_TO_SOMEBODY = re.compile(r"对|给予|予以")
_OWED = re.compile(r"滞纳金|违约金")
_FORGIVEN = re.compile(r"[免减][征收除免缴][^，,。；;]{0,16}(?:滞纳金|违约金)")
_CHARGED = re.compile(r"融资成本不|缴费费率|缴费基数|费率为|担保费率|收取的")
_GIVEN_BEHIND = re.compile(
    r"\s*(?:/[一-龥])?(?:以内)?的?(?:标准|比例|额度)?(?:分别|一次性|适当)*(?:给予|予以|奖励|补助|补贴|发放|奖补|资助)"
)
_BUDGET = re.compile(
    r"(?:安排|设立|投入|列支|筹集|整合)[^，,。；;]{0,40}(?:专项资金|引导资金|资金池|基金|预算|专项经费|工作经费|引导专项)|"
    r"(?:规模|总额|总规模)(?:为|达到?|不超过)?$|年度(?:补助|资金)?总额|预算安排|专项资金[^，,。；;]{0,10}$|基金$"
)
_CAP = re.compile(r"(?:最高|上限|封顶|不超过|不高于|最多|限额(?!标准)|以内|累计不|不得超过|合计不)")
_CONDITION_AFTER = re.compile(
    r"^\s*(?:[（(]含[^）)]*[）)])?\s*(?:及|（含）)?(?:以上|以下|以内|之间|左右)?[^，,。；;]{0,30}(?:的|者)$"
)
_VERB = re.compile(
    r"给予|予以|奖励|补助|奖补|资助|补贴|发放|贴息|返还|减免|免收|减半|支付|提供|增发|报销|扶持|补偿|支持|按照?|标准|退还|兑现|办理|提高到|再降|上浮|下浮"
)
_TOTAL = re.compile(r"总额|累计|合计|总计|总规模")
_RAISED = re.compile(r"(?:的)?(?:提高|增加|上调|降|下调|调整)")
_MONEY = ("元", "%", "美元", "个百分点", "百分点", "成")
# 贷款利率低于1.6%: what a loan may cost is no grant.
_INTEREST = re.compile(r"利率[^，,。；;]{0,12}(?:低于|不得?超过|不得?高于|控制在|降至|降到)$")
_RATE = re.compile(r"[\d０-９.．]+[%％](?:\s*[-－—–~～至]\s*[\d０-９.．]+[%％])?")
_TO = re.compile(r"\s*(?:至|到|-|—|－|~|～)+\s*")
_THRESHOLDS = ("以上", "及以上", "以下", "及以下")
_AT_LEAST = re.compile(r"\s*(?:[（(]含[^）)]*[）)])?\s*及?(?:以上|以下)")
# 投资额300万元的项目，占比超过5%的企业: an amount inside the words that say who is meant.
_INSIDE = re.compile(
    r"(?!\s*(?:额度|面值|面额|保额|意外)|的?人身)[^，,。；;]{0,20}的(?!支持|补助|奖励|补贴|资助|标准|资金|比例|部分|额度|配套|贴息|一次性|中介)"
)
# 将不低于90%的收益奖励给完成人: the share itself is what is given.
_SHARED_OUT = re.compile(r"\s*的[^，,。；;的]{1,20}?(?:用于)?(?:奖励|补助|补贴|返还|分配|归)")
_INSURED = re.compile(r"(?:保额|额度|面值|面额|金额|价值)(?:为|达到?)?(?:人民币)?$")
_GIVEN = re.compile(r"给予|予以|奖励|补助|补贴|资助|按照?|提供|贴息|返还|减免|标准")
_GIVING = re.compile(r"给予|予以|奖励|补助|补贴|资助|提供|奖补")
# 临时救助标准不超过240元, 救助金额累计不超过5万元: the limit is all that is said of the benefit.
_LIMITED = re.compile(
    r"(?:补助|奖励|奖补|资助|补贴|救助|津贴|贴息|补偿|报销|支持|扶持|待遇|护理|返还|生活费)(?:资金|费用?)?(?:的?(?:标准|金额|额度|总额|比例|资金))?"
    r"(?:原则上|每[^，,。；;\d]{1,6}|人均|最高|年度|单个|同一|一般|全年|累计|合计|限额|[（(][^（）()]*[)）]|[一-龥]{0,2})*$"
)
_NOT_FOR_ONE = re.compile(
    r"所需|资金池|预算|本(?:办法|措施|政策|项)|贷款|授信|担保|年度总|经费总|财政.{0,8}总额|不得以|收费|利率|余额"
)
_REMARK = re.compile(r"[（(]其中[^（）()]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPart:
    """A comma part of a sentence with what it offers and the limits of an offer; places count in the part."""

    span: Span
    offers: tuple[Measure, ...]
    caps: tuple[Measure, ...]


def may_offer(text: str) -> bool:
    """Whether a text has any word of a grant; most have none and need not be split."""
    return bool(_OFFER.search(text)) or grants_without_sum(text)


def read_offers(text: str, sentence: Span) -> list[OfferPart]:
    """The comma parts of a sentence; no part holds offers where the sentence gives nothing to anybody."""
    said = text[slice(*sentence)]
    if not may_offer(said) or _AGAINST.search(said):
        return []
    if _OWED.search(said) and not _FORGIVEN.search(said):
        return []
    asked = bool(_ASKED.match(said))
    found = list(_settled([_read(text, span, asked=asked) for span in parts(text, *sentence)]))
    return found if any(part.offers for part in found) else [_of_limits(text, part) for part in found]


def is_capped(words: str) -> bool:
    """Whether words before an amount (最高, 不超过) make it an upper limit."""
    return bool(_CAP.search(words))


def _settled(found: Sequence[OfferPart]) -> Iterator[OfferPart]:
    """A limit behind an offer (单个项目最高不超过30万元) is its cap, not an offer of its own."""
    offered = False
    for part in found:
        limits = tuple(offer for offer in part.offers if _CAP.search(offer.comparator))
        if offered and limits and len(limits) == len(part.offers):
            part = replace(part, offers=(), caps=(*part.caps, *limits))
        offered = offered or bool(part.offers)
        yield part


def _of_limits(text: str, part: OfferPart) -> OfferPart:
    """A sentence that only limits what one applicant gets offers as much as the limit."""
    said = text[slice(*part.span)]
    told = [cap for cap in part.caps if _LIMITED.search(_before(said, cap))]
    if not told or _NOT_FOR_ONE.search(text, *part.span):
        return part
    return replace(part, offers=tuple(told), caps=())


def _before(said: str, measure: Measure) -> str:
    return re.sub(
        r"(?:不得?(?:超过|高于)|最高|上限|封顶|以内|为|在|不低于|至少|的)+$",
        "",
        said[: measure.start].rstrip(),
    )


def _read(text: str, span: Span, *, asked: bool) -> OfferPart:
    offers: list[Measure] = []
    caps: list[Measure] = []
    said = text[span[0] : span[1]]
    if _CHARGED.search(said):
        return OfferPart(span=span, offers=(), caps=())
    for measure in _merged(said, _sums(said)):
        before = said[: measure.start]
        if _REMARK.search(before) and offers:
            # (其中床位费不高于每人每天35元): a remark in brackets offers a part of the whole.
            offers.append(measure)
        elif _is_cap(before, measure.comparator, after_offer=bool(offers)) and not _GIVEN_BEHIND.match(
            said, measure.end
        ):
            caps.append(measure)
        elif _VERB.search(said) or _OFFER.search(said):
            offers.append(measure)
    has_sums = bool(offers or caps)
    for measure in [] if asked and not _TO_SOMEBODY.search(said) else find_measures(said):
        if measure.about and has_sums:
            # 减免50%的租金: the rate tells more than the verb.
            continue
        if any(one.start < measure.end and measure.start < one.end for one in (*offers, *caps)):
            continue
        (caps if _CAP.search(measure.comparator) and offers else offers).append(measure)
    return OfferPart(span=span, offers=tuple(sorted(offers, key=lambda one: one.start)), caps=tuple(caps))


def _merged(said: str, sums: Iterator[Measure]) -> Iterator[Measure]:
    """1000元至1万元 is one amount."""
    last: Measure | None = None
    for measure in sums:
        if last and _TO.fullmatch(said, last.end, measure.start):
            last = replace(last, end=measure.end)
            continue
        if last:
            yield last
        last = measure
    if last:
        yield last


def _sums(said: str) -> Iterator[Measure]:
    for quantity in find_quantities(said):
        before, after = said[: quantity.start], said[quantity.end :]
        rate = _RATE.match(quantity.printed)
        if not (rate or quantity.unit in _MONEY or after.startswith("个基点")):
            continue
        if _INTEREST.search(said[: quantity.span[0]] + quantity.comparator):
            continue
        if _is_budget(said, before, after) or _is_condition(said, quantity) or _RAISED.match(after):
            continue
        # 10%对企业奖励: a measure word behind the percent sign begins the next word.
        end = quantity.start + rate.end() if rate else quantity.end
        yield Measure(start=quantity.start, end=end, comparator=quantity.comparator)


def _is_cap(before: str, comparator: str, *, after_offer: bool) -> bool:
    if not (is_capped(before[-12:]) or is_capped(comparator)):
        return False
    # 给予不高于300万元的支持 is the offer itself; 最高不超过150万元 after a rate caps it.
    limit = re.search(r"(?:上限|封顶)[^，,]{0,6}$", before)
    return bool(_TOTAL.search(before) or after_offer or limit or not _GIVING.search(before))


def _is_budget(said: str, before: str, after: str) -> bool:
    if _GIVEN_BEHIND.match(after):
        return False
    names_fund = re.match(r"[^，,]{0,14}(?:专项资金|引导资金|基金|工作经费|工程建设)", after)
    if names_fund and re.search(r"安排|设立|筹集|投入|规模", before):
        return not re.search(r"给予|奖励|补助", said)
    return bool(_BUDGET.search(before) and not re.search(r"给予|予以|奖励|补助\d", before))


def _is_condition(said: str, quantity: Quantity) -> bool:
    before, after = said[: quantity.start], said[quantity.end :]
    if re.match(r"[^，,]{0,4}外$", after):
        return True
    given = _GIVEN.search(before)
    if _AT_LEAST.match(after) or quantity.comparator in _THRESHOLDS:
        return not given or not re.search(r"奖励|补助|补贴|资助|支持|扶持|资金", after)
    if given or _INSURED.search(before) or _SHARED_OUT.match(after):
        return False
    if _CONDITION_AFTER.match(after):
        return True
    return bool(_INSIDE.match(after)) and not re.search(r"奖励|补助|补贴|给予", after[:6])
