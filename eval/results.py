"""What came of each question: all that the metrics and the report look at."""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.answer import Answer
from bot.answering.explanation import Explanation
from eval.cases import Case
from eval.folding import fold, holds
from eval.spans import Span

# The step at which a right answer was lost, in the order of the way through the program.
Loss = Literal["not ingested", "not retrieved", "not chosen", "not proven", "wrongly said"]
LOSSES: tuple[Loss, ...] = get_args(Loss)
_BETWEEN = "\n"  # keeps the end of one text and the start of the next from reading as one figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A quote beside the texts it must agree with; `span` is None where its offsets lead nowhere."""

    marker: int
    quote: str
    policy_text: str  # of the policy between the offsets of the citation
    source_text: str  # of the source between the mapped offsets, less the listed deletions
    span: Span | None

    def is_verbatim(self) -> bool:
        """Whether the quote is the policy text and, blanks aside, the source text."""
        printed = "".join(self.quote.split())
        return (
            bool(printed) and self.quote == self.policy_text and printed == "".join(self.source_text.split())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """A clause that search found, and where it stands."""

    clause_id: str
    policy_title: str
    locator: str
    score: float
    span: Span
    snippet: str = ""  # what it begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Falsified:
    """Statements of a draft that were falsified before the proof, and how many of them were said."""

    drafted: int
    said: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a question cost of the chat model; `cost` is None where no price is given."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a chat model as judge says of an answer."""

    faithful: bool  # whether the quotes support all that is said
    correct: bool  # whether it says what the case expects
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A case, the answer it got, what that answer quotes and what search found."""

    case: Case
    answer: Answer
    milliseconds: float
    cited: tuple[Cited, ...]
    retrieved: tuple[Retrieved, ...]  # best first
    absent: tuple[int, ...] = ()  # the evidence, by its place, that no clause of the index holds
    unproven: tuple[str, ...] = ()  # drafted statements that did not pass the proof
    by_words: int | None = None  # evidence spans among the clauses that the keyword index alone finds
    falsified: Falsified | None = None
    usage: Usage | None = None
    judgement: Judgement | None = None
    explanation: Explanation | None = None  # of a failed answer, without the candidates

    def missing(self) -> tuple[tuple[str, ...], ...]:
        """The expected groups of which the answer says nothing."""
        said = self._said()
        return tuple(group for group in self.case.expected if not any(holds(said, fact) for fact in group))

    def asserted(self) -> tuple[str, ...]:
        """The forbidden strings that the answer says."""
        said = self._said()
        return tuple(wrong for wrong in self.case.forbidden if holds(said, wrong))

    def is_right(self) -> bool:
        """Whether the outcome is the expected one, every expected fact is said and no forbidden one."""
        return self.answer.outcome == self.case.outcome and not self.missing() and not self.asserted()

    def found(self, limit: int) -> int:
        """How many evidence spans the best clauses overlap, so many clauses counted."""
        return sum(
            any(retrieved.span.overlaps(evidence.span) for retrieved in self.retrieved[:limit])
            for evidence in self.case.evidence
        )

    def on_evidence(self) -> int:
        """How many citations overlap an evidence span."""
        return sum(self.case.stands_on(cited.span) for cited in self.cited)

    def cited_evidence(self) -> int:
        """How many evidence spans a citation overlaps."""
        spans = [cited.span for cited in self.cited if cited.span]
        return sum(any(evidence.span.overlaps(span) for span in spans) for evidence in self.case.evidence)

    def wording(self) -> str:
        """All that the answer states, without its markers; empty where it states nothing."""
        return "\n".join(statement.text for statement in self.answer.statements)

    def loss(self) -> Loss | None:
        """The first step at which a right answer was lost; None where it was not."""
        if self.is_right():
            return None
        missing = self.missing()
        # What refuses says nothing wrong, and what should be silent has nothing to find.
        if not self.case.answerable or not (missing or self.answer.outcome == "no_evidence"):
            return "wrongly said"
        if self.absent:
            return "not ingested"
        if missing and self.found(len(self.retrieved)) < len(self.case.evidence):
            return "not retrieved"
        return "not proven" if self._was_drafted(missing) else "not chosen"

    def _was_drafted(self, missing: tuple[tuple[str, ...], ...]) -> bool:
        """Whether a statement that the proof kept back holds a missing fact, or nothing passed it."""
        if not missing:
            return bool(self.unproven)
        drafted = _BETWEEN.join(map(fold, self.unproven))
        return any(holds(drafted, fact) for group in missing for fact in group)

    def _said(self) -> str:
        texts = (self.answer.text, *(statement.text for statement in self.answer.statements))
        return _BETWEEN.join(map(fold, texts))
