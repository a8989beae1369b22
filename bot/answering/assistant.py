"""Answers questions: the steps in their order, over every attempt that a question takes."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot.answer import Answer, Question, Told
from bot.answering.attempt import Asked, Attempt, Composed
from bot.answering.explanation import Explanation, explanation_of
from bot.answering.plan import answered, every_attempt, pointed
from bot.answering.steps import Steps
from bot.evidence.evidence import Evidence
from bot.question.asked import Understanding
from bot.question.checked import checked
from bot.question.kinds import LOOKED_UP
from bot.question.landscape import Landscape
from bot.reader.judging import Judge
from prompts.templates import Phrases
from vectorstore.catalog import Catalog
from vectorstore.errors import UnknownClauseError, UnknownPolicyError
from vectorstore.retriever import Retriever
from vectorstore.search import ScoredClause

if TYPE_CHECKING:
    from bot.answering.chain import AnswerChain

# Of the documents under one question before it is given up.
_MOST_CHANGES = 5

_Given = TypeVar("_Given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """Answers questions from the documents of one catalog; safe to share between threads.

    Each method raises EmptyQuestionError, UnreadableQuestionError, QuestionTooLongError, NoDocumentsError,
    UnknownRegionError and the errors of the catalog.
    """

    catalog: Catalog
    landscape: Callable[[], Landscape]  # what the documents name now
    retriever: Retriever
    judge: Judge
    steps: Steps
    phrases: Phrases
    candidates: int
    question_limit_characters: int
    warm_up: Callable[[], None]
    check_vectors: Callable[[], None]
    close: Callable[[], None]  # lets go of the chat model, if there is one; the catalog stays open

    @property
    def chain(self) -> "AnswerChain":
        """What `ask` does, as a chain of LangChain, which is loaded for it alone."""
        from bot.answering.chain import AnswerChain

        return AnswerChain(self)

    def ask(self, question: Question) -> Answer:
        """The proven answer."""
        began = time.perf_counter()
        taken_up = self._taken_up(question)
        answer = self._kept_up(
            taken_up,
            self._as_asked(taken_up),
            lambda asked: self.proven(self.steps.written(self._answered(asked))),
        )
        return _of(question, answer, began)

    def stream(self, question: Question) -> Iterator[Understanding | Told | Answer]:
        """First how the question is understood, then statements as they are proven, last the answer.

        The statements are those of a chat model; if it fails after some, the answer is extractive.
        """
        began = time.perf_counter()
        taken_up = self._taken_up(question)
        asked = self._as_asked(taken_up)
        yield asked.understanding
        for composed in self.steps.write(self._kept_up(taken_up, asked, self._answered)):
            answer = self.proven(composed)
            yield _of(question, answer, began) if composed.is_whole else _last_told(answer)

    def search(self, question: Question, *, limit: int) -> list[ScoredClause]:
        """The clauses nearest to the question, best first, within the documents it means."""
        asked = self._as_asked(self._taken_up(question), candidates=max(self.candidates, 2 * limit))
        evidence = self.steps.retrieve(pointed(asked, self.steps))
        found = evidence.clauses_by_fit()
        if asked.understanding.kind in LOOKED_UP:
            found = _quoted_first(self.steps.compose(evidence), found)
        return found[:limit]

    def evidence(self, question: Question) -> Evidence:
        """How the question is understood as it is asked, what is retrieved for it and how it is judged."""
        asked = self._as_asked(self._taken_up(question))
        return self.steps.retrieve(pointed(asked, self.steps)).judged_by(self.judge)

    def explained(self, question: Question) -> Explanation:
        """Why the answer is what it is: each attempt, with what was found, read and dropped in it."""
        taken_up = self._taken_up(question)
        return self._kept_up(taken_up, self._as_asked(taken_up), self._explained)

    def composed(self, question: Question) -> Composed:
        """What is composed for the question before a model words it and before the proof."""
        return self._answered(self._as_asked(self._taken_up(question)))

    def proven(self, composed: Composed) -> Answer:
        """The proven answer of what was composed."""
        return self.steps.prove(composed)

    def _taken_up(self, question: Question) -> Question:
        return checked(question, limit_characters=self.question_limit_characters)

    def _as_asked(self, question: Question, *, candidates: int | None = None) -> Asked:
        number = candidates or self.candidates
        return self.steps.understand(Attempt(way="as_asked", question=question, candidates=number))

    def _answered(self, asked: Asked) -> Composed:
        return answered(asked, self.steps, self.phrases)

    def _explained(self, asked: Asked) -> Explanation:
        composed, tried = every_attempt(asked, self.steps, self.phrases)
        return explanation_of(composed, tried, judge=self.judge, prove=self.steps.prove)

    def _kept_up(self, question: Question, asked: Asked, work: Callable[[Asked], _Given]) -> _Given:
        """What the work gives; done again if it failed while documents came or went."""
        for _ in range(_MOST_CHANGES):
            try:
                return work(asked)
            except (KeyError, UnknownPolicyError, UnknownClauseError):
                if asked.landscape is self.landscape():
                    raise
                asked = self._as_asked(question)
        return work(asked)


def _of(question: Question, answer: Answer, began: float) -> Answer:
    """The answer to the question as asked, with the time since it began."""
    taken = round(1000 * (time.perf_counter() - began))
    return replace(answer, question=question.text, milliseconds=taken)


def _last_told(answer: Answer) -> Told:
    """The last statement of an answer and its citations."""
    statement = answer.statements[-1]
    return Told(
        statement=statement,
        citations=tuple(each for each in answer.citations if each.marker in statement.citations),
    )


def _quoted_first(composed: Composed, found: Sequence[ScoredClause]) -> list[ScoredClause]:
    """The clauses the draft quotes, then the others; scores stay in order."""
    best = found[0].score if found else 1.0
    quoted = {
        quote.clause.clause_id: quote.clause
        for statement in composed.draft.statements
        for quote in statement.quotes
    }
    leading = [ScoredClause(clause=clause, score=best + 1.0) for clause in quoted.values()]
    return [*leading, *(each for each in found if each.clause.clause_id not in quoted)]
