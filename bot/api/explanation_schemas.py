"""Why an answer is what it is, on the wire: HTTP and `ask --explain --json` share these shapes.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from pydantic import Field

from bot.answer import Outcome
from bot.answering.attempt import Way
from bot.answering.explanation import Explanation
from bot.api.schemas import AnswerBody, Body

_RULE = Field(description="The rule of scope that keeps the clause from answering; null if none does.")
_QUOTED = Field(description="Whether what was drafted quotes it.")


class ExplainedClauseBody(Body):
    """A clause that was read; probability and signals lie between 0 and 1, but for `nearness`."""

    clause_id: str
    document: str
    locator: str
    probability: float = Field(description="That it answers, from all signals.")
    answers: float = Field(description="What the reader alone says.")
    retrieved: float = Field(description="How well search found it beside the best.")
    coverage: float = Field(description="The share of the question's words that it holds.")
    nearness: float = Field(
        description="How far its sentence nearest in meaning stands out, in standard deviations."
    )
    fact: float = Field(description="1 if it states a fact of the kind that is asked for.")
    shown: float = Field(description="1 if it shows the measure that is asked for, or none is.")
    words: str = Field(description="What the reader takes for the answer.")
    dropped_by: str | None = _RULE
    answering: bool = Field(description="Whether it is sure enough to be told.")
    quoted: bool = _QUOTED


class ExplainedCandidateBody(Body):
    """A clause that search found, read or not."""

    clause_id: str
    document: str
    locator: str
    score: float
    read: bool
    dropped_by: str | None = _RULE
    quoted: bool = _QUOTED


class ExplainedAttemptBody(Body):
    """One way in which the question was tried, and what it came to."""

    way: Way = Field(
        description="`as_asked`; `question_before`: what the question points back at; `without_history`: as "
        "if nothing had been asked before; `higher_places`: in the documents of the places above; `part`."
    )
    question: str = Field(description="The question as it is understood on its own.")
    kinds: list[str]
    regions: list[str]
    documents: list[str] = Field(description="The titles it is limited to; empty: any document.")
    years: list[str]
    found: int = Field(description="How many clauses search found.")
    dropped: dict[str, int] = Field(description="How many of them each rule of scope is against.")
    surety: float = Field(description="The probability that anything answers, 0 to 1.")
    by_reading: bool = Field(
        description="Whether what is told hangs on what was read; if not, the reading is only shown."
    )
    outcome: Outcome
    answered: bool
    told: bool = Field(description="Whether what the asker is told comes from it.")
    opening: str = Field(description="A fixed phrase, such as why nothing is said.")
    statements: list[str] = Field(description="As drafted, before the proof.")
    unproven: list[str] = Field(description="Those of the statements that did not pass the proof.")
    candidates: list[ExplainedCandidateBody] = Field(description="As search found them, best first.")
    clauses: list[ExplainedClauseBody] = Field(description="Those that were read, the likeliest first.")


class ExplanationBody(Body):
    """The attempts in their order. What stands beside them is of the question as it was asked."""

    question: str
    kinds: list[str]
    regions: list[str]
    documents: list[str]
    years: list[str]
    reader: str
    enough: float = Field(description="The surety from which anything is told.")
    near: float = Field(description="The share of the best probability from which others are told with it.")
    clauses: list[ExplainedClauseBody]
    attempts: list[ExplainedAttemptBody]

    @classmethod
    def of(cls, explanation: Explanation) -> "ExplanationBody":
        """The explanation as it goes over the wire."""
        asked = ExplainedAttemptBody.model_validate(explanation.as_asked)
        return cls(
            question=asked.question,
            kinds=asked.kinds,
            regions=asked.regions,
            documents=asked.documents,
            years=asked.years,
            reader=explanation.reader,
            enough=explanation.enough,
            near=explanation.near,
            clauses=asked.clauses,
            attempts=[ExplainedAttemptBody.model_validate(each) for each in explanation.attempts],
        )


class ExplainedAnswerBody(AnswerBody):
    """The answer as JSON, with why it is what it is."""

    explanation: ExplanationBody
