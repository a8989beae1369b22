"""Facts as tables on the wire: regions, units, duties, benefits, targets and example questions.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.schemas import Body
from bot.facts.applicants import ApplicantKind, applicant_kinds
from bot.facts.figures import figure_of, largest_yuan, last_day, year_of
from bot.facts.fitting import Fitting
from bot.facts.tables import FactTables, Stated
from ingest.policy import Fact, ValidityState, validity_on

_LEFT_OUT = Field(
    default=0, description="Facts of these documents that are not shown: they cannot be proven."
)


class RegionLine(Body):
    """A region and how many documents it has."""

    region: str
    policies: int


class RegionList(Body):
    """The regions that documents have."""

    regions: list[RegionLine]


class UnitLine(Body):
    """A unit that duties name, with the other names that documents print for it."""

    unit: str
    aliases: list[str]
    regions: list[str]
    duties: int


class UnitList(Body):
    """Units, those with most duties first."""

    units: list[UnitLine]
    left_out: int = _LEFT_OUT


class SourcedRow(Body):
    """Where a row comes from: `policy text[start:end] == quote`, offsets in Unicode code points."""

    fact_id: str
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
    expires_with: str | None = Field(
        default=None, description="The words by which an event ends the document; whether it has, check."
    )

    @classmethod
    def of_source(cls, stated: Stated, day: date) -> "SourcedRow":
        """The source of the fact, and whether its document is in force on that day."""
        fact, metadata = stated.fact, stated.policy.metadata
        return SourcedRow(
            fact_id=fact.fact_id,
            policy_id=fact.policy_id,
            policy_title=metadata.title,
            document_number=metadata.document_number,
            region=metadata.region,
            source=stated.policy.source,
            clause_id=fact.clause_id,
            locator=stated.clause.locator,
            quote=stated.quote,
            start=fact.start,
            end=fact.end,
            validity=validity_on(metadata, day),
            expires_on=metadata.expires_on,
            expires_with=metadata.expires_with,
        )


class PartnerBody(Body):
    """Another unit of the same task."""

    unit: str
    role: str


class DutyRow(SourcedRow):
    """What a unit has to do."""

    unit: str
    role: str = Field(description="牵头 leads, 责任 is responsible, 联合 shares it, 配合 supports.")
    task: str
    deadline: str | None = Field(description="The deadline that stands nearest in the same clause.")
    deadline_date: date | None = Field(description="Its day; of a month, the last.")
    partners: list[PartnerBody]

    @classmethod
    def of(cls, duty: Stated, tables: FactTables, day: date) -> "DutyRow":
        """The duty with its deadline and the other units of its task."""
        fact, deadline = duty.fact, tables.deadline(duty)
        return cls(
            **SourcedRow.of_source(duty, day).model_dump(),
            unit=fact.value("unit"),
            role=fact.value("role"),
            task=fact.value("task"),
            deadline=deadline.value("rule") if deadline else None,
            deadline_date=last_day(deadline.value("date")) if deadline else None,
            partners=[
                PartnerBody(unit=each.value("unit"), role=each.value("role"))
                for each in tables.partners(duty)
            ],
        )


class DutyList(Body):
    """Duties in document order."""

    duties: list[DutyRow]
    left_out: int = _LEFT_OUT


class BenefitRow(SourcedRow):
    """What is granted, by whom, for what and to whom."""

    purpose: str | None
    amount: str | None
    amount_yuan: float | None = Field(description="The largest sum of money in the amount.")
    applicant: str | None
    applicant_kinds: list[ApplicantKind] = Field(description="What the name of the applicant tells.")
    times: str | None
    payer: str | None
    condition: str | None
    cap: str | None

    @classmethod
    def of(cls, benefit: Stated, day: date) -> "BenefitRow":
        """The benefit with what its clause tells of it."""
        fact = benefit.fact
        return cls(
            **SourcedRow.of_source(benefit, day).model_dump(),
            purpose=_told(fact, "purpose"),
            amount=_told(fact, "amount"),
            amount_yuan=largest_yuan(fact.value("amount")),
            applicant=_told(fact, "applicant"),
            applicant_kinds=list(applicant_kinds(fact.value("applicant"))),
            times=_told(fact, "times"),
            payer=_told(fact, "payer"),
            condition=_told(fact, "condition"),
            cap=_told(fact, "cap"),
        )


class BenefitList(Body):
    """Benefits in document order."""

    benefits: list[BenefitRow]
    left_out: int = _LEFT_OUT


class FittingBody(Body):
    """What a company says of itself."""

    company: Annotated[str, StringConstraints(max_length=2000)] = Field(
        description="The company in its own words: what it is, where it is, what it did."
    )
    region: str | None = Field(
        default=None,
        description="Only documents of this region and of those above; that named in the text where missing.",
    )
    on: date | None = Field(default=None, description="The day of asking; today where it is missing.")


class FittingRow(BenefitRow):
    """A benefit that may be for the company."""

    reasons: list[str] = Field(description="The words of the company that the benefit answers to.")

    @classmethod
    def fitting(cls, fitting: Fitting, day: date) -> "FittingRow":
        """The benefit with the words that make it fit."""
        return cls(
            **BenefitRow.of(fitting.benefit, day).model_dump(),
            reasons=list(fitting.reasons),
        )


class FittingList(Body):
    """Benefits that may be for a company, best first."""

    benefits: list[FittingRow]
    left_out: int = _LEFT_OUT


class TargetRow(SourcedRow):
    """A figure to be reached."""

    indicator: str
    value: str
    comparator: str | None
    year: int | None
    number: float | None = Field(description="The first number of the value, 亿 and 万 multiplied out.")
    measure: str = Field(description="What is printed behind the number: %, 家, 亿元.")

    @classmethod
    def of(cls, target: Stated, day: date) -> "TargetRow":
        """The target with its value read as a number."""
        fact = target.fact
        figure = figure_of(fact.value("value"), fact.value("unit"))
        return cls(
            **SourcedRow.of_source(target, day).model_dump(),
            indicator=fact.value("indicator"),
            value=fact.value("value"),
            comparator=_told(fact, "comparator"),
            year=year_of(fact.value("year")),
            number=figure.number if figure else None,
            measure=figure.measure if figure else fact.value("unit"),
        )


class TargetList(Body):
    """Targets in document order."""

    targets: list[TargetRow]
    left_out: int = _LEFT_OUT


class ExampleList(Body):
    """Questions that the present documents answer."""

    examples: list[str]


def _told(fact: Fact, name: str) -> str | None:
    return fact.value(name) or None
