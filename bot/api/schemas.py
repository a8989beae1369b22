"""Questions and answers on the wire: HTTP, `--json` and eval share these shapes.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from bot.answer import Answer, Outcome, Question
from bot.question.asked import Understanding
from ingest.policy import ValidityState
from vectorstore.catalog import Catalog
from vectorstore.reading import read_together
from vectorstore.search import ScoredClause

# A follow-up leans on the last questions; older ones tell nothing and are let go.
_HISTORY_KEPT = 20
_EXAMPLE_QUESTION: JsonDict = {
    "question": "那配合单位呢？",
    "history": ["科技金融工作由哪个单位牵头？"],
    "on": "2025-06-30",
}


class Body(BaseModel):
    """A value on the wire, made from a value inside by the names of its attributes."""

    model_config = ConfigDict(from_attributes=True)


def _empty_for_none(value: object) -> object:
    return [] if value is None else value


_Earlier = Annotated[str, StringConstraints(max_length=10_000)]


class AskBody(Body):
    """A question and the limits the asker sets."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_QUESTION]})

    question: str = Field(description="What is asked, in a sentence.")
    history: Annotated[list[_Earlier], BeforeValidator(_empty_for_none)] = Field(
        default=[], description="Earlier questions of the same user, oldest first."
    )
    region: str | None = Field(default=None, description="Only documents of this region.")
    policy_ids: Annotated[list[str], BeforeValidator(_empty_for_none)] = Field(
        default=[], description="Only these documents."
    )
    on: date | None = Field(default=None, description="The day of asking; today where it is missing.")

    def as_question(self, day: date) -> Question:
        """The question as a value; the day stands in where none is given."""
        return Question(
            text=self.question,
            on=self.on or day,
            history=tuple(self.history[-_HISTORY_KEPT:]),
            region=self.region,
            policy_ids=frozenset(self.policy_ids),
        )


class StatementBody(Body):
    """One sentence of the answer and the markers of its citations."""

    text: str
    citations: list[int]


class CitationBody(Body):
    """A verbatim quote: `policy text[start:end] == quote`, offsets in Unicode code points."""

    marker: int
    policy_id: str
    policy_title: str
    document_number: str | None
    region: str | None
    source: str
    clause_id: str
    locator: str
    quote: str
    start: int
    end: int
    validity: ValidityState
    expires_on: date | None
    answer_start: int | None = Field(
        default=None,
        description="Where the words of the quote that answer begin in the policy text; null if not known.",
    )
    answer_end: int | None = Field(default=None, description="Where these words end; null if not known.")


class ToldBody(Body):
    """A proven statement of an answer that is still being written; the answer behind it is what counts."""

    statement: StatementBody
    citations: list[CitationBody]


class RelatedBody(Body):
    """A clause near the question that asserts nothing in the answer."""

    clause_id: str
    locator: str
    snippet: str
    policy_title: str
    validity: ValidityState
    expires_on: date | None


class ChoiceBody(Body):
    """A document or a region to narrow a question to: send it as `policy_ids` or `region`."""

    label: str
    policy_id: str | None
    region: str | None


class AnswerBody(Body):
    """The answer with its citations."""

    question: str
    outcome: Outcome
    text: str = Field(description="The answer in Markdown with markers such as [1].")
    statements: list[StatementBody]
    citations: list[CitationBody]
    notices: list[str]
    related: list[RelatedBody]
    choices: list[ChoiceBody] = Field(description="Of `clarify`: what the question may be narrowed to.")
    composer: str
    milliseconds: int
    surety: float | None = Field(
        default=None,
        description="The probability that anything answers, 0 to 1; null if that did not decide, as for all "
        "duties of a unit, a clause named by its place, or what a document says of itself.",
    )

    @classmethod
    def of(cls, answer: Answer) -> "AnswerBody":
        """The answer as it goes over the wire."""
        return cls.model_validate(answer)


class UnderstandingBody(Body):
    """How a question was read."""

    text: str
    kind: str = Field(description="What is asked first.")
    kinds: list[str]
    roles: list[str]
    units: list[str]
    regions: list[str]
    unknown_regions: list[str]
    policy_ids: list[str]
    locators: list[str]
    topics: list[str]
    years: list[str]
    leans_on_history: bool

    @classmethod
    def of(cls, understanding: Understanding) -> "UnderstandingBody":
        """The understanding as it goes over the wire."""
        body = cls.model_validate(understanding)
        return body.model_copy(update={"policy_ids": sorted(body.policy_ids)})


class PieceBody(Body):
    """A piece of the text of an answer."""

    text: str


class StreamEvents(Body):
    """The data of each event of a streamed answer, by the event's name."""

    understanding: UnderstandingBody
    statement: ToldBody | None = Field(default=None, description="With a chat model; one event each.")
    citations: list[CitationBody]
    text: PieceBody = Field(description="One event a piece.")
    done: AnswerBody


class ResultBody(Body):
    """A clause that a search found."""

    rank: int
    score: float
    clause_id: str
    policy_id: str
    policy_title: str
    document_number: str | None
    locator: str
    source: str
    text: str
    start: int
    end: int
    passage: str = Field(description="The clause with what is read together with it: its whole article.")


class SearchBody(Body):
    """What a search found, best first."""

    id: str | int | None = None
    question: str
    results: list[ResultBody]

    @classmethod
    def of(
        cls, question: str, found: list[ScoredClause], catalog: Catalog, *, line_id: str | int | None = None
    ) -> "SearchBody":
        """The clauses found with the titles of their policies."""
        policies = {summary.policy_id: summary for summary in catalog.policies()}
        results = []
        for rank, scored in enumerate(found, start=1):
            clause, policy = scored.clause, policies[scored.clause.policy_id]
            results.append(
                ResultBody(
                    rank=rank,
                    score=scored.score,
                    clause_id=clause.clause_id,
                    policy_id=clause.policy_id,
                    policy_title=policy.metadata.title,
                    document_number=policy.metadata.document_number,
                    locator=clause.locator,
                    source=policy.source,
                    text=clause.text,
                    passage="\n".join(
                        each.text for each in read_together(clause, catalog.clauses(clause.policy_id))
                    ),
                    start=clause.start,
                    end=clause.end,
                )
            )
        return cls(id=line_id, question=question, results=results)
