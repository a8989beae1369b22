"""What free wording must keep to: each check names what a statement says that its quotes do not.

Quantities, units and verbatim quotes are checked by `bot.proof` for every statement; these are the
further checks of a statement that a chat model worded.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ingest.numerals import Quantity, find_quantities, same_quantity
from ingest.policy import Fact
from ingest.units import UnitMention, find_units, same_unit
from vectorstore.segmentation import fold, tagged, terms

Fault = Literal[
    "quote", "quantity", "unit", "name", "words", "negation", "role", "limit", "everyone", "place"
]

_BLANK = re.compile(r"\s+")
_TITLE = re.compile(r"《([^《》]+)》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[(【]20\d{2}[〕\])】]\s*第?\d+号")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]+")
_NAME_TAGS = frozenset(("nr", "ns", "nt", "nz", "nrt", "nrfg"))
_CONTENT_TAGS = "nvaijlbz"
_ENOUGH_SHARED, _ENOUGH_QUOTED = 0.6, 0.5
# Comparators say 不 as well and are compared as limits; 不断, 不同 deny nothing.
_NEGATION = re.compile(
    r"不(?!低于|少于|高于|超过|得低于|得少于|得高于|得超过|含|断|同|仅|但|限于|动产|良|锈|足|定期)|未(?!来|成年)|"
    r"无(?!偿|障碍|人机|线|形)|非(?!常|公|遗|营利|税)|禁止|严禁|免(?!费|疫|税)|取消|停止|暂停|除外"
)
_NOT_NEGATED = re.compile(r"不(?:断|同|仅|但|限于)|未来|未成年")
_PIECE = re.compile(r"[^，,。；;：:！？!?\n]+")
_SAME_PIECE, _FEW_TERMS = 0.4, 3
_ROLE = re.compile(r"牵头|配合|协助|协办|负责")
_ROLE_BEFORE = re.compile(r"(牵头|配合|协办|责任|负责)(?:单位|部门|机关)?(?:为|是|有|包括|[:：])[^，。；;]*$")
_COMPATIBLE = {
    "牵头": ("牵头",),
    "配合": ("配合",),
    "协助": ("配合",),
    "协办": ("配合",),
    "负责": ("责任", "牵头", "联合"),
    "责任": ("责任", "牵头", "联合"),
}
_ROLE_REACH = 30
_AT_MOST = re.compile(r"最高|最多|至多|不超过|不高于|不得超过|不得高于|上限|封顶|以内|之内|以下")
_AT_LEAST = re.compile(r"最低|最少|至少|不低于|不少于|不得低于|不得少于|下限|以上|起步")
_BEFORE_LIMIT, _AFTER_LIMIT = 8, 4
_EVERYONE = re.compile(r"一律|所有|全部|任何|无条件|均可|都可以|都能|必定|保证|肯定|自动获得|无需任何")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quote with what is known of its clause and its document."""

    text: str
    duties: tuple[Fact, ...] = ()  # of the clause
    title: str = ""
    number: str = ""
    region: str = ""


def fault_in(text: str, quoted: Sequence[Quoted], question: str) -> Fault | None:
    """The first check that the wording fails; None where it keeps to its quotes."""
    checks: Sequence[tuple[Fault, Callable[[str, Sequence[Quoted]], bool]]] = (
        ("name", _names_hold),
        ("limit", _limits_hold),
        ("role", _roles_hold),
        ("everyone", _everyone_holds),
        ("negation", _negation_holds),
        ("place", _places_are_told),
    )
    failed = next((name for name, passes in checks if not passes(text, quoted)), None)
    return failed or (None if _words_hold(text, quoted, question) else "words")


def _names_hold(text: str, quoted: Sequence[Quoted]) -> bool:
    """Titles, numbers of documents, Latin words and proper names stand in the quotes or name the document."""
    known = _folded(" ".join(f"{each.text} {each.title} {each.number} {each.region}" for each in quoted))
    named = [*_TITLE.findall(text), *_NUMBER.findall(text), *_LATIN.findall(text)]
    named += [word for word, tag in tagged(text) if tag in _NAME_TAGS and len(word) > 1]
    return all(_folded(name) in known for name in named)


def _words_hold(text: str, quoted: Sequence[Quoted], question: str) -> bool:
    """Most content words stand in the quotes or the question, and half of them in the quotes."""
    words = [
        word
        for word, tag in tagged(text)
        if tag[:1] in _CONTENT_TAGS and len(word) > 1 and word not in _glue()
    ]
    said = _folded(" ".join(f"{each.text} {each.title} {each.region}" for each in quoted))
    if not words:
        return bool(find_quantities(text) or find_units(text)) or _folded(text).strip("。") in said
    asked = _folded(question)
    in_quotes = sum(_folded(word) in said for word in words)
    shared = sum(_folded(word) in said or _folded(word) in asked for word in words)
    return shared >= _ENOUGH_SHARED * len(words) and in_quotes >= _ENOUGH_QUOTED * len(words)


def _negation_holds(text: str, quoted: Sequence[Quoted]) -> bool:
    """Each piece denies where the piece of the quotes that it repeats denies, and only there."""
    pieces = [piece for each in quoted for piece in _PIECE.findall(each.text)]
    if _denies(text) and not any(_denies(each.text) for each in quoted):
        return False
    repeated: dict[str, list[str]] = {}
    for piece in _PIECE.findall(text):
        own = set(terms(piece))
        if len(own) < _FEW_TERMS:
            continue
        share, other = max(
            ((len(own & set(terms(each))) / len(own), each) for each in pieces), default=(0, "")
        )
        if share >= _SAME_PIECE:
            repeated.setdefault(other, []).append(piece)
    # 「已享受的，不再补助」 repeats 「已享受的不再补助」 in two pieces.
    return all(_denies(other) == any(map(_denies, own)) for other, own in repeated.items())


def _denies(text: str) -> bool:
    return _NEGATION.search(_NOT_NEGATED.sub("", text)) is not None


def _roles_hold(text: str, quoted: Sequence[Quoted]) -> bool:
    """A unit has the role that the duties of the cited clauses give it; a joint duty has no lead."""
    for mention in find_units(text):
        role = _role_of(text, mention)
        if role is None:
            continue
        known = [
            fact
            for each in quoted
            for fact in each.duties
            if same_unit(mention.name, fact.value("unit")) or fact.value("unit") == mention.name
        ]
        if known:
            if not any(fact.value("role") in _COMPATIBLE[role] for fact in known):
                return False
        elif not any(_prints_role(each.text, mention.name, role) for each in quoted):
            return False
    return True


def _role_of(text: str, mention: UnitMention) -> str | None:
    """The role that the text gives the unit: named behind it in its piece, or before it (牵头单位：…)."""
    if before := _ROLE_BEFORE.search(text[: mention.start]):
        return before.group(1)
    behind = re.split(r"[，,。；;]", text[mention.end : mention.end + _ROLE_REACH], maxsplit=1)[0]
    found = _ROLE.search(behind)
    return found.group() if found else None


def _prints_role(quote: str, unit: str, role: str) -> bool:
    name = re.escape(unit)
    roles = "|".join({role, *(("负责", "责任") if role in ("负责", "责任") else ())})
    return (
        re.search(rf"{name}[^，,。；;]{{0,{_ROLE_REACH}}}(?:{roles})", quote) is not None
        or re.search(rf"(?:{roles})(?:单位|部门|机关)?[^，,。；;]{{0,{_ROLE_REACH}}}{name}", quote)
        is not None
    )


def _limits_hold(text: str, quoted: Sequence[Quoted]) -> bool:
    """A quantity is a most, a least or neither, as where it is quoted: 最高5万元 is not 5万元."""
    known = [
        (quantity, _limit_of(each.text, quantity))
        for each in quoted
        for quantity in find_quantities(each.text)
    ]
    for quantity in find_quantities(text):
        limits = {limit for other, limit in known if same_quantity(quantity, other)}
        if limits and _limit_of(text, quantity) not in limits:
            return False
    return True


def _limit_of(text: str, quantity: Quantity) -> str:
    before = re.split(r"[，,。；;、]", text[max(0, quantity.start - _BEFORE_LIMIT) : quantity.start])[-1]
    around = f"{before}{quantity.comparator}{text[quantity.end : quantity.end + _AFTER_LIMIT]}"
    around = re.split(r"[，,。；;、]", around)[0]
    if _AT_MOST.search(around):
        return "most"
    return "least" if _AT_LEAST.search(around) else ""


def _everyone_holds(text: str, quoted: Sequence[Quoted]) -> bool:
    said = " ".join(each.text for each in quoted)
    return all(word in said for word in _EVERYONE.findall(text))


def _places_are_told(text: str, quoted: Sequence[Quoted]) -> bool:
    """Where documents of several places are cited, the statement names each of the places."""
    regions = {each.region for each in quoted if each.region}
    return len(regions) < 2 or all(region in text or region[:-1] in text for region in regions)


def _folded(text: str) -> str:
    return _BLANK.sub("", fold(unicodedata.normalize("NFKC", text)))


@cache
def _glue() -> frozenset[str]:
    table = tomllib.loads(resources.files("bot").joinpath("data/wording.toml").read_text("utf-8"))
    return frozenset(table["glue"])
