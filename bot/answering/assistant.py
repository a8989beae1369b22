"""The chain from question to answer: understand | retrieve | compose | write | prove."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.answer import Answer, Question, Told
from bot.composers.draft import Draft, DraftStatement
from bot.errors import (
    EmptyQuestionError,
    NoDocumentsError,
    QuestionTooLongError,
    UnknownRegionError,
    UnreadableQuestionError,
)
from bot.evidence import Evidence, Library
from bot.proof import prove
from bot.question.asked import ASKS_NOTHING, Understanding
from bot.question.condensing import condensed, condensed_history
from bot.question.landscape import Landscape, landscape_of
from bot.question.naming import is_at
from bot.question.parts import MOST_PARTS, parts_of, without_repeats
from bot.question.simplified import simplified
from bot.question.spelling import Correction, corrected, corrections
from bot.question.understanding import Understander
from bot.reader.judging import Judge
from bot.relevance import Relevance, relevance_of
from ingest import units
from ingest.instructions import without_orders
from ingest.policy import Clause, Fact, FactKind, Policy
from prompts.templates import Phrases
from vectorstore.catalog import Catalog
from vectorstore.errors import UnknownClauseError, UnknownPolicyError
from vectorstore.retriever import Retriever
from vectorstore.search import ScoredClause, SearchFilter

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

# What a document says of itself, a unit's duties and a group's members are looked up, not searched for.
_ANSWERED_BY_FACTS = frozenset(("metadata", "validity", "unit_duties", "members"))
# Rules of higher places hold below; amounts, targets and units of a place are its own.
_HOLDS_BELOW = frozenset(("content", "deadline"))
# These say everything that a question of several parts may ask.
_ONE_ANSWER = frozenset(("unit_duties", *ASKS_NOTHING))
_POINTS_BACK = re.compile(r"^(?:那)?[这该其它此他]|(?:这|该|此|上述|前述)[项个条笔种些事类]|其中")
# Of a question of several parts; no such question of eval/sets needs more.
_MOST_SEARCHES = 5
# Of the documents under one question before it is given up.
_MOST_CHANGES = 5
# What is longer says itself what is talked of.
_LONG_FOLLOW_UP = 80
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")
_REGIONS_NAMED = 8
_PLACE_FIRST = re.compile(
    r"(?:请问|想问|问下|我们?|在|我在|我们在)*"
    r"((?![们每各所全本某该哪几新老旧城小社园辖片厂校地多两])[\u4e00-\u9fff]{2,3}(?<!小)(?<!社)(?<!园)(?<!校)(?<!景)(?<!片)(?<!辖)[区县市])(?!域|场|民|级|里|内|财政)"
)

_Given = TypeVar("_Given")
Prover = Callable[[Draft, Evidence, dict[str, Policy], Phrases], Answer]


class Composer(Protocol):
    """Turns evidence into drafted statements."""

    def compose(self, evidence: Evidence) -> Draft:
        """Statements with the spans they stand on; nothing is proven yet."""


class Writer(Protocol):
    """Words a drafted answer anew."""

    def steps(self, evidence: Evidence, draft: Draft) -> Iterator[DraftStatement | Draft]:
        """Each statement as soon as it is proven, last the whole draft."""

    def close(self) -> None:
        """Lets go of what it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and how it was understood."""

    question: Question
    understanding: Understanding
    landscape: Landscape


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A draft and the evidence it was made from."""

    evidence: Evidence
    draft: Draft


@dataclass(frozen=True, slots=True)
class _WithoutFacts:
    """Whole documents whose facts are not used."""

    library: Library

    def clauses(self, policy_id: str) -> Sequence[Clause]:
        """The clauses of a policy in order."""
        return self.library.clauses(policy_id)

    def facts(self, *, kind: FactKind, policy_ids: Iterable[str]) -> Sequence[Fact]:
        """None."""
        del kind, policy_ids
        return ()


class Assistant:
    """Answers questions from the documents of one catalog."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        retriever: Retriever,
        understander: Understander,
        composer: Composer,
        judge: Judge,
        writer: Writer | None = None,
        phrases: Phrases,
        candidates: int,
        question_limit_characters: int,
        warm_up: Callable[[], None],
        check_vectors: Callable[[], None],
        uses_facts: bool = True,
        uses_regions: bool = True,
        prover: Prover = prove,
    ) -> None:
        """Joins the parts; facts, regions and proof are left out only to measure what they are worth."""
        self.catalog = catalog
        self.warm_up = warm_up
        self.check_vectors = check_vectors
        self._retriever = retriever
        self._understander = understander
        self._composer = composer
        self._judge = judge
        self._writer = writer
        self._phrases = phrases
        self._candidates = candidates
        self._limit = question_limit_characters
        self._uses_facts = uses_facts
        self._uses_regions = uses_regions
        self._prover = prover
        self._landscape: tuple[int, Landscape] | None = None

    @property
    def stages(self) -> tuple[Callable[..., object], ...]:
        """What is done with a question in turn; each takes what the one before gives."""
        return self._understand, self._retrieve, self._compose, self._write, self._prove

    @property
    def chain(self) -> "Runnable[Question, Answer]":
        """What `ask` does, for the chains of LangChain, which is loaded for it alone."""
        from bot.answering.runnable import AnswerChain

        return AnswerChain(self.ask)

    def ask(self, question: Question) -> Answer:
        """The proven answer.

        Raises EmptyQuestionError, QuestionTooLongError, NoDocumentsError, UnknownRegionError and the
        errors of the catalog.
        """
        began = time.perf_counter()
        checked = self._checked(question)
        answer = self._kept_up(
            checked,
            self._understand(checked),
            lambda asked: self._prove(self._write(self._compose(self._retrieve(asked)))),
        )
        return _of(question, answer, began)

    def steps(self, question: Question) -> Iterator[Understanding | Told | Answer]:
        """First how the question is understood, then statements as they are proven, last the answer.

        The statements are those of a chat model; where it fails after some, the answer is extractive.
        """
        began = time.perf_counter()
        checked = self._checked(question)
        asked = self._understand(checked)
        yield asked.understanding
        composed = self._kept_up(checked, asked, lambda each: self._compose(self._retrieve(each)))
        told: list[DraftStatement] = []
        for step in self._writing(composed):
            if isinstance(step, Draft):
                composed = replace(composed, draft=step)
                continue
            told.append(step)
            so_far = replace(composed.draft, statements=tuple(told))
            yield _last_told(self._prove(replace(composed, draft=so_far)))
        answer = self._prove(composed)
        yield _of(question, answer, began)

    def search(self, question: Question, *, limit: int) -> list[ScoredClause]:
        """The clauses nearest to the question, best first, within the documents it means."""
        asked = self._understand(self._checked(question))
        evidence = self._retrieve(asked, candidates=max(self._candidates, 2 * limit))
        found = evidence.clauses_by_fit()
        if evidence.understanding.kind in _ANSWERED_BY_FACTS:
            found = _quoted_first(self._composer.compose(evidence), found)
        return found[:limit]

    def evidence(self, question: Question) -> Evidence:
        """How the question is understood and what is retrieved for it; raises as `ask` does."""
        return self._retrieve(self._understand(self._checked(question)))

    def reworked(self, question: Question, change: Callable[[Draft], Draft]) -> Answer:
        """The proven answer of the composed draft as changed before the proof, to measure what passes it."""
        composed = self._compose(self._retrieve(self._understand(self._checked(question))))
        answer = self._prove(replace(composed, draft=change(composed.draft)))
        return replace(answer, question=question.text)

    def landscape(self) -> Landscape:
        """What the documents of the catalog name; read anew when the catalog has changed."""
        version = self.catalog.version()
        if self._landscape is None or self._landscape[0] != version:
            self._landscape = (version, landscape_of(self.catalog))
        return self._landscape[1]

    def _kept_up(self, question: Question, asked: Asked, work: Callable[[Asked], _Given]) -> _Given:
        """What the work gives; done again if it failed while documents came or went."""
        for _ in range(_MOST_CHANGES):
            try:
                return work(asked)
            except (KeyError, UnknownPolicyError, UnknownClauseError):
                if asked.landscape is self.landscape():
                    raise
                asked = self._understand(question)
        return work(asked)

    def _checked(self, question: Question) -> Question:
        if not question.text.strip():
            raise EmptyQuestionError(
                "expected a question, found nothing; ask in a sentence, such as 「谁牵头这项工作？」"
            )
        for text in (question.text, *question.history):
            if _HALF_A_CHARACTER.search(text):
                raise UnreadableQuestionError(
                    "expected text, found half a character; send the question as UTF-8"
                )
        if len(question.text) > self._limit:
            raise QuestionTooLongError(
                f"expected at most {self._limit} characters, found {len(question.text)}; shorten the question"
            )
        return _as_read(question)

    def _understand(self, question: Question) -> Asked:
        landscape = self.landscape()
        if not landscape.policies:
            raise NoDocumentsError(
                "the data folder holds no document; add some with: clausewise ingest PATH…"
            )
        if question.region and not landscape.in_region(question.region):
            known = "、".join(sorted(landscape.full_regions)[:_REGIONS_NAMED]) or "none"
            raise UnknownRegionError(f"no document is of {question.region!r}; expected one of: {known}")
        text = without_orders(simplified(question.text))
        if not text:
            # Nothing but orders to the program was sent.
            refused = Understanding(text=question.text, kinds=("out_of_scope",))
            return Asked(question=question, understanding=refused, landscape=landscape)
        # 在嘛 is no slip of the keyboard.
        slips = () if self._understander.chatter.is_all_of(text) else self._slips(text, landscape)
        read = replace(question, text=corrected(text, slips))
        understanding = replace(self._understander.understand(read, landscape), corrections=slips)
        if not understanding.regions and (place := self._unheard_of(read.text)):
            unknown = dict.fromkeys((*understanding.unknown_regions, place))
            understanding = replace(understanding, unknown_regions=tuple(unknown))
        if not self._uses_regions:
            understanding = replace(understanding, policy_ids=question.policy_ids, unknown_regions=())
        return Asked(question=question, understanding=understanding, landscape=landscape)

    def _unheard_of(self, text: str) -> str | None:
        """A place the question begins with that neither the table of divisions nor any document knows."""
        match = _PLACE_FIRST.match(text)
        if match is None or self.catalog.policies_naming(match.group(1)):
            return None
        name = match.group(1)
        words = self._understander.words(name[:-1])
        return None if any(word in self._understander.language.asking for word in words) else name

    def _slips(self, text: str, landscape: Landscape) -> tuple[Correction, ...]:
        language = self._understander.language

        def known(word: str) -> bool:
            return (
                word in language.asking
                or word in language.general
                or word in language.synonyms
                or any(word in name for name in landscape.region_names)
            )

        return corrections(
            text,
            words=self._understander.words,
            frequencies=self.catalog.document_frequency,
            known=known,
            names=self._understander.find_units,
        )

    def _retrieve(self, asked: Asked, *, candidates: int | None = None) -> Evidence:
        return self._found(asked, candidates or self._candidates, self._talked_of(asked))

    def _talked_of(self, asked: Asked) -> tuple[str, ...]:
        """The clauses that answer the question before, where this one points back at it."""
        history, understanding = asked.question.history, asked.understanding
        if len(asked.question.text) > _LONG_FOLLOW_UP:
            return ()
        points_back = _POINTS_BACK.search(asked.question.text) or set(understanding.context) <= set(
            understanding.topics
        )
        if not history or not understanding.context or not points_back:
            return ()
        before = replace(asked.question, text=history[-1], history=history[:-1])
        found = self._found(self._understand(before), self._candidates, ())
        quotes = (quote for said in self._composer.compose(found).statements for quote in said.quotes)
        return tuple(dict.fromkeys(quote.clause.clause_id for quote in quotes))

    def _found(self, asked: Asked, candidates: int, talked_of: Sequence[str]) -> Evidence:
        named = self._named_by_place(asked)
        ranked = named or self._ranked(asked, candidates, talked_of)
        facts: dict[str, list[Fact]] = {}
        ids = [scored.clause.clause_id for scored in ranked] if self._uses_facts else []
        for fact in self.catalog.facts(clause_ids=ids):
            facts.setdefault(fact.clause_id, []).append(fact)
        understanding = asked.understanding
        relevance = self._relevance(understanding.topics or understanding.units)
        return Evidence(
            question=asked.question,
            understanding=asked.understanding,
            landscape=asked.landscape,
            ranked=tuple(ranked),
            facts={clause_id: tuple(found) for clause_id, found in facts.items()},
            relevance=replace(relevance, certain=bool(named)),
            context=self._relevance(understanding.context),
            judge=self._judge,
            talked_of=frozenset(talked_of),
            library=self.catalog if self._uses_facts else _WithoutFacts(self.catalog),
        )

    def _relevance(self, topics: Sequence[str]) -> Relevance:
        return relevance_of(
            topics,
            language=self._understander.language,
            words=self._understander.words,
            is_name=self._understander.topics.is_name,
            frequencies=self.catalog.document_frequency,
            total=self.catalog.clause_total(),
        )

    def _named_by_place(self, asked: Asked) -> list[ScoredClause]:
        locators = asked.understanding.locators
        if not locators:
            return []
        meant = asked.understanding.policy_ids or asked.landscape.by_id.keys()
        return [
            ScoredClause(clause=clause, score=1.0)
            for policy_id in sorted(meant & asked.landscape.by_id.keys())
            for clause in self.catalog.clauses(policy_id)
            if any(is_at(clause, locator) for locator in locators)
        ]

    def _ranked(self, asked: Asked, limit: int, talked_of: Sequence[str]) -> Sequence[ScoredClause]:
        understanding = asked.understanding
        language = self._understander.language
        synonyms = [
            other
            for word in language.names_in(understanding.text, self._understander.words)
            for other in language.alternatives(word)
        ]
        return self._retriever.retrieve(
            understanding.searched,
            limit=limit,
            search_filter=SearchFilter(policy_ids=understanding.policy_ids),
            extra_words=tuple(dict.fromkeys((*synonyms, *understanding.cues, *understanding.topics))),
            fact_clause_ids=self._found_by_facts(understanding) or talked_of,
        )

    def _found_by_facts(self, understanding: Understanding) -> tuple[str, ...]:
        """Clauses whose facts name what the question names: a unit with duties, a person in a group."""
        meant = understanding.policy_ids or None
        if not self._uses_facts:
            return ()
        if understanding.kind == "unit_duties":
            duties = self.catalog.facts(kind="duty", policy_ids=meant)
            names = {fact.value("unit") for fact in duties}
            asked = {name for unit in understanding.units for name in units.resolve_unit(unit, names)}
            return tuple(dict.fromkeys(fact.clause_id for fact in duties if fact.value("unit") in asked))
        if understanding.kind == "members":
            members = self.catalog.facts(kind="member", policy_ids=meant)
            named = [fact for fact in members if fact.value("person") in understanding.text]
            return tuple(dict.fromkeys(fact.clause_id for fact in named or members))
        return ()

    def _compose(self, evidence: Evidence) -> Composed:
        whole = self._composed(evidence)
        # What was talked of before has been looked for already.
        parts = parts_of(evidence.question.text, most=MOST_PARTS - bool(evidence.question.history))
        if len(parts) == 1 or whole.draft.outcome == "clarify" or not _may_be_parted(evidence.understanding):
            return whole
        drafts = self._answers_to(parts, evidence)
        answered = [draft for draft in drafts if draft.statements]
        if not answered or (len(answered) < 2 and whole.draft.statements):
            return whole
        told = without_repeats([said for draft in answered for said in draft.statements])
        silent = tuple(
            self._phrases.say("part_unanswered", part=part)
            for part, draft in zip(parts, drafts, strict=True)
            if not draft.statements
        )
        joined = replace(answered[0], statements=told, notices=(*answered[0].notices, *silent))
        return Composed(evidence=evidence, draft=joined)

    def _answers_to(self, parts: Sequence[str], evidence: Evidence) -> list[Draft]:
        """The answer to each part, which may lean on the parts before it and on what they were answered."""
        drafts: list[Draft] = []
        history, talked_of = evidence.question.history, evidence.talked_of
        limits = evidence.understanding.policy_ids
        searches_left = _MOST_SEARCHES - 1 - bool(history) - len(parts)
        for part in parts:
            asked = self._understand(
                replace(evidence.question, text=part, history=history, policy_ids=limits)
            )
            found = self._found(asked, self._candidates, tuple(talked_of))
            drafts.append(self._composed(found, once=searches_left <= 0).draft)
            searches_left -= not drafts[-1].statements
            history = (*history, part)
            quotes = [quote.clause for said in drafts[-1].statements for quote in said.quotes]
            talked_of = frozenset(clause.clause_id for clause in quotes)
            # The parts of a question are about the same documents.
            limits = frozenset(clause.policy_id for clause in quotes) or limits
        return drafts

    def _composed(self, evidence: Evidence, *, once: bool = False) -> Composed:
        draft = self._composer.compose(evidence)
        if once:
            return Composed(evidence=evidence, draft=draft)
        if not draft.statements and self._stands_alone(evidence):
            # What was talked of before may have led away from the documents that answer.
            alone = self._retrieve(self._understand(replace(evidence.question, history=())))
            again = self._composer.compose(alone)
            if again.statements:
                return Composed(evidence=alone, draft=again)
        if draft.outcome == "no_evidence" and (wider := self._beyond_the_region(evidence)):
            again = self._composer.compose(wider)
            if again.statements:
                return Composed(evidence=wider, draft=again)
        return Composed(evidence=evidence, draft=draft)

    def _beyond_the_region(self, evidence: Evidence) -> Evidence | None:
        """The documents of higher places, which hold there too, where those of the place do not answer."""
        asked, landscape = evidence.understanding, evidence.landscape
        of_regions = frozenset[str]().union(*(landscape.in_region(region) for region in asked.regions))
        above = landscape.above(asked.regions)
        limited = bool(evidence.question.region or evidence.question.policy_ids)
        if limited or asked.policy_ids != of_regions or not above or asked.kind not in _HOLDS_BELOW:
            return None
        return self._retrieve(
            Asked(
                question=evidence.question,
                understanding=replace(asked, policy_ids=above),
                landscape=landscape,
            )
        )

    def _stands_alone(self, evidence: Evidence) -> bool:
        """Whether a question with a history also says by itself what is asked."""
        question = evidence.question
        if not question.history or evidence.understanding.leans_on_history:
            return False
        alone = self._understander.read(question.text, evidence.landscape)
        # The place that is being talked of still holds: another one would be no answer.
        leaves_place = bool(evidence.understanding.regions) and not alone.regions
        return not leaves_place and bool(alone.topics or alone.policy_ids)

    def close(self) -> None:
        """Lets go of the chat model, where there is one; the catalog stays open."""
        if self._writer is not None:
            self._writer.close()

    def _writing(self, composed: Composed) -> Iterator[DraftStatement | Draft]:
        if self._writer is not None:
            yield from self._writer.steps(composed.evidence, composed.draft)

    def _write(self, composed: Composed) -> Composed:
        drafts = [step for step in self._writing(composed) if isinstance(step, Draft)]
        return replace(composed, draft=drafts[-1]) if drafts else composed

    def _prove(self, composed: Composed) -> Answer:
        ids = {
            quote.clause.policy_id for statement in composed.draft.statements for quote in statement.quotes
        }
        policies = {policy_id: self.catalog.policy(policy_id) for policy_id in ids}
        return self._prover(composed.draft, composed.evidence, policies, self._phrases)


def _as_read(question: Question) -> Question:
    """The question with as much of it and of its history as is read."""
    history = condensed_history(question.history)
    if condensed(question.text) == question.text:
        return replace(question, history=history)
    # What an order to the program leaves is condensed, lest half of an order be taken for a question.
    return replace(question, text=condensed(without_orders(simplified(question.text))), history=history)


def _of(question: Question, answer: Answer, began: float) -> Answer:
    """The answer to the question as asked, with the time since it began."""
    taken = round(1000 * (time.perf_counter() - began))
    return replace(answer, question=question.text, milliseconds=taken)


def _may_be_parted(asked: Understanding) -> bool:
    return asked.kind not in _ONE_ANSWER and not asked.unknown_regions and not asked.unheard_document


def _last_told(answer: Answer) -> Told:
    """The last statement of an answer and its citations."""
    statement = answer.statements[-1]
    return Told(
        statement=statement,
        citations=tuple(each for each in answer.citations if each.marker in statement.citations),
    )


def _quoted_first(draft: Draft, found: Sequence[ScoredClause]) -> list[ScoredClause]:
    """The clauses the draft quotes, then the others; scores stay in order."""
    best = found[0].score if found else 1.0
    quoted = {
        quote.clause.clause_id: quote.clause for statement in draft.statements for quote in statement.quotes
    }
    leading = [ScoredClause(clause=clause, score=best + 1.0) for clause in quoted.values()]
    return [*leading, *(each for each in found if each.clause.clause_id not in quoted)]
