"""Which facts may be shown: the proof of answers, applied to the fields of a fact.

A fact that fails is left out of every list and counted. What the extraction gets wrong is told by
kind: a unit that is no unit, an amount without a figure, a task of another unit, a cut phrase.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from bot.proof import stand_in
from ingest.numerals import find_quantities
from ingest.policy import Clause, Fact, FactKind
from ingest.units import find_units, looks_like_unit, same_unit

_NUMERAL = re.compile(r"\d|[零〇一二两三四五六七八九十百千万亿半]|全额|足额|翻番|倍")
# A measure that needs no figure: what is due is not charged.
_RELIEF = re.compile(r"[免减缓退]|扣除|返还|抵扣|折旧|补足|全覆盖")
_PREDICATE = re.compile(r"应当?|可以|按|负责|将|对|会同|落实|加强|考察|进行|予以|报")
_REFERS = re.compile(r"^(?:其|该|上述|前款|各有关|所述)")
_OPEN_START = re.compile(r"^(?:[和及与或并、，；]|以及|的)")
_OPEN_END = re.compile(r"(?:[和及与或、，]|以及|的|时|后|统一|由[^，、]{2,12})$")
_ONLY_A_SETTING = re.compile(
    r"^(?:根据|按照?|依照|依据)[^，]*?(?:规定|情况|要求|需要|原则)$"
    r"|^(?:在|围绕|对)[^，]*(?:基础上|过程中|前提下)$|^在[^，]{1,12}[场站头店院校所]$"
)
_CALLED_BY_OFFICE = re.compile(r"[一-龥]{2,}(?:机关|部门|机构|协会|商会|基金|公司|领导小组|指挥部|专班)$")
# 居民参保人员由长护险基金: the payer is no part of what is paid for.
_GARBLED = re.compile(r"由[^，、]{2,12}(?:基金|财政|申请人各?|机构)$|标准为|^补贴标准")
_SHORTEST_TASK = 3
_READ_ELSEWHERE = frozenset({"date", "base_year"})  # worked out, or told by a note below the table
_MEASURED = frozenset({"value", "base_value"})


def is_proven(fact: Fact, clause: Clause) -> bool:
    """Whether what the fact asserts stands in its clause and reads as what it is said to be."""
    quoted = (clause.text, *clause.path, *(f"{cell.header} {cell.value}" for cell in clause.cells))
    said = "；".join(_asserted(fact, clause))
    check = _CHECKS.get(fact.kind)
    return stand_in(said, quoted) and (check is None or check(fact))


def _asserted(fact: Fact, clause: Clause) -> Iterator[str]:
    """The fields that the clause itself states; others have their place in the clause that introduces it."""
    for field in fact.fields:
        elsewhere = field.start is not None and not clause.start <= field.start < clause.end
        # The figure of a row has its measure from the header: 65 below %.
        measured = clause.cells and field.name in _MEASURED
        if field.name not in _READ_ELSEWHERE and not elsewhere:
            yield field.value.removesuffix(fact.value("unit")) if measured else field.value


def _duty(fact: Fact) -> bool:
    unit, task = fact.value("unit"), fact.value("task")
    another = (m for m in find_units(task) if m.start == 0 and not same_unit(m.name, unit))
    return _is_unit(unit) and _is_task(task) and next(another, None) is None


def _is_unit(name: str) -> bool:
    if _REFERS.search(name) or not (looks_like_unit(name) or _CALLED_BY_OFFICE.search(name)):
        return False
    around = name
    for mention in find_units(name):
        around = around.replace(mention.name, " ", 1)
    # 区民政局应按我市内部: what stands around the name is no name.
    return not _PREDICATE.search(around)


def _is_task(task: str) -> bool:
    cut = _OPEN_START.search(task) or _OPEN_END.search(task) or _ONLY_A_SETTING.search(task)
    return not task or (len(task) >= _SHORTEST_TASK and not cut)


def _benefit(fact: Fact) -> bool:
    amount, payer = fact.value("amount"), fact.value("payer")
    if not (_has_figure(amount) or _RELIEF.search(amount)) and (amount or not fact.value("purpose")):
        return False
    if (cap := fact.value("cap")) and not _has_figure(cap):
        return False
    told = fact.value("purpose")
    return not find_quantities(payer) and not _OPEN_START.search(told) and not _GARBLED.search(told)


def _target(fact: Fact) -> bool:
    value = fact.value("value")
    return (_has_figure(value) or value == "全覆盖") and len(fact.value("indicator")) > 1


def _has_figure(printed: str) -> bool:
    return _NUMERAL.search(printed) is not None


_CHECKS: Mapping[FactKind, Callable[[Fact], bool]] = {
    "duty": _duty,
    "benefit": _benefit,
    "target": _target,
}
