"""What is asked: kinds, roles, regions, documents, places, units and topic; a follow-up is read with the history.

Pure: everything it knows of the documents comes in as a `Landscape`, everything it knows of
language as a `Language`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.answer import Question
from bot.landscape import Landscape
from bot.language import Language
from bot.pinyin import named_in_latin
from bot.spelling import Correction
from bot.naming import documents_named, locators_named
from ingest.policy import DutyRole
from ingest.units import resolve_unit

QuestionKind = Literal[
    "duty",
    "unit_duties",
    "amount",
    "target",
    "deadline",
    "members",
    "validity",
    "metadata",
    "content",
    "out_of_scope",
]
_ORDER: tuple[QuestionKind, ...] = (
    "content", "deadline", "members", "validity", "metadata", "amount", "duty", "target",
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PART = re.compile(r"[，,。；;？?！!]+")
_YES_OR_NO = re.compile(r"是不是|是否|吗[?？]?$|吧[?？]?$|对吗|对不对|没有[?？]?$|还是")
# A figure of the asker's own (到账18万) stands in no document.
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:[万亿千百]?元?|%|％)?(?:年|月|日|家|名|人|项)?")
# 几年, 好几条, 哪些方面: the value asked for.
_HOW_MANY = re.compile(
    r"好?几[年月天日条个家次成种项名人倍分元万类]|哪些(?:方面|内容|条件|情形|情况|地方)|多少[年月天日条个家次成种项名人倍分元万亿类%]*"
)
_QUOTED = re.compile(r"[“《「『\"]([^”》」』\"]{2,30})[”》」』\"]|([^“《「『\"”》」』]+)")
_PREPOSITIONS = frozenset("上下中内里对过")
_LONG_NAME = 9
_LEVEL = re.compile(
    r"(?:全|我|本)([省市区县镇])|(?:^|[，。？在由把给])(?:我们)?([省市区县镇])(?:里|财政|委|政府|直)"
)
# Parts of speech that carry no topic: pronoun, numeral, measure word, particle, preposition, conjunction, adverb.
_FUNCTION_WORDS = frozenset("rmqupcyed")
_GROUPS = ("专班", "小组", "指挥部", "联席会议")
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|多大|多久|多长|如何|怎|是否|吗|呢")
_LETTERS = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question as the rest of the chain reads it."""

    text: str  # the question on its own, follow-up resolved
    kinds: tuple[QuestionKind, ...]  # at least one; a question may ask for a figure and for a unit
    roles: tuple[DutyRole, ...] = ()
    units: tuple[str, ...] = ()  # as asked
    regions: tuple[str, ...] = ()  # named in the question and held by a document
    unknown_regions: tuple[str, ...] = ()  # named in the question and held by none
    policy_ids: frozenset[str] = frozenset()  # documents meant; empty: any
    locators: tuple[str, ...] = ()  # clauses named by their place: 附件2 第8, 第十二条
    topics: tuple[str, ...] = ()  # phrases of content words
    context: tuple[str, ...] = ()  # topics of the question this one follows: they tell the document meant
    quoted: tuple[str, ...] = ()  # words the question puts in quotation marks: they are meant literally
    years: tuple[str, ...] = ()
    any_role: bool = False  # asks for whatever part a unit has: 参与
    yes_or_no: bool = False
    corrections: tuple[Correction, ...] = ()  # typing slips read through
    leans_on_history: bool = False

    @property
    def kind(self) -> QuestionKind:
        """What is asked first."""
        return self.kinds[0]


@dataclass(frozen=True, kw_only=True)
class Understander:
    """Reads questions; parts that need data come in as arguments.

    `words` cuts Chinese text into words, nothing left out, `tagged` gives their parts of speech too; `find_units` names the organisations in
    a text; `find_regions` names administrative divisions in a text.
    """

    language: Language
    words: Callable[[str], Sequence[str]]
    tagged: Callable[[str], Sequence[tuple[str, str]]]
    find_units: Callable[[str], Sequence[str]]
    find_regions: Callable[[str], Sequence[str]]

    def understand(self, question: Question, landscape: Landscape) -> Understanding:
        """The question read on its own, then against the earlier ones where it leans on them."""
        current = self._resolved(question, landscape)
        if question.region:
            current = replace(current, regions=(question.region,), unknown_regions=())
        return replace(current, policy_ids=_within(current, question, landscape))

    def read(self, text: str, landscape: Landscape) -> Understanding:
        """The question on its own."""
        plain = unicodedata.normalize("NFKC", text).strip()
        asked = self._translated(plain, landscape)
        regions, unknown = self._regions(asked, landscape)
        policy_ids, titles = documents_named(asked, landscape)
        locators, places = locators_named(asked)
        rest = _without(asked, (*titles, *places))
        # 某某区财政局 leaves 区财政局, as the documents of that district call it.
        rest = _without(rest, unknown)
        for region in regions:
            rest = rest.replace(region, region[-1] if region[-1] in "省市区县镇乡" else " ")
        units = tuple(dict.fromkeys(unit for unit in self.find_units(rest) if _is_name(unit, landscape)))
        kinds = self._kinds(f"{plain} {asked}" if asked != plain else plain, units)
        return Understanding(
            text=asked,
            kinds=kinds,
            roles=self._roles(plain, asked),
            units=units,
            regions=regions,
            unknown_regions=unknown,
            policy_ids=policy_ids,
            locators=locators,
            topics=self._topics(_without(rest, units), kinds),
            quoted=tuple(quoted for quoted, _ in _QUOTED.findall(rest) if quoted),
            years=tuple(dict.fromkeys(_YEAR.findall(asked))),
            any_role=bool(self.language.any_role.search(asked)),
            yes_or_no=bool(_YES_OR_NO.search(asked)),
            leans_on_history=bool(self.language.kinds["follow_up"].search(plain)),
        )

    def _translated(self, text: str, landscape: Landscape) -> str:
        # An English question is put into the Chinese terms it holds, so that one vocabulary serves.
        if len(_LETTERS.findall(text)) <= 2 * len(_HAN.findall(text)):
            return text
        found = text
        for region in sorted(landscape.own_regions, key=len):
            if spelled := named_in_latin(region, text):
                found = found.replace(spelled, f" {region} ")
        for english, chinese in self.language.glossary.items():
            pattern = rf"(?<![A-Za-z]){re.escape(english)}(?:s|es)?(?![A-Za-z])"
            found = re.sub(pattern, f" {chinese} ", found, flags=re.IGNORECASE)
        return re.sub(r"\s+", " ", re.sub(r"[A-Za-z'’-]+", " ", found)).strip() or text

    def _regions(self, text: str, landscape: Landscape) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: list[str] = []
        rest = text
        for name in landscape.region_names:
            if name in rest:
                found.append(name)
                rest = rest.replace(name, "　")
        unknown = tuple(name for name in self.find_regions(rest) if not landscape.in_region(name))
        # 「某市某区」: the district that no document is of is meant, not the city around it.
        if unknown and not any(name in landscape.own_regions for name in found):
            found = []
        return tuple(found), unknown

    def _roles(self, plain: str, asked: str) -> tuple[DutyRole, ...]:
        roles = tuple(role for role, pattern in self.language.roles.items() if pattern.search(asked))
        if self.language.any_role.search(asked):
            return ()
        return roles or (("牵头",) if re.search(r"\blead", plain, re.IGNORECASE) else ())

    def _kinds(self, text: str, units: Sequence[str]) -> tuple[QuestionKind, ...]:
        if self.language.kinds["out_of_scope"].search(text):
            return ("out_of_scope",)
        bodies = [unit for unit in units if not unit.endswith(_GROUPS)]
        if bodies and self.language.kinds["unit_duties"].search(text):
            return ("unit_duties",)
        whole = self._kind(text)
        parts = [self._kind(part) for part in _PART.split(text) if _ASKS.search(part)]
        others = [kind for kind in parts if kind not in ("content", whole)]
        return tuple(dict.fromkeys((whole, *(others if whole != "content" else ()))))

    def _kind(self, text: str) -> QuestionKind:
        return next((kind for kind in _ORDER if self.language.kinds[kind].search(text)), "content")

    def _topics(self, text: str, kinds: Sequence[QuestionKind]) -> tuple[str, ...]:
        language = self.language
        rest = language.asking_phrases.sub(" ", _FIGURE.sub(" ", _HOW_MANY.sub(" ", text)))
        if "duty" in kinds or "unit_duties" in kinds:
            for role in language.roles.values():
                rest = role.sub(" ", rest)
        of_kind = frozenset[str]().union(*(language.general_by_kind.get(kind, ()) for kind in kinds))
        words = [*self._words(rest), (" ", "x")]
        phrases: list[str] = []
        current = ""
        for place, (word, tag) in enumerate(words):
            if self._carries_topic(word, tag, of_kind) or self._begins_compound(words, place):
                current += word
            elif current:
                phrases.append(current)
                current = ""
        return tuple(dict.fromkeys(phrase for phrase in phrases if len(phrase) > 1))

    def _words(self, text: str) -> list[tuple[str, str]]:
        # Quoted words and terms of the synonym table stay whole: 高新技术企业 is a topic though 企业 alone is none.
        found: list[tuple[str, str]] = []
        for quoted, plain in _QUOTED.findall(text):
            for part in [quoted] if quoted else self.language.terms.split(plain):
                whole = bool(quoted) or part in self.language.synonyms
                found.extend([(part, "n")] if whole else self.tagged(part))
            found.append((" ", "x"))
        return found

    def _carries_topic(self, word: str, tag: str, of_kind: frozenset[str]) -> bool:
        language = self.language
        if word in of_kind or not re.search(r"\w", word) or word.isdigit():
            return False
        if word in language.synonyms:
            return True
        if tag[:1] in _FUNCTION_WORDS or (tag != "n" and _ASKS.search(word)):
            return False
        return not (word in language.asking or word in language.general)

    def _begins_compound(self, words: Sequence[tuple[str, str]], place: int) -> bool:
        """上 of 上云: a preposition that forms a word the dictionary does not know with what follows."""
        if words[place][0] not in _PREPOSITIONS or place + 1 == len(words):
            return False
        following, tag = words[place + 1]
        return len(following) == 1 and self._carries_topic(following, tag, frozenset())

    def _resolved(self, question: Question, landscape: Landscape) -> Understanding:
        current = self.read(question.text, landscape)
        if not question.history or current.kind == "out_of_scope":
            return current
        if current.topics and not current.leans_on_history and (current.regions or current.policy_ids):
            return current
        earlier = self._resolved(
            replace(question, text=question.history[-1], history=question.history[:-1]), landscape
        )
        return self._joined(current, earlier)

    def _joined(self, current: Understanding, earlier: Understanding) -> Understanding:
        """What the follow-up leaves open, taken from the question before it."""
        moved = bool(current.regions or current.unknown_regions or current.policy_ids)
        kinds = current.kinds
        says_kind = current.kind != "content" or self.language.kinds["content"].search(current.text)
        if not says_kind and (current.leans_on_history or not current.topics):
            kinds = earlier.kinds
        units = current.units
        if not units and earlier.units and self.language.kinds["unit_duties"].search(current.text):
            units, kinds = earlier.units, ("unit_duties",)
        elif not units and kinds == ("unit_duties",):
            units = earlier.units
        # 「那2021年呢」 asks for the same thing of another year; a topic of its own replaces the earlier one.
        topics = (
            current.topics if current.topics and kinds != ("members",) else (*current.topics, *earlier.topics)
        )
        return replace(
            current,
            text=f"{earlier.text} {current.text}",
            kinds=kinds,
            roles=current.roles or (earlier.roles if kinds == earlier.kinds and not current.any_role else ()),
            units=units,
            regions=current.regions if moved else earlier.regions,
            unknown_regions=current.unknown_regions if moved else earlier.unknown_regions,
            policy_ids=current.policy_ids if moved else earlier.policy_ids,
            locators=current.locators or (() if current.topics else earlier.locators),
            topics=tuple(dict.fromkeys(topics)),
            context=earlier.topics or earlier.context,
            quoted=current.quoted or (earlier.quoted if not current.topics else ()),
            years=current.years or (() if current.topics else earlier.years),
        )


def _within(understanding: Understanding, question: Question, landscape: Landscape) -> frozenset[str]:
    """The policies a question means: those it names, in the regions it names, within the limits given."""
    meant = understanding.policy_ids
    in_regions = frozenset[str]().union(*(landscape.in_region(region) for region in understanding.regions))
    if in_regions:
        meant = meant & in_regions or in_regions
    if not meant and not understanding.unknown_regions and (level := _LEVEL.search(understanding.text)):
        # 市里, 全市, 市财政: an asker of a city means the documents that give duties to units of a city.
        meant = frozenset(
            policy.policy_id
            for policy in landscape.policies
            if policy.unit_level == next(filter(None, level.groups()))
        )
    if question.policy_ids:
        meant = meant & question.policy_ids or question.policy_ids
    return meant


def _is_name(unit: str, landscape: Landscape) -> bool:
    # A long run of words that no document gives a duty is a task (建设某某服务中心), not a name.
    return len(unit) <= _LONG_NAME or bool(resolve_unit(unit, landscape.units))


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text
