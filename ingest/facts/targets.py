"""Targets: which figure is to be reached, by when, and from which base."""

import re
from collections.abc import Iterator, Sequence

from ingest.numerals import Quantity, find_quantities
from ingest.policy import Cell, Clause, Fact, FactField, FactKind
from ingest.sentences import Span, body_start, field, long_cells, parts, sentences, state

KIND: FactKind = "target"

_YEAR = re.compile(
    r"(?P<year>(?:20|19)?\d{2,4}年)(?!以来|以后|起|度?实际)(?:底|末)?|(?P<plan>“?十[一二三四五六七]五”?(?:末|时期|期间|规划期末)?)"
)
_AIM = re.compile(
    r"达到|达(?=[\d一二三四五六七八九十百千万])|超过|突破|不低于|不少于|不得低于|力争|目标|争取|以上|左右|提升至|提升到|提高到|提高至|降至|降到|下降到|稳定在|保持在|控制在|增长|新增|"
    r"累计|全年|每年|年均|培育|新建|建成|组建|引进|选派|创建|争创|认定|打造|新认定|实现|完成"
)
_TARGET_PLACE = re.compile(r"目标|指标")
_COMPARING = (
    r"力争达到|努力达到|达到|达|超过|突破|不低于|不少于|不得低于|不高于|不超过|稳定在|保持在|控制在|提升至|提升到|提高到|提高至|提高|提升|增长到|增加到|增长|增加|下降到|下降|降低|降至|降到|"
    r"扩大到|增至|发展至|发展到|覆盖到|力争|实现|累计达|为|在|至少|高于|低于"
)
_TRAIL = re.compile(
    rf"(?:{_COMPARING}|原则上|也|均|都|要|约|近|左右|确保|共|年均|年|全部|再|各|保持|每年|恢复到|将)+$"
)
_LEAD = re.compile(
    r"^(?:(?:到|至|截至|截止)?(?:(?:20\d{2}|\d{2,3})年(?:底|末)?|“?十[一二三四五六七]五”?(?:末|时期|期间)?)(?:前|之前)?|力争|争取|努力|确保|并|其中|当年|全年|每年|年内|今年|明年|同时|使|以及|和|及|的|实现|预计|推动|原则上|至少|"
    r"(?:为|在)|逐步|总体|均|三年内|五年内|计划|今后|按年度|\d{1,2}月(?:\d{1,2}日|底)?(?:之?前)?|年底前|月底前|[:：])+"
)
_VERBS = (
    "新增加|新增|新认定|新建成|新建|累计新培育|累计培育|累计转化|累计|培育和打造|培育建设|培育申请|培育|建成|建设|组建|引进培[育行]|引进|选派|创建|争创|认定|打造|完成|遴选|举办|组织开展|组织|开展|新培育|新引进|申报|获批|吸引|入库|培养|实施|推广|建立|布局|"
    "设立|创成|孵化|改造|形成|发布|征集|邀请|走访|挖掘|推出|落地|转化|招引|扶持|发展|研发|突破|登记|盘活|提供|带动|促成|备案|评选|刊发|报道|服务|选认|派出|集聚|汇聚|新备案|新上|储备|建"
)
_VERB_LEAD = re.compile(rf"(?:^|.*[，,]?)(?:{_VERBS})(?:至少|不少于|超过|突破|达到|约|近|各)?$")
_UNIT_WORDS = (
    "家|个|项|名|人|件|次|户|场|条|篇|所|套|张|床|台|间|位|亩|吨|笔|支|座|处|种|份|辆|期|对|倍|公里|平方米|"
    "平方公里|公顷|人次|家次|元|%|个百分点|百分点|美元|人年|岁|周岁|万|批次|‰|成|"
)
_UNITS_OF_TARGETS = frozenset(_UNIT_WORDS.split("|"))
_AFTER_VALUE = re.compile(r"\s*(?:[（(]含[^）)]*[）)])?(?:及?以上|及?以下|以内|左右|上下|多|余)?")
_NAME_AFTER = re.compile(
    r"(?:的)?(?P<name>[一-龥A-Za-z“”（）()×·\-]{2,30}?)(?=[、，,。；;：:]|和\d|以上|左右|，|$|达|分赴|“一对|提供|成长为|成为|来我|到(?!位)|开展)"
)
_ENDS_HERE = re.compile(r"\s*(?:$|[”）)(（]|的(?:增长|增速)|分赴|来|用于|\d|以|，|牵头|责任|[;；])")
_NEXT_FIGURE = re.compile(r"、|和(?=\d)|及(?=\d)")
_FORMULA = re.compile(r"[=*×/＝＊]|\d\s*[%％]")
_ARTICLE = re.compile(r".{0,12}第[一二三四五六七八九十百千零\d]+条")
_NO_AIM = re.compile(r"对|按|或者?|且|并且|但|[^，]{0,14}(?:每天|每日|每人|每次|每间)")
_SETS_OUT = re.compile(r"(?:重点|努力|积极)?(?:新增|争取|累计|力争|新认定|培育|创建|争创|年内)")
_YEARLY = re.compile(r"新增|累计|争创|每年|全年|力争|至少")
_NOT_A_TARGET = re.compile(
    r"已(?:经)?(?:达|超|有|累计)|截至|目前|高达|现有|降幅|记者|获悉|介绍|裁员|补助|奖励|奖补|资助|补贴|贴息|给予|罚款|滞纳金|处以|扣|有效期|工作日|申请|申报条件|提交|满足|符合|缴费|缴纳|费率|租金|收入低于|最高|限额|标准为|"
    r"应当自|之日起|参保|投诉|逾期|不得|名额|报名|证明|材料|复印|电话|年龄|周岁|贷款利率|担保费率|贷款期限|评审|支付|注册资"
)
_INDICATOR_HEADER = re.compile(r"指标名称|主要指标|^指标$|指标内容|^名称$|目标名称")
_TARGET_HEADER = re.compile(r"目标|预期|规划值|计划(?:值|数)")
_BASE_HEADER = re.compile(r"实际|现状|基期|基准|完成值|完成数|基础值|基数")
_NOTE = re.compile(r"加?\s*[*＊]\s*号?[^，。\n]{0,6}?(?:为|是)\s*(?P<year>\d{4}年)")


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each figure to be reached, from running text and from tables of indicators."""
    note = next((match["year"] for clause in clauses for match in _NOTE.finditer(clause.text)), "")
    for clause in clauses:
        if clause.kind in ("title", "meta", "heading"):
            continue
        if clause.cells:
            yield from _row(clause, note)
            for start, end in long_cells(clause):
                yield from _of_clause(clause, start, end)
        elif clause.kind != "note":
            yield from _of_clause(clause, body_start(clause), len(clause.text))


def _of_clause(clause: Clause, start: int, end: int) -> Iterator[Fact]:
    place = bool(_TARGET_PLACE.search(" ".join((*clause.path[-2:], clause.heading))))
    # An article sets rules and a news item reports: a figure there is a target only where an aim is said.
    plan = bool(clause.path or clause.number) and not _ARTICLE.match(clause.locator)
    year: Span | None = None
    for span in sentences(clause.text, start=start, end=end, marks="。！？\n"):
        said = clause.text[slice(*span)]
        year = next(
            (match.span() for match in _YEAR.finditer(clause.text, *span)),
            year if place or _until(clause, year) else None,
        )
        if not (place or year or _AIM.search(said)):
            continue
        yield from _of_sentence(clause, span, year, place=place, plan=plan)


def _until(clause: Clause, year: Span | None) -> bool:
    return year is not None and clause.text[: year[0]].endswith(("到", "至"))


def _of_sentence(
    clause: Clause, sentence: Span, year: Span | None, *, place: bool, plan: bool
) -> Iterator[Fact]:
    text = clause.text
    aimed = place
    carried: Span | None = None
    for part in parts(text, *sentence):
        said = text[slice(*part)]
        match = _YEAR.search(text, *part)
        year = match.span() if match else year
        aimed = aimed or bool(
            re.search(
                r"到(?:20\d{2}|\d{3})年|到“?十.五|力争|目标|20\d{2}年底|(?:每年|全年|年内|今年)[^，,]{0,6}(?:培育|新增|组织|选派|引进|建|完成|打造|遴选|举办|开展|申报)",
                said,
            )
        )
        if not (aimed or plan) or _NOT_A_TARGET.search(said) or re.search(r"(?:的|者|时|后)$", said):
            continue
        local = aimed or bool(_SETS_OUT.match(said))
        for piece, quantity in _pieces(text, part):
            found = _read(
                text,
                piece,
                (part[0] + quantity.start, part[0] + quantity.end),
                quantity.comparator,
                local,
                carried,
            )
            if found:
                indicator, value, comparator = found
                carried = indicator
                yield _fact(clause, part, indicator, value, comparator, year)


def _pieces(text: str, part: Span) -> Iterator[tuple[Span, Quantity]]:
    """The stretches between 、 and 和 that end or begin with a figure of their own, each with its figure."""
    start, end = part
    said = text[start:end]
    begins = 0
    quantities = [quantity for quantity in find_quantities(said) if _counts(quantity, said)]
    for number, quantity in enumerate(quantities):
        last = number + 1 == len(quantities)
        cut = _NEXT_FIGURE.search(said, quantity.end)
        if cut and not last and cut.start() > quantities[number + 1].start:
            cut = None
        # 2件以上专利大户1家: what stands between two figures without a mark belongs to the second.
        if cut is None and not last:
            continue
        stops = cut.start() if cut else len(said)
        yield (start + begins, start + stops), quantity
        begins = stops + 1


def _counts(quantity: Quantity, said: str) -> bool:
    if quantity.unit not in _UNITS_OF_TARGETS or said[: quantity.start].endswith(("第", "“", "-", "—")):
        return False
    if not quantity.unit and not re.match(r"\s*(?:以上|左右)", said[quantity.end :]):
        return False
    return not re.match(r"[”号\"]|\+|对一|站式|网|键|批(?!次)", said[quantity.end :])


def _read(
    text: str, piece: Span, number: Span, comparing: str, aimed: bool, carried: Span | None
) -> tuple[Span, Span, str] | None:
    """Indicator, value and comparator of one figure; None where the figure is no target."""
    start, end = piece
    before = text[start : number[0]]
    trail = _AFTER_VALUE.match(text, number[1], end)
    value = (number[0], trail.end() if trail else number[1])
    comparator = comparing or _last_comparator(before)
    lead = _LEAD.match(before)
    first = start + (lead.end() if lead else 0)
    named = text[first : number[0]].rstrip()
    remark = max(named.rfind("（其中"), named.rfind("(其中"))
    if remark >= 0:
        first, named = first + remark + 3, named[remark + 3 :]
    bare = _TRAIL.sub("", named)
    verb = _VERB_LEAD.match(named) or named.endswith(("的", "等"))
    if verb or not bare:
        name = _NAME_AFTER.match(text, value[1], end)
        # 主营业务收入1亿元以上的企业: an amount of money is never the number of what follows it.
        if name and (
            re.match(r"[百千万亿]元", name["name"]) or (not verb and comparator.endswith(("以上", "以下")))
        ):
            return None
        if name and "元" in text[slice(*number)]:
            return None
        if name and (aimed or comparator or _YEARLY.search(before) or (verb and carried)):
            return name.span("name"), value, comparator
        return (carried, value, comparator) if not bare and carried and comparator and not name else None
    # 研发投入超过5%的企业: the figure tells who is meant, it is no target.
    if _NO_AIM.match(before) or not _ENDS_HERE.match(text, value[1], end):
        return None
    strong_unit = text[slice(*number)].endswith(("%", "％"))
    strong = comparator or strong_unit
    if not aimed and not (strong and _AIM.search(text, start, end)):
        return None
    fits = 2 <= len(bare) <= 40 and re.search(r"[一-龥]{2}|GDP", bare) and not re.search(r"[第（(]$", bare)
    limit = comparator.endswith("以下") or comparator in ("不超过", "不高于")
    if _FORMULA.search(bare) or (limit and not (aimed and strong_unit)):
        return None
    return ((first, first + len(bare)), value, comparator) if fits else None


def _last_comparator(before: str) -> str:
    match = re.search(rf"(?:{_COMPARING})$", before.rstrip())
    return match.group() if match and match.group() not in ("为", "在") else ""


def _fact(
    clause: Clause, span: Span, indicator: Span, value: Span, comparator: str, year: Span | None
) -> Fact:
    fields = [field(clause, "indicator", indicator), field(clause, "value", value)]
    start = min(span[0], indicator[0])
    if comparator:
        fields.append(FactField(name="comparator", value=comparator))
    if year:
        match = _YEAR.search(clause.text, *year)
        name = "year" if match and match["year"] else "plan"
        fields.append(field(clause, "year", match.span(name) if match else year))
    return state(KIND, clause, (start, span[1]), fields)


def _row(clause: Clause, note: str) -> Iterator[Fact]:
    cells = {
        name: _cell(clause.cells, pattern)
        for name, pattern in (("indicator", _INDICATOR_HEADER), ("base", _BASE_HEADER))
    }
    targets = [
        cell
        for cell in clause.cells
        if _TARGET_HEADER.search(_bare(cell.header)) and cell is not cells["indicator"]
    ]
    indicator = cells["indicator"]
    if indicator is None or all(cell.value == cell.header for cell in clause.cells):
        return
    unit = next((cell for cell in clause.cells if _bare(cell.header) in ("单位", "计量单位")), None)
    for target in targets:
        if re.search(r"\d", target.value):
            yield state(
                KIND,
                clause,
                (0, len(clause.text)),
                list(_row_fields(indicator, target, unit, cells["base"], note)),
            )


def _row_fields(
    indicator: Cell, target: Cell, unit: Cell | None, base: Cell | None, note: str
) -> Iterator[FactField]:
    yield _of_cell("indicator", indicator)
    if unit and unit.value.strip() and not target.value.endswith(unit.value):
        yield FactField(name="value", value=target.value + unit.value)
        yield _of_cell("unit", unit)
    else:
        yield _of_cell("value", target)
    year = re.search(r"(?:20|19)\d{2}年?", _bare(target.header))
    if year:
        yield FactField(name="year", value=year.group())
    if base and re.search(r"\d", base.value):
        yield _of_cell("base_value", base)
        since = re.search(r"(?:20|19)\d{2}年?", _bare(base.header))
        marked = re.search(r"[*＊]", base.value) and note
        if marked or since:
            yield FactField(name="base_year", value=note if marked else since.group() if since else "")


def _cell(cells: Sequence[Cell], header: re.Pattern[str]) -> Cell | None:
    return next((cell for cell in cells if header.search(_bare(cell.header)) and cell.value.strip()), None)


def _bare(header: str) -> str:
    return re.sub(r"\s", "", header)


def _of_cell(name: str, cell: Cell) -> FactField:
    return FactField(name=name, value=cell.value, start=cell.start, end=cell.end)
