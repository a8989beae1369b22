"""Reads what is asked: kinds, roles, regions, documents, places, units, topics; follow-ups with the history.

Everything it knows of the documents comes in as a `Landscape`, everything it knows of language as a
`Language` and a `QuestionJudge`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.answer import Question
from bot.question.asked import Understanding
from bot.question.chatter import Chatter
from bot.question.follow_up import following, points_back, stands_alone
from bot.question.judging import QuestionJudge
from bot.question.kinds import ASKS_NOTHING, LOOKED_UP, OF_DOCUMENTS, QuestionKind
from bot.question.landscape import Landscape
from bot.question.language import Language
from bot.question.naming import (
    attachments_named,
    documents_called,
    documents_named,
    locators_named,
    unheard_document,
)
from bot.question.parts import MOST_PARTS, parts_of
from bot.question.places import of_level, regions_named, unheard_place
from bot.question.simplified import in_one_form, simplified
from bot.question.spelling import Correction, corrected, corrections
from bot.question.topics import ASKS, TopicReader, quoted_words
from bot.question.translating import translated
from ingest.instructions import without_orders
from ingest.policy import DutyRole
from ingest.units import resolve_unit

# Judged of each part of a question; a measure that is asked for makes a kind beside them.
_JUDGED: tuple[QuestionKind, ...] = ("members", "validity", "metadata", "duty")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PART = re.compile(r"[，,。；;？?！!]+")
_YES_OR_NO = re.compile(r"是不是|是否|这样吗|对不对|真是|吗[?？]?$|吧[?？]?$|对吗|没有[?？]?$|还是")
_ALL_UNITS = re.compile(r"责任(?:单位|部门)(?:都)?(?:有|是|包括)?(?:哪|什么)|哪些(?:责任)?(?:单位|部门)")
_ASKED = re.compile(r"多少|几[个家名月项]|什么时候|谁|哪[个些]|[,，。?？]\S{2,8}呢")
_FIGURE = re.compile(r"多少|几[成倍]|(?<!哪)几个(?!部门|单位|机构|条件|方面|阶段|环节)")
_ASKS_LIST = re.compile(
    r"哪些|哪[几两三四五六]|什么(?:条件|情形|材料|手续|要求)|(?:条件|情形|材料|手续|要求)(?:是|有|包括)?(?:什么|啥)|(?:提供|包括)什么|都有|列(?:全|出|一下|举)|全部|所有|有(?:什么|啥)|一览|清单|汇总|梳理|盘点|几[条种项类]|分别"
)
_POINTS = re.compile(r"[这那该它]")
_WHETHER = re.compile(r"(.)[不没]\1|是否|有没有|吗|吧|多少(?:吗|没有)")
_INSIDE = re.compile(r"(?<=[ 》”])(?:里面|里头|里|中)")
_OURSELVES = re.compile(r"[我咱你他]们(?!国)")
_LONG_NAME = 9
_GROUPS = ("专班", "小组", "指挥部", "联席会议")
_CLAIM = re.compile(r"\d+(?:\.\d+)?\s*(?:[%％]|[万亿]?元|[家个名人项件])")
# A figure without a measure may be of either.
_OF_FIGURES: tuple[QuestionKind, ...] = ("target", "amount")
# Limits that contradict one another leave no document; an empty set would mean all.
_NOWHERE = frozenset({"no document"})
# These say everything that a question of several parts may ask.
_ONE_ANSWER = frozenset(("unit_duties", *ASKS_NOTHING))
_REMEMBERED = 64  # readings that are kept


@dataclass(frozen=True, kw_only=True)
class Understander:
    """Reads questions; parts that need data come in as arguments.

    `judge` judges what a question asks for; `words` cuts Chinese text into words, nothing left out;
    `find_units` names the organisations in a text; `find_regions` names administrative divisions in it.
    """

    language: Language
    judge: QuestionJudge
    chatter: Chatter
    topics: TopicReader
    words: Callable[[str], Sequence[str]]
    find_units: Callable[[str], Sequence[str]]
    find_regions: Callable[[str], Sequence[str]]

    def understand(self, question: Question, landscape: Landscape) -> Understanding:
        """The question read on its own, then against the earlier ones if it leans on them."""
        text = without_orders(simplified(question.text))
        if not text:
            # Nothing but orders to the program was sent.
            return Understanding(text=simplified(question.text), kinds=("out_of_scope",))
        # 在嘛 is no slip of the keyboard.
        slips = () if self.chatter.is_all_of(text) else self._slips(text, landscape)
        question = replace(question, text=corrected(text, slips))
        understood = replace(self._understood(question, landscape), corrections=slips)
        alone = self.read(question.text, landscape)
        parts = parts_of(question.text, most=_most_parts(question, understood))
        return replace(
            understood,
            points_back=points_back(question, understood),
            stands_alone=bool(question.history) and stands_alone(understood, alone),
            parts=parts,
            one_thing=understood.one_thing and not parts,
            synonyms=tuple(
                other
                for word in self.language.names_in(understood.text, self.words)
                for other in self.language.alternatives(word)
            ),
        )

    def _understood(self, question: Question, landscape: Landscape) -> Understanding:
        current = self._resolved(question, landscape)
        if question.region and not current.unknown_regions:
            current = replace(current, regions=(question.region,))
        meant = _within(current, question, landscape)
        asked_now = in_one_form(question.text)
        unheard = None if current.named & meant else unheard_document(asked_now, landscape, meant)
        unknown = current.unknown_regions
        if not current.regions:
            place = unheard_place(question.text, landscape, words=self.words, language=self.language)
            unknown = tuple(dict.fromkeys((*unknown, *((place,) if place else ()))))
        return replace(current, policy_ids=meant, unheard_document=unheard, unknown_regions=unknown)

    def _slips(self, text: str, landscape: Landscape) -> tuple[Correction, ...]:
        language = self.language

        def known(word: str) -> bool:
            return (
                word in language.asking
                or word in language.general
                or word in language.synonyms
                or any(word in name for name in landscape.region_names)
            )

        return corrections(
            text,
            words=self.words,
            frequencies=landscape.frequencies,
            known=known,
            names=self.find_units,
        )

    def read(self, text: str, landscape: Landscape) -> Understanding:
        """The question on its own."""
        return self._remembering(text, landscape)

    @cached_property
    def _remembering(self) -> Callable[[str, Landscape], Understanding]:
        # Each part of a question and each question of a conversation is read against those before it.
        return lru_cache(maxsize=_REMEMBERED)(self._read)

    def _read(self, text: str, landscape: Landscape) -> Understanding:
        plain = in_one_form(text)
        if self.chatter.is_all_of(plain):
            return Understanding(text=plain, kinds=("chatter",))
        asked = translated(plain, landscape, self.language.glossary)
        regions, unknown = regions_named(asked, landscape, self.find_regions)
        policy_ids, titles = documents_named(asked, landscape)
        locators, places = locators_named(asked)
        rest = _without_places(_without(asked, (*titles, *places, *unknown)), regions)
        searched = _without(asked, titles) if policy_ids else asked
        units = tuple(dict.fromkeys(unit for unit in self.find_units(rest) if _is_name(unit, landscape)))
        judged, kinds = self.judge.judged(plain), self._kinds(plain, asked, units)
        return Understanding(
            text=asked,
            own=plain if asked != plain else "",
            searched=_searched(plain, asked, searched if self.topics.topics(searched, kinds) else asked),
            kinds=kinds,
            cues=self.language.cued_by(asked),
            measures=self.language.measures_asked(asked),
            roles=self._roles(plain, asked),
            units=units,
            regions=regions,
            unknown_regions=unknown,
            policy_ids=policy_ids,
            named=policy_ids,
            documents_called=documents_called(asked),
            locators=locators,
            attachments=attachments_named(asked),
            topics=self.topics.topics(_without(rest, units), kinds),
            quoted=quoted_words(rest),
            years=tuple(dict.fromkeys(_YEAR.findall(asked))),
            any_role=bool(self.language.any_role.search(asked)),
            yes_or_no=bool(_YES_OR_NO.search(asked)),
            figure=_asks_figure(asked),
            one_thing=_asks_one_thing(asked),
            asks_list=bool(_ASKS_LIST.search(asked)),
            points=_POINTS.match(plain) is not None,
            every_unit=bool(_ALL_UNITS.search(asked)),
            asks_duties="unit_duties" in judged,
            leans_on_history="follow_up" in judged,
        )

    def _roles(self, plain: str, asked: str) -> tuple[DutyRole, ...]:
        roles = tuple(role for role, pattern in self.language.roles.items() if pattern.search(asked))
        if self.language.any_role.search(asked):
            return ()
        return roles or (("牵头",) if re.search(r"\blead", plain, re.IGNORECASE) else ())

    def _kinds(self, plain: str, asked: str, units: Sequence[str]) -> tuple[QuestionKind, ...]:
        """What the question asks for, `plain` in its own language, `asked` in Chinese."""
        judged = self.judge.judged(plain)
        # 高温天气津贴几元 has the words of small talk too; what asks for a measure is looked for.
        if "out_of_scope" in judged and not self.language.measures_asked(asked):
            return ("out_of_scope",)
        if "unit_duties" in judged and not all(unit.endswith(_GROUPS) for unit in units):
            return ("unit_duties",)
        pairs = [(each, each) for each in (plain, *_asking(plain))]
        if plain != asked:
            # The parts of both languages do not stand side by side.
            pairs = [(plain, asked), *((part.strip(), "") for part in _PART.split(plain) if part.strip())]
        found = dict.fromkeys(kind for pair in pairs for kind in self._kinds_of(*pair))
        # 「说要建3家，是这样吗」 has a figure to be set right.
        if _YES_OR_NO.search(asked) and _CLAIM.search(asked):
            found["amount" if "元" in asked else "target"] = None
        return tuple(found) or ("content",)

    def _kinds_of(self, plain: str, asked: str) -> Iterator[QuestionKind]:
        judged = self.judge.judged(plain)
        found = [kind for kind in judged if kind in _JUDGED]
        if self.language.offers.search(asked):
            found.insert(found.index("duty") if "duty" in found else len(found), "amount")
        is_of_document = bool(found) and found[0] in OF_DOCUMENTS
        yield from [kind for kind in found if kind in OF_DOCUMENTS] if is_of_document else found[:1]
        if not found or found[0] not in LOOKED_UP:
            # 几号文 and 什么时候发布 ask for no other measure than the document's own.
            measures = [measure.kind for measure in self.language.measures_asked(asked) if measure.kind]
            yield from measures or (_OF_FIGURES if not found and _asks_figure(asked) else ())

    def _resolved(self, question: Question, landscape: Landscape) -> Understanding:
        current = self.read(question.text, landscape)
        if question.history and current.kind == "out_of_scope" and current.leans_on_history:
            # 还有吗 is small talk only if nothing was asked before it.
            current = replace(current, kinds=("content",))
        if not question.history or current.kind in ASKS_NOTHING:
            return current
        if current.topics and not current.leans_on_history and (current.regions or current.policy_ids):
            return current
        earlier = self._resolved(
            replace(question, text=question.history[-1], history=question.history[:-1]), landscape
        )
        return following(current, earlier)


def _without_places(text: str, regions: Sequence[str]) -> str:
    # 我们街道办: the pronoun belongs to no name; 《…》里设备补助: nor does what stands behind a title.
    text = _OURSELVES.sub(" ", _INSIDE.sub(" ", text))
    for region in regions:
        # 某某区财政局 leaves 区财政局, as the documents of that district call it.
        text = text.replace(region, region[-1] if region[-1] in "省市区县镇乡" else " ")
    return text


def _asking(text: str) -> list[str]:
    """The parts of a text that ask by themselves."""
    return [part for part in _PART.split(text) if ASKS.search(part)]


def _searched(plain: str, asked: str, without_names: str) -> str:
    # The embedding model knows the language of the question; only its words are looked up in Chinese.
    return without_names if plain == asked else plain


def _within(understanding: Understanding, question: Question, landscape: Landscape) -> frozenset[str]:
    """The policies a question means: those it names, in the regions it names, within the limits given."""
    meant = understanding.policy_ids
    in_regions = frozenset[str]().union(*(landscape.in_region(region) for region in understanding.regions))
    if in_regions:
        # A document named by words of its title gives way to a region; a region given as a limit stays.
        meant = (meant & in_regions) if question.region and meant else meant & in_regions or in_regions
        meant = meant or _NOWHERE
    if not meant and not understanding.unknown_regions:
        meant = of_level(understanding.text, landscape)
    if question.policy_ids:
        meant = (meant & question.policy_ids or _NOWHERE) if meant else question.policy_ids
    return meant


def _asks_figure(text: str) -> bool:
    """Whether one figure is asked for, and nothing beside it."""
    return _asks_one_thing(text) and not _WHETHER.search(text) and _FIGURE.search(text) is not None


def _asks_one_thing(text: str) -> bool:
    return len(_ASKED.findall(text)) <= 1


def _most_parts(question: Question, understood: Understanding) -> int:
    if understood.kind in _ONE_ANSWER or understood.unknown_regions or understood.unheard_document:
        return 1
    # What was talked of before has been looked for already.
    return MOST_PARTS - bool(question.history)


def _is_name(unit: str, landscape: Landscape) -> bool:
    # A long run of words that no document gives a duty is a task (建设某某服务中心), not a name.
    return len(unit) <= _LONG_NAME or bool(resolve_unit(unit, landscape.units))


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text
