"""The vocabulary of the whole project: policies, their clauses and their facts.

All offsets are Python code points. `Clause`, `Cell`, `Fact` and `FactField` offsets count in
the policy text; `Deletion` and `SourceSegment.source_start` count in the source text, which is
the text a reader took from the file.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ClauseKind = Literal[
    "title",  # a printed title of the document or of an attachment
    "meta",  # page header fields, addressees, signature, date of signing
    "heading",  # a numbered or styled heading that has no text of its own
    "article",  # 第X条, or one 款 of it
    "item",  # a numbered item: (一) 1. (1) ① or a 项 of an article
    "paragraph",  # text without a number of its own
    "row",  # one row of a table
    "note",  # a note under a table or a footnote
]
FactKind = Literal["duty", "benefit", "target", "deadline", "member"]
# 牵头 leads, 配合 supports, 责任 is responsible, 联合 shares it with no single lead.
DutyRole = Literal["牵头", "配合", "责任", "联合"]
ValidityState = Literal["in_force", "expired", "repealed", "not_yet", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A stretch of the source text that is not part of the policy text, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSegment:
    """`length` characters at `text_start` of the policy text stand at `source_start` of the source."""

    text_start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table row; a merged cell stands in every row it covers."""

    header: str
    value: str
    start: int
    end: int
    column: int = 0  # from 1; 0 where the columns could not be counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The smallest part of a policy that officials cite: `policy.text[start:end] == text`.

    The clauses of a policy are disjoint and in order; between two of them stands only white
    space, so together they give back the policy text. A heading clause holds the heading alone.
    """

    clause_id: str
    policy_id: str
    position: int
    parent_id: str | None
    kind: ClauseKind
    number: str  # as printed: 第十二条, (七), 1. ; empty without one
    heading: str  # the heading or lead phrase the clause begins with; empty without one
    path: tuple[str, ...]  # headings above it, outermost first, each with its number
    locator: str  # 二、(七)第1段 · 第十二条第二款 · 附件2 第10行
    start: int
    end: int
    text: str
    cells: tuple[Cell, ...] = ()
    page: int | None = None
    read_by_ocr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactField:
    """A named part of a fact; start and end are None where the value stands nowhere as printed."""

    name: str
    value: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a clause states, tied to the span of the policy text that states it."""

    fact_id: str
    kind: FactKind
    policy_id: str
    clause_id: str
    start: int
    end: int
    fields: tuple[FactField, ...]

    def value(self, name: str) -> str:
        """The value of the field, or an empty string where the clause gives none."""
        return next((field.value for field in self.fields if field.name == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a policy says of itself."""

    title: str
    document_number: str | None = None  # 发文字号
    issuers: tuple[str, ...] = ()
    region: str | None = None  # the most specific region, as officials name it: 澄湖区
    region_path: tuple[str, ...] = ()  # from province down to the region
    level: str | None = None  # national | province | city | county | township
    addressees: tuple[str, ...] = ()
    signed_on: date | None = None  # 成文日期
    published_on: date | None = None  # 发布日期
    effective_on: date | None = None  # 施行日期
    expires_on: date | None = None  # last day in force
    expiry_is_computed: bool = False  # true where a length (有效期三年) was added to a date
    expires_with: str | None = None  # where an event ends it, the words that say so: 有效期为某某防控期间
    expires_on_page: date | None = None  # where the page around the text gives another last day
    repeals: tuple[str, ...] = ()  # titles or numbers of the documents this one repeals
    declared_repealed: bool = False  # the document itself says that it is no longer in force
    kind: str | None = None  # 办法 条例 方案 通知 意见 …
    truncated: bool = False  # the source breaks off before the document ends
    repealed_by: str | None = None  # the document among those at hand that says it repeals this one
    repealed_on: date | None = None  # when that document came into force
    disagreements: tuple[str, ...] = ()  # where the page around the text contradicts it; the text counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy document: its text, what it says of itself, its clauses and its facts."""

    policy_id: str
    source: str  # file name
    source_sha256: str
    metadata: Metadata
    text: str
    source_map: tuple[SourceSegment, ...]
    deletions: tuple[Deletion, ...]
    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...] = ()

    def validity_on(self, day: date) -> ValidityState:
        """Whether the policy is in force on that day, as far as its own text tells."""
        return validity_on(self.metadata, day)


def validity_on(metadata: Metadata, day: date) -> ValidityState:
    """Whether a policy with this metadata is in force on that day, as far as the documents tell."""
    if metadata.declared_repealed or (metadata.repealed_on is not None and day >= metadata.repealed_on):
        return "repealed"
    begins = metadata.effective_on or metadata.signed_on or metadata.published_on
    if metadata.expires_on is not None and day > metadata.expires_on:
        return "expired"
    if begins is not None and day < begins:
        return "not_yet"
    return "unknown" if metadata.expires_on is None else "in_force"


def leads_on(text: str) -> bool:
    """Whether a text ends as one does behind which its items stand (申请材料：)."""
    return text.rstrip().endswith(("：", ":"))


def asks(text: str) -> bool:
    """Whether a text ends as a question does."""
    return text.rstrip().endswith(("？", "?"))
