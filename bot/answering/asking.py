"""What the faces need of an assistant; `bot.answering.assistant.Assistant` is the one there is."""

from collections.abc import Callable, Iterator
from typing import Protocol

from bot.answer import Answer, Question, Told
from bot.answering.attempt import Composed
from bot.answering.explanation import Explanation
from bot.evidence.evidence import Evidence
from bot.question.asked import Understanding
from vectorstore.catalog import Catalog
from vectorstore.errors import UnknownPolicyError
from vectorstore.search import ScoredClause


class Asking(Protocol):
    """Answers questions from the documents of one catalog; safe to share between threads."""

    @property
    def catalog(self) -> Catalog:
        """What the documents are kept in."""

    def ask(self, question: Question) -> Answer:
        """The proven answer."""

    def stream(self, question: Question) -> Iterator[Understanding | Told | Answer]:
        """First how the question is understood, then statements as they are proven, last the answer."""

    def evidence(self, question: Question) -> Evidence:
        """How the question is understood, what is found for it, and how it is judged."""

    def explained(self, question: Question) -> Explanation:
        """Why the answer is what it is: each attempt, with what was found, read and dropped in it."""

    def search(self, question: Question, *, limit: int) -> list[ScoredClause]:
        """The clauses nearest to the question, best first."""

    def composed(self, question: Question) -> Composed:
        """What is composed for the question before a model words it and before the proof."""

    def proven(self, composed: Composed) -> Answer:
        """The proven answer of what was composed."""

    @property
    def check_vectors(self) -> Callable[[], None]:
        """Raises VectorsDifferError if the vectors are not those of the catalog; answering goes on."""

    @property
    def warm_up(self) -> "WarmUp":
        """Loads the model, so that the first question does not wait."""


class WarmUp(Protocol):
    """Loads what is loaded late."""

    def __call__(self) -> None:
        """Returns when everything is loaded."""


def check_policies(question: Question, catalog: Catalog) -> None:
    """UnknownPolicyError where the asker limits the question to a policy that is not there."""
    unknown = question.policy_ids - {summary.policy_id for summary in catalog.policies()}
    if unknown:
        raise UnknownPolicyError(min(unknown))
