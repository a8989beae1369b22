"""The steps from a question to its answer: understand | retrieve | read | compose | write | prove.

Each takes what the one before gives; none of them loops over attempts or over parts of a question.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.answer import Answer
from bot.answering.attempt import Asked, Attempt, Composed, Tried
from bot.composers.draft import Draft, DraftStatement
from bot.evidence.evidence import Evidence
from bot.proof import prove
from bot.question.kinds import QuestionKind
from bot.reader.judging import Judge
from ingest.policy import Policy
from prompts.templates import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps in their order."""

    understand: Callable[[Attempt], Asked]
    retrieve: Callable[[Asked], Evidence]
    read: Callable[[Evidence], Evidence]
    compose: Callable[[Evidence], Composed]
    write: Callable[[Composed], Iterator[Composed]]  # the draft as it grows, last the whole of it
    prove: Callable[[Composed], Answer]

    def in_order(self) -> tuple[tuple[str, Callable[[Any], object]], ...]:
        """Each step with its name, as a function of what the one before gives."""
        return (
            ("understand", self.understand),
            ("retrieve", self.retrieve),
            ("read", self.read),
            ("compose", self.compose),
            ("write", self.written),
            ("prove", self.prove),
        )

    def tried(self, asked: Asked) -> Tried:
        """What an attempt comes to, once its question is understood."""
        return Tried(attempt=asked.attempt, composed=self.compose(self.read(self.retrieve(asked))))

    def written(self, composed: Composed) -> Composed:
        """The whole draft as it is worded in the end."""
        *_, whole = self.write(composed)
        return whole


class Composer(Protocol):
    """Turns evidence into drafted statements."""

    @property
    def reads(self) -> frozenset[QuestionKind]:
        """The kinds of questions for which it takes clauses that were read and judged."""

    def compose(self, evidence: Evidence) -> Draft:
        """Statements with the spans they stand on; nothing is proven yet."""


class Writer(Protocol):
    """Words a drafted answer anew."""

    def steps(self, evidence: Evidence, draft: Draft) -> Iterator[DraftStatement | Draft]:
        """Each statement as soon as it is proven, last the whole draft."""

    def close(self) -> None:
        """Lets go of what it holds."""


@dataclass(frozen=True, slots=True)
class Read:
    """Has the clauses that fit best read and judged, for the kinds of questions that need it."""

    judge: Judge
    kinds: frozenset[QuestionKind]

    def __call__(self, evidence: Evidence) -> Evidence:
        """The evidence with what was judged."""
        needed = not self.kinds.isdisjoint(evidence.understanding.kinds)
        return evidence.judged_by(self.judge) if needed else evidence


@dataclass(frozen=True, slots=True)
class Compose:
    """Drafts statements."""

    composer: Composer

    def __call__(self, evidence: Evidence) -> Composed:
        """The draft with what it was made from."""
        return Composed(evidence=evidence, draft=self.composer.compose(evidence))


@dataclass(frozen=True, slots=True)
class Write:
    """Has a chat model word the draft, if there is one."""

    writer: Writer | None

    def __call__(self, composed: Composed) -> Iterator[Composed]:
        """The draft as it grows; the whole one may be the extractive one, if the model fails."""
        said: list[DraftStatement] = []
        whole = composed.draft
        for step in self.writer.steps(composed.evidence, composed.draft) if self.writer else ():
            if isinstance(step, Draft):
                whole = step
                continue
            said.append(step)
            yield replace(composed, draft=replace(composed.draft, statements=tuple(said)), is_whole=False)
        yield replace(composed, draft=whole)


@dataclass(frozen=True, slots=True)
class Prove:
    """Lets through what the quoted clauses bear out."""

    policy: Callable[[str], Policy]
    phrases: Phrases

    def __call__(self, composed: Composed) -> Answer:
        """The proven answer."""
        policies = {policy_id: self.policy(policy_id) for policy_id in set(composed.quoted().values())}
        answer = prove(composed.draft, composed.evidence, policies, self.phrases)
        surety = composed.surety()
        return replace(answer, surety=None if surety is None else round(surety, 4))
