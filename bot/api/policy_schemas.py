"""Policies, clauses and facts on the wire: `GET /api/policies`, `docs list`, `docs show`, `docs check`.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from bot.api.schemas import Body
from bot.facts.proven import is_proven
from ingest.policy import Clause, Fact, FactKind, Policy, ValidityState, validity_on
from vectorstore.catalog_memory import PolicySummary


class MetadataBody(Body):
    """What a policy says of itself."""

    title: str
    document_number: str | None
    issuers: list[str]
    region: str | None
    region_path: list[str]
    level: str | None
    addressees: list[str]
    signed_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    expiry_is_computed: bool
    expires_with: str | None = Field(
        default=None, description="Where an event ends it, the words that say so; no day is known then."
    )
    expires_on_page: date | None = Field(
        default=None, description="Another last day that the page around the text gives; the text counts."
    )
    repeals: list[str]
    declared_repealed: bool
    kind: str | None
    truncated: bool
    repealed_by: str | None
    repealed_on: date | None
    disagreements: list[str]


class CellBody(Body):
    """One cell of a table row."""

    header: str
    value: str
    start: int
    end: int
    column: int  # from 1; 0 where the columns could not be counted
    locator: str = ""  # 附件2 第10行第3列


class ClauseBody(Body):
    """A clause: `policy text[start:end] == text`, offsets in Unicode code points."""

    clause_id: str
    locator: str
    path: list[str]
    kind: str
    number: str
    heading: str
    start: int
    end: int
    text: str
    parent_id: str | None
    cells: list[CellBody]
    page: int | None
    read_by_ocr: bool

    @classmethod
    def of(cls, clause: Clause) -> "ClauseBody":
        """The clause with the address of each of its cells."""
        body = cls.model_validate(clause)
        for cell in body.cells:
            cell.locator = f"{clause.locator}第{cell.column}列" if cell.column else clause.locator
        return body


class FactBody(Body):
    """Something a clause states, with its span in the policy text."""

    fact_id: str
    kind: FactKind
    fields: dict[str, str]
    clause_id: str
    start: int
    end: int

    @classmethod
    def of(cls, fact: Fact) -> "FactBody":
        """The fact with its fields by name."""
        return cls(
            fact_id=fact.fact_id,
            kind=fact.kind,
            fields={field.name: fact.value(field.name) for field in fact.fields},
            clause_id=fact.clause_id,
            start=fact.start,
            end=fact.end,
        )


class DeletionBody(Body):
    """A stretch of the source text that is not part of the policy text."""

    start: int
    end: int
    reason: str


class PolicyBody(Body):
    """A whole policy."""

    policy_id: str
    title: str
    document_number: str | None
    source: str
    source_sha256: str
    metadata: MetadataBody
    validity: ValidityState
    text: str
    clauses: list[ClauseBody]
    facts: list[FactBody]
    facts_left_out: int = Field(default=0, description="Facts that are not shown: they cannot be proven.")
    deletions: list[DeletionBody]
    warnings: list[str]

    @classmethod
    def of(cls, policy: Policy, day: date) -> "PolicyBody":
        """The policy, and whether it is in force on that day."""
        clauses = {clause.clause_id: clause for clause in policy.clauses}
        facts = [fact for fact in policy.facts if is_proven(fact, clauses[fact.clause_id])]
        return cls(
            policy_id=policy.policy_id,
            title=policy.metadata.title,
            document_number=policy.metadata.document_number,
            source=policy.source,
            source_sha256=policy.source_sha256,
            metadata=MetadataBody.model_validate(policy.metadata),
            validity=policy.validity_on(day),
            text=policy.text,
            clauses=[ClauseBody.of(clause) for clause in policy.clauses],
            facts=[FactBody.of(fact) for fact in facts],
            facts_left_out=len(policy.facts) - len(facts),
            deletions=[DeletionBody.model_validate(deletion) for deletion in policy.deletions],
            warnings=list(policy.warnings),
        )


class CheckBody(Body):
    """What parsing files gives; nothing is stored."""

    policies: list[PolicyBody]
    warnings: list[str]
    errors: list[str]  # of files that could not be read

    @classmethod
    def of(cls, policies: Sequence[Policy], day: date, errors: Sequence[str] = ()) -> "CheckBody":
        """The policies of the files, the warnings of all of them and why others gave none."""
        warnings = [f"《{each.metadata.title}》: {warning}" for each in policies for warning in each.warnings]
        return cls(
            policies=[PolicyBody.of(policy, day) for policy in policies],
            warnings=warnings,
            errors=list(errors),
        )


class PolicyLine(Body):
    """A policy as a list shows it."""

    policy_id: str
    title: str
    document_number: str | None
    region: str | None
    issuers: list[str]
    validity: ValidityState
    effective_on: date | None
    expires_on: date | None
    source: str
    clause_count: int
    fact_count: int

    @classmethod
    def of(cls, summary: PolicySummary, day: date) -> "PolicyLine":
        """The summary, and whether the policy is in force on that day."""
        metadata = summary.metadata
        return cls(
            policy_id=summary.policy_id,
            title=metadata.title,
            document_number=metadata.document_number,
            region=metadata.region,
            issuers=list(metadata.issuers),
            validity=validity_on(metadata, day),
            effective_on=metadata.effective_on,
            expires_on=metadata.expires_on,
            source=summary.source,
            clause_count=summary.clause_count,
            fact_count=summary.fact_count,
        )


class PolicyList(Body):
    """Every policy, in the order of indexing."""

    policies: list[PolicyLine]

    @classmethod
    def of(cls, summaries: Sequence[PolicySummary], day: date) -> "PolicyList":
        """The summaries, and whether each policy is in force on that day."""
        return cls(policies=[PolicyLine.of(summary, day) for summary in summaries])


class ClauseInPolicy(ClauseBody):
    """A clause with its facts and what is needed to cite it."""

    policy_id: str
    policy_title: str
    document_number: str | None
    region: str | None
    source: str
    validity: ValidityState
    expires_on: date | None
    facts: list[FactBody]

    @classmethod
    def within(
        cls, clause: Clause, policy: PolicySummary, facts: Sequence[Fact], day: date
    ) -> "ClauseInPolicy":
        """The clause, its policy and its facts as one value."""
        return cls(
            **ClauseBody.model_validate(clause).model_dump(),
            policy_id=policy.policy_id,
            policy_title=policy.metadata.title,
            document_number=policy.metadata.document_number,
            region=policy.metadata.region,
            source=policy.source,
            validity=validity_on(policy.metadata, day),
            expires_on=policy.metadata.expires_on,
            facts=[FactBody.of(fact) for fact in facts if is_proven(fact, clause)],
        )
