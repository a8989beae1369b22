"""Figures to be reached, read from a stretch between commas: the indicator, its value and its base.

The words come from ingest/data/target_language.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.numerals import Quantity, find_quantities
from ingest.sentences import Span

_NAME_AFTER = re.compile(
    r"(?:的)?(?P<name>[一-龥A-Za-z“”（）()×·\-]{2,30}?)(?=[、，,。；;：:]|和\d|以上|左右|，|$|达|分赴|“一对|提供|成长为|成为|来我|到(?!位)|开展)"
)
_NEXT_FIGURE = re.compile(r"、|和(?=\d)|及(?=\d)")
_FORMULA = re.compile(r"[=*×/＝＊]|\d\s*[%％]")
_NO_AIM = re.compile(r"对|按|或者?|且|并且|但|[^，]{0,14}(?:每天|每日|每人|每次|每间)")
_AFTER_VALUE = re.compile(r"\s*(?:[（(]含[^）)]*[）)])?(?:及?以上|及?以下|以内|左右|上下|多|余)?")
_NOT_COUNTED = re.compile(
    r"[”号\"]|\+|对一|站式|网|键|批(?!次)|\s*(?:及?以[上下]|[（(]含[^）)]*[）)])+的(?!增长|增速|速度|比例|目标)[一-龥]"
)
_FROM = re.compile(r"(?:从|由)(?P<since>(?:20)?\d{2,4}年(?:底|末)?)?的?$")
_RISES = r"(?:提高|提升|增加|增长|扩大|下降|降低|降|压减|压缩|缩短|减少|发展)(?:到|至)"
_YEAR = r"(?:20\d{2}年(?:底|末)?)?"
_TO = re.compile(rf"\s*{_RISES}{_YEAR}的?\s*$")
_FROM_TO = re.compile(rf"(?:从|由){_YEAR}的?\s*[\d.]+[^，,]{{0,6}}?{_RISES}{_YEAR}的?$")
# A name that ends so, or that holds half a pair of brackets, is none.
_BROKEN = re.compile(r"[第（(含的]$|^[^（(]*[）)]|[（(][^）)]*$")
_REMARK = re.compile(r".*[（(]其中[:：]?|^[:：]")
_IN_YEARS = re.compile(r"年限|寿命")
_ABOUT = re.compile(r"\s*(?:以上|左右)")
_NEAR = 20  # characters before a number that may speak of it
_RATES = ("%", "％")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure to be reached; places count in the text of the clause."""

    indicator: Span
    value: Span
    comparator: str = ""
    base: Span | None = None  # the value it starts from
    since: Span | None = None  # the year of that value


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLanguage:
    """The vocabulary of target_language.toml, ready to search."""

    aim: re.Pattern[str]
    sets_aim: re.Pattern[str]
    sets_out: re.Pattern[str]
    yearly: re.Pattern[str]
    terms: re.Pattern[str]
    comparing: re.Pattern[str]
    trail: re.Pattern[str]
    lead: re.Pattern[str]
    verb: re.Pattern[str]
    units: frozenset[str]
    other_units: re.Pattern[str]
    closes: re.Pattern[str]
    whole: re.Pattern[str]
    relative: re.Pattern[str]
    none: re.Pattern[str]
    moves: re.Pattern[str]
    grants: re.Pattern[str]
    scores: re.Pattern[str]


@cache
def target_language() -> TargetLanguage:
    """The vocabulary, read once."""
    data = tomllib.loads((files("ingest") / "data" / "target_language.toml").read_text(encoding="utf-8"))
    aim, figure, none = data["aim"], data["figure"], data["none"]
    plan = r"“?十[一二三四五六七]五”?(?:末|时期|期间)?"
    year = rf"(?:到|至|截至|截止)?(?:(?:20\d{{2}}|\d{{2,3}})年(?:底|末)?|{plan})(?:前|之前)?"
    compared = figure["compared_with"]
    return TargetLanguage(
        aim=re.compile(aim["words"]),
        sets_aim=re.compile(aim["sets_aim"]),
        sets_out=re.compile(aim["sets_out"]),
        yearly=re.compile(aim["yearly"]),
        terms=re.compile(aim["terms"]),
        comparing=re.compile(rf"(?:{figure['comparing']})$"),
        trail=re.compile(rf"(?:{compared}|{figure['comparing']}|{figure['trails']})+$"),
        lead=re.compile(rf"^(?:{year}|{figure['leads']})+"),
        verb=re.compile(rf"(?:{figure['verbs']})(?:至少|不少于|超过|突破|达到|约|近|各)?$"),
        units=frozenset(figure["units"].split("|")),
        other_units=re.compile(rf"\s*(?:{figure['other_units']})"),
        closes=re.compile(rf"\s*(?:{figure['closes']})"),
        whole=re.compile(
            rf"(?:实现|做到|达到|达成)(?P<indicator>[^，,。；;]{{2,30}}?)(?P<value>{figure['wholes']})$"
        ),
        relative=re.compile(
            rf"(?P<indicator>[^，,。；;]{{2,40}}?)(?P<comparator>不低于|不高于|高于|低于|快于|超过|优于|好于)(?P<value>{figure['relative']})$"
        ),
        none=re.compile(none["words"]),
        moves=re.compile(none["moves"]),
        grants=re.compile(none["grants"]),
        scores=re.compile(none["scores"]),
    )


def read_figures(text: str, part: Span, *, aimed: bool, subject: Span | None) -> Iterator[Figure]:
    """The figures of one part; `subject` is the indicator that the part before leaves open."""
    found = False
    for piece, quantity, base in _pieces(text, part):
        if quantity.upper is not None and quantity.unit == "%" and not aimed:
            # 含量达30%-90%: a range of values describes, it is not aimed at.
            continue
        number = (part[0] + quantity.start, part[0] + quantity.end)
        figure = _Reader(text=text, piece=piece, number=number, aimed=aimed).read(
            quantity.comparator, subject
        )
        if figure:
            found = True
            subject = figure.indicator
            since = (
                _FROM.search(text, max(part[0], part[0] + base.start - _NEAR), part[0] + base.start)
                if base
                else None
            )
            yield Figure(
                indicator=figure.indicator,
                value=figure.value,
                comparator=figure.comparator,
                base=(part[0] + base.start, part[0] + base.end) if base else None,
                since=since.span("since") if since and since["since"] else _since(text, figure),
            )
    if not found:
        yield from _without_digits(text, part, aimed=aimed)


def _since(text: str, figure: Figure) -> Span | None:
    """较2019年下降: the year of the base stands between indicator and value."""
    match = re.compile(r"(?:较|比|在)((?:20)\d{2}年)").search(text, figure.indicator[1], figure.value[0])
    return match.span(1) if match else None


def _without_digits(text: str, part: Span, *, aimed: bool) -> Iterator[Figure]:
    words = target_language()
    for pattern in (words.whole, words.relative):
        match = pattern.search(text, *part) if aimed else None
        if match is None:
            continue
        lead = words.lead.match(match["indicator"])
        start = match.start("indicator") + (lead.end() if lead else 0)
        end = start + len(words.trail.sub("", text[start : match.end("indicator")]))
        if end - start >= 2:
            compared = match["comparator"] if pattern is words.relative else ""
            yield Figure(indicator=(start, end), value=match.span("value"), comparator=compared)
        return


def _pieces(text: str, part: Span) -> Iterator[tuple[Span, Quantity, Quantity | None]]:
    """The stretches between 、 and 和 that end or begin with a figure of their own, each with its figure."""
    start, end = part
    said = text[start:end]
    begins = 0
    base: Quantity | None = None
    quantities = [quantity for quantity in find_quantities(said) if _counts(quantity, said)]
    for number, quantity in enumerate(quantities):
        last = number + 1 == len(quantities)
        cut = _NEXT_FIGURE.search(said, quantity.end)
        if cut and not last and cut.start() > quantities[number + 1].start:
            cut = None
        # 2件以上专利大户1家: what stands between two figures without a mark belongs to the second.
        if cut is None and not last:
            following = said[quantity.end : quantities[number + 1].start]
            base = (
                quantity
                if _FROM.search(said, max(0, quantity.start - _NEAR), quantity.start) and _TO.match(following)
                else None
            )
            continue
        stops = cut.start() if cut else len(said)
        yield (start + begins, start + stops), quantity, base
        begins, base = stops + 1, None


def _counts(quantity: Quantity, said: str) -> bool:
    words = target_language()
    if said.endswith(("第", "“", "-", "—"), 0, quantity.start) or _NOT_COUNTED.match(said, quantity.end):
        return False
    if quantity.unit == "年":
        return bool(_IN_YEARS.search(said, max(0, quantity.start - _NEAR), quantity.start))
    if quantity.unit not in words.units and not words.other_units.match(said, quantity.end):
        return False
    plain = not quantity.unit and not words.other_units.match(said, quantity.end)
    return not plain or bool(_ABOUT.match(said, quantity.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the indicator of one number in its piece of the text."""

    text: str
    piece: Span
    number: Span
    aimed: bool

    def read(self, comparing: str, subject: Span | None) -> Figure | None:
        """Indicator, value and comparator; None where the figure is no target."""
        words = target_language()
        text, start = self.text, self.piece[0]
        before = text[start : self.number[0]]
        comparator = comparing or _last_comparator(before)
        lead = words.lead.match(before)
        first = start + (lead.end() if lead else 0)
        named = text[first : self.number[0]].rstrip()
        remark = _REMARK.search(named)
        if remark:
            first, named = first + remark.end(), named[remark.end() :]
        # 从1.5%提高到2.2%: both values are read on their own.
        named = _FROM_TO.sub("", named)
        bare = words.trail.sub("", named)
        if named.endswith("突破") and text[slice(*self.number)].endswith(("项", "件")):
            # 重大技术突破5项: breakthroughs are counted, nothing is exceeded.
            bare = named
        verb = bool(words.verb.search(named)) or named.endswith(("的", "等"))
        if verb or not bare:
            found = self._named_behind(before, comparator, subject, verb=verb, bare=bool(bare))
            if found or not (verb and self._is_noun(bare)):
                return found
        return self._named_before((first, first + len(bare)), before, comparator)

    def _is_noun(self, bare: str) -> bool:
        """重大技术突破5项, 企业10家、认定5家: a verb that is the name of what is counted, or all there is."""
        behind = target_language().closes.match(self.text, self._value()[1], self.piece[1])
        return bool(behind) and len(bare) >= 2

    def _value(self) -> Span:
        text, end = self.text, self.number[1]
        unit = target_language().other_units.match(text, end, self.piece[1])
        trail = _AFTER_VALUE.match(text, unit.end() if unit else end, self.piece[1])
        return self.number[0], trail.end() if trail else end

    def _named_behind(
        self, before: str, comparator: str, subject: Span | None, *, verb: bool, bare: bool
    ) -> Figure | None:
        value = self._value()
        name = _NAME_AFTER.match(self.text, value[1], self.piece[1])
        printed = self.text[slice(*self.number)]
        # 主营业务收入1亿元以上的企业: an amount of money is never the number of what follows it.
        threshold = not verb and comparator.endswith(("以上", "以下"))
        if name and ("元" in printed or threshold or before.lstrip().startswith("对")):
            return None
        yearly = target_language().yearly.search(before)
        if name and (self.aimed or comparator or yearly or (verb and subject)):
            return Figure(indicator=name.span("name"), value=value, comparator=comparator)
        if not bare and subject and comparator and not name:
            return Figure(indicator=subject, value=value, comparator=comparator)
        return None

    def _named_before(self, indicator: Span, before: str, comparator: str) -> Figure | None:
        text, words, value = self.text, target_language(), self._value()
        # 研发投入超过5%的企业: the figure tells who is meant, it is no target.
        if _NO_AIM.match(before) or not words.closes.match(text, value[1], self.piece[1]):
            return None
        rate = text[slice(*self.number)].endswith(_RATES)
        if not self.aimed and not ((comparator or rate) and words.aim.search(text, *self.piece)):
            return None
        bare = text[slice(*indicator)]
        fits = 2 <= len(bare) <= 40 and re.search(r"[一-龥]{2}|GDP", bare) and not _BROKEN.search(bare)
        moved = words.moves.search(before)
        limit = (comparator.endswith("以下") or comparator in ("不超过", "不高于")) and not moved
        if not fits or _FORMULA.search(bare) or (limit and not (self.aimed and rate)):
            return None
        return Figure(indicator=indicator, value=value, comparator=comparator)


def _last_comparator(before: str) -> str:
    match = target_language().comparing.search(before.rstrip())
    return match.group() if match and match.group() not in ("为", "在") else ""
