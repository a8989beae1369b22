"""What a question asks, as values: the vocabulary between understanding and composing."""

from dataclasses import dataclass, replace
from typing import Self

from bot.question.kinds import QuestionKind
from bot.question.measures import Measure, is_set_elsewhere
from bot.question.spelling import Correction
from ingest.numerals import find_quantities
from ingest.policy import DutyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question as the rest of the chain reads it."""

    text: str  # the question on its own, follow-up resolved
    kinds: tuple[QuestionKind, ...]  # at least one; a question may ask for a figure and for a unit
    own: str = ""  # the question in its own language, if that is not Chinese
    searched: str = ""  # what to look for in the documents meant: the text without what names them
    cues: tuple[str, ...] = ()  # how documents say what is asked for: 是指, 起施行
    measures: tuple[Measure, ...] = ()  # an answer must show one of them at least
    roles: tuple[DutyRole, ...] = ()
    units: tuple[str, ...] = ()  # as asked
    regions: tuple[str, ...] = ()  # named in the question and held by a document
    unknown_regions: tuple[str, ...] = ()  # named in the question and held by none
    policy_ids: frozenset[str] = frozenset()  # documents meant; empty: any
    named: frozenset[str] = frozenset()  # of these, the documents that the question names by title or number
    documents_called: tuple[str, ...] = ()  # titles and numbers that it holds
    unheard_document: str | None = None  # called by name and kind (某某条例); none of that name is meant
    locators: tuple[str, ...] = ()  # clauses named by their place: 附件2 第8, 第十二条
    attachments: tuple[str, ...] = ()  # 附件2, named without a row
    topics: tuple[str, ...] = ()  # phrases of content words
    context: tuple[str, ...] = ()  # topics of the question this one follows: they tell the document meant
    quoted: tuple[str, ...] = ()  # words the question puts in quotation marks: they are meant literally
    years: tuple[str, ...] = ()
    asks_duties: bool = False  # what a unit has to do, which may be named in the question before it
    any_role: bool = False  # asks for whatever part a unit has: 参与
    yes_or_no: bool = False
    figure: bool = False  # a figure answers, or who sets it
    one_thing: bool = True  # a single word asks
    asks_list: bool = False  # of all that there is
    points: bool = False  # begins with a word that points (这个我能申请吗)
    every_unit: bool = False  # 责任单位有哪些: whoever has a part
    corrections: tuple[Correction, ...] = ()  # typing slips read through
    leans_on_history: bool = False
    first_part: str = ""  # of the question that this is a part of, to be read before it
    points_back: bool = False  # at what answered the question before it
    stands_alone: bool = False  # says without the questions before it what is asked
    parts: tuple[str, ...] = ()  # the questions that it holds, if it holds several
    synonyms: tuple[str, ...] = ()  # of its words, as documents may print them

    def is_shown_in(self, words: str) -> bool:
        """Whether the words show one of the measures asked for: 百分之几 is not answered by 元."""
        if self.measures:
            return any(measure.is_shown_in(words) for measure in self.measures)
        return not self.figure or bool(find_quantities(words)) or is_set_elsewhere(words)

    def read_after(self, first_part: str) -> Self:
        """The part read behind the first of its question, unless its text holds that already."""
        return self if first_part in self.text else replace(self, first_part=first_part)

    def mentions(self, name: str) -> bool:
        """Whether the question holds the name as it stands."""
        return name in self.text

    @property
    def kind(self) -> QuestionKind:
        """What is asked first."""
        return self.kinds[0]
